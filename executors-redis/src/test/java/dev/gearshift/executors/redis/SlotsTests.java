package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SlotsTests {
    private final Slots slots = new Slots(2);

    @Test
    void beforeATaskHasEnded_onePlaceTakesOneTask() throws Exception {
        assertThat(slots.take(100, 0)).isEqualTo(2);
        assertThat(slots.take(100, 1)).isZero();
        slots.giveBack(1);
        assertThat(slots.take(100, 0)).isEqualTo(1);
    }

    @Test
    void whileTasksAreShort_theNextTwoMillisecondsAreTakenAhead() throws Exception {
        tasksTake(900_000);
        assertThat(slots.take(100, 0)).isEqualTo(2 + 2 * 2);
        assertThat(slots.take(100, 0)).isZero();
    }

    @Test
    void howeverShortTheyAre_notMoreThan32AreTakenAhead() throws Exception {
        tasksTake(1);
        assertThat(slots.take(5, 0)).isEqualTo(5);
        assertThat(slots.take(100, 0)).isEqualTo(2 + 32 - 5);
    }

    @Test
    void afterOneThatHadToWait_nothingIsTakenAhead_untilTasksAreShortAgain() throws Exception {
        tasksTake(1_000);
        slots.nothingAhead();
        assertThat(slots.take(100, 0)).isEqualTo(2);
        slots.giveBack(2);
        tasksTake(1_000);
        assertThat(slots.take(100, 0)).isGreaterThan(2);
    }

    @Test
    void aTaskThatRunsAlone_hasAllPlacesAndWhatCouldBeTakenAhead() throws Exception {
        tasksTake(1_000);
        assertThat(slots.take(1, 0)).isEqualTo(1);
        assertThat(slots.takeAll(1)).isZero();
        slots.giveBack(1);
        int all = slots.takeAll(0);
        assertThat(slots.take(1, 1)).isZero();
        slots.giveBack(all);
        assertThat(slots.take(1, 0)).isEqualTo(1);
    }

    private void tasksTake(long nanos) {
        for (int i = 0; i < 100; i++) {
            slots.took(nanos);
        }
    }
}
