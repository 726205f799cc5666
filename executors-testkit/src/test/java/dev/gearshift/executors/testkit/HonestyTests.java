package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who keeps all rules fails nothing, also in the way that the liars lie; and each rule has its liar. */
@Tag("liars")
@Timeout(60)
class HonestyTests {
    @AfterEach
    void nothingStays() throws Exception {
        LiarContract.liar = Liars.HONEST;
        Leftovers.clear();
    }

    @Test
    void honesty_failsNothing() {
        assertFailsNothing(Liars.HONEST);
    }

    @Test
    void honesty_throughLyingFutures_failsNothing() {
        assertFailsNothing(Liars.HONEST_THROUGH_LYING_FUTURES);
    }

    @Tag("proof")
    @Test
    void honesty_thatTakesOnlyWhatCouldLeaveThisJvm_failsNothing() {
        assertFailsNothing(LiarsAboutTravel.HONEST);
    }

    @Test
    void honesty_thatTakesOnlyWhatCouldLeaveThisJvm_failsNoTestOfThat() {
        Set<String> tests = new TreeSet<>();
        LiarsAboutTravel.all().forEach(liar -> tests.addAll(liar.caughtBy()));

        Trial trial = Trial.byTests(LiarsAboutTravel.HONEST, tests);

        assertThat(trial.failures()).isEmpty();
        assertThat(trial.tests()).isEqualTo(tests.size());
    }

    private static void assertFailsNothing(Liar honest) {
        Trial trial = Trial.byTheWholeContract(honest);
        assertThat(trial.failures()).isEmpty();
        assertThat(trial.tests()).isGreaterThan(100);
    }

    @Test
    void everyTestOfTheContract_catchesSomebody() {
        Set<String> tests = new TreeSet<>();
        Arrays.stream(StrategyContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> tests.add(method.getName()));
        assertThat(tests).hasSizeGreaterThan(100);
        Set<String> catching = new HashSet<>();
        Liars.ALL.forEach(liar -> catching.addAll(liar.caughtBy()));
        assertThat(catching).isSubsetOf(tests);
        tests.removeAll(catching);
        // These need other processes; the liars for them are where those are.
        tests.removeIf(test -> test.startsWith("isolated_") || test.startsWith("killed_"));
        // And this a module that lies: see DiscoveryTests.
        tests.remove("discovery_theServiceFileAndTheModuleDescriptorAgree");
        assertThat(tests).isEqualTo(Liars.KEPT_BY_THE_CONTRACT_ITSELF);
    }
}
