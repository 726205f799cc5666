package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract is worth something: whoever breaks one rule fails the test of that rule, and only that one. */
@Tag("liars")
@Timeout(60)
class LiarTests {
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

    private static void assertFailsNothing(Liar honest) {
        Trial trial = Trial.byTheWholeContract(honest);
        assertThat(trial.failures()).isEmpty();
        assertThat(trial.tests()).isGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("liars")
    void aLiar_failsTheTestOfItsRule(Liar liar) {
        Trial trial = Trial.byItsTests(liar);
        trial.assertCaught();
        assertThat(trial.tests()).isEqualTo(liar.caughtBy().size());
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("liars")
    void aLiar_failsNoOtherTest(Liar liar) {
        Trial trial = Trial.byTheWholeContract(liar);
        trial.assertCaught();
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

    static Stream<Liar> liars() {
        return Liars.ALL.stream();
    }
}
