package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code gearshift.checkPortable} holds tasks that stay to what tasks that leave must be. */
@Timeout(60)
class WirePortabilityCheckTests {
    record Sum(List<Integer> numbers) implements Task<Integer> {
        @Override
        public Integer call() {
            return numbers.stream().mapToInt(Integer::intValue).sum();
        }
    }

    @Test
    void theSetting_makesAStrategyInThisJvmRefuseWhatCouldNotLeaveIt() throws Exception {
        try (TaskExecutor executor = open("true")) {
            assertThat(executor.submit(new Sum(List.of(1, 2))).get()).isEqualTo(3);
            assertThatThrownBy(() -> executor.submit(() -> hashCode()))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("it is a lambda of " + getClass().getName());
        }
        try (TaskExecutor executor = open("false")) {
            assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void values_areCheckedToo() {
        WirePortabilityCheck check = new WirePortabilityCheck();
        check.check(new Sum(List.of(1)));
        assertThatThrownBy(() -> check.check(new Sum((List) List.of("1"))))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Sum.numbers[0] cannot travel: it holds a java.lang.String");
    }

    private static TaskExecutor open(String checkPortable) {
        System.setProperty("gearshift.checkPortable", checkPortable);
        try {
            return new SequentialStrategy().open(StrategySettings.defaults());
        } finally {
            System.clearProperty("gearshift.checkPortable");
        }
    }
}
