package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * A liar before tests of the contract.
 *
 * @param failures the tests that failed, and how
 * @param tests how many were started
 */
record Trial(Liar liar, Map<String, Throwable> failures, long tests) {
    static Trial byTheWholeContract(Liar liar) {
        return by(liar, List.of(selectClass(LiarContract.class)));
    }

    /** By the tests that are to catch it. */
    static Trial byItsTests(Liar liar) {
        return byTests(liar.hurried(), liar.caughtBy());
    }

    static Trial byTests(Liar liar, Set<String> tests) {
        return by(
                liar,
                tests.stream()
                        .map(test -> selectMethod(LiarContract.class, test))
                        .toList());
    }

    private static Trial by(Liar liar, List<? extends DiscoverySelector> selectors) {
        LiarContract.liar = liar;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectors.toArray(DiscoverySelector[]::new))
                .execute()
                .testEvents();
        Map<String, Throwable> failures = new TreeMap<>();
        for (Event event : tests.failed().list()) {
            failures.put(
                    name(event),
                    event.getRequiredPayload(TestExecutionResult.class)
                            .getThrowable()
                            .orElseThrow());
        }
        return new Trial(liar, failures, tests.started().count());
    }

    private static String name(Event event) {
        return ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }

    void assertCaught() {
        assertThat(failures).as(liar.lie()).containsOnlyKeys(liar.caughtBy());
        assertThat(failures.values())
                .as(liar.lie())
                .allSatisfy(failure -> assertThat(isOfTheTest(failure)).isTrue());
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
