package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract is worth something: whoever breaks one rule fails the test of that rule, and only that one. */
@Timeout(60)
@Tag("proof")
class LiarTests {
    @AfterEach
    void nothingStays() throws Exception {
        LiarContract.liar = Liars.HONEST;
        Leftovers.clear();
    }

    @Test
    void honesty_failsNothing() {
        assertThat(caught(Liars.HONEST)).isEmpty();
    }

    @Test
    void honesty_throughLyingFutures_failsNothing() {
        assertThat(caught(Liars.HONEST_THROUGH_LYING_FUTURES)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("liars")
    void aLiar_isCaught(Liar liar) {
        assertCaught(liar);
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
        assertThat(tests).isEqualTo(Liars.KEPT_BY_THE_CONTRACT_ITSELF);
    }

    static Stream<Liar> liars() {
        return Liars.ALL.stream();
    }

    private static void assertCaught(Liar liar) {
        Map<String, Throwable> caught = caught(liar);
        assertThat(caught).as(liar.lie()).containsOnlyKeys(liar.caughtBy());
        assertThat(caught.values())
                .as(liar.lie())
                .allSatisfy(failure -> assertThat(isOfTheTest(failure)).isTrue());
    }

    /** The tests that failed, and how. */
    private static Map<String, Throwable> caught(Liar liar) {
        LiarContract.liar = liar;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(LiarContract.class))
                .execute()
                .testEvents();
        assertThat(tests.started().count()).isGreaterThan(100);
        Map<String, Throwable> failures = new TreeMap<>();
        for (Event event : tests.failed().list()) {
            failures.put(
                    name(event),
                    event.getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow());
        }
        return failures;
    }

    private static String name(Event event) {
        return ((org.junit.platform.engine.support.descriptor.MethodSource)
                        event.getTestDescriptor().getSource().orElseThrow())
                .getMethodName();
    }

    /** An assertion, the deadline, or what the liar said; not a mistake in the liar. */
    private static boolean isOfTheTest(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain.stream()
                .anyMatch(one -> one instanceof AssertionError
                        || String.valueOf(one.getMessage()).startsWith("lie: "));
    }
}
