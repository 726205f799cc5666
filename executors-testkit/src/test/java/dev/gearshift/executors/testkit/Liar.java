package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A strategy that breaks one rule.
 *
 * @param lie what it does wrong
 * @param caughtBy the tests that fail, and no others
 * @param strategy makes it
 * @param deadline how long one test may take
 */
record Liar(String lie, Set<String> caughtBy, Supplier<ConcurrencyStrategy> strategy, Duration deadline) {
    private static final Duration USUAL = Duration.ofSeconds(3);

    /** Lies in one executor. */
    interface Lie {
        TaskExecutor over(TaskExecutor honest, StrategySettings settings);
    }

    static Liar of(String lie, String caughtBy, Lie how) {
        return of(lie, Set.of(caughtBy), how);
    }

    static Liar of(String lie, Set<String> caughtBy, Lie how) {
        return new Liar(
                lie,
                caughtBy,
                () -> new LyingStrategy(
                        LocalTaskExecutor.CAPABILITIES,
                        (self, settings) -> how.over(LyingStrategy.honest(self, settings), settings)),
                USUAL);
    }

    /** Does something else in the place of some tasks. */
    static Liar running(String lie, String caughtBy, Swap swap) {
        return running(lie, Set.of(caughtBy), swap);
    }

    static Liar running(String lie, Set<String> caughtBy, Swap swap) {
        return of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            Swap swap() {
                return swap;
            }
        });
    }

    /** Passes on other options than it was given. */
    static Liar optioned(String lie, String caughtBy, UnaryOperator<TaskOptions> options) {
        return of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            TaskOptions told(TaskOptions given) {
                return options.apply(given);
            }
        });
    }

    /** Passes on only some of what the futures are told. */
    static Liar promising(String lie, String caughtBy, LyingFuture.Faults faults) {
        return promising(lie, Set.of(caughtBy), faults);
    }

    static Liar promising(String lie, Set<String> caughtBy, LyingFuture.Faults faults) {
        return of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            LyingFuture.Faults faults() {
                return faults;
            }
        });
    }

    /** The same, with another deadline. */
    Liar within(Duration other) {
        return new Liar(lie, caughtBy, strategy, other);
    }

    /** The same, given up on sooner: enough to see that it fails, too little to see that it passes. */
    Liar hurried() {
        return deadline.compareTo(USUAL) > 0 ? this : within(Duration.ofSeconds(1));
    }

    /** Opens its executors in a way of its own. */
    static Liar opening(String lie, Set<String> caughtBy, LyingStrategy.Opening opening, Capability... more) {
        Set<Capability> capabilities = EnumSet.copyOf(LocalTaskExecutor.CAPABILITIES);
        capabilities.addAll(Set.of(more));
        return new Liar(lie, caughtBy, () -> new LyingStrategy(capabilities, opening), USUAL);
    }

    @Override
    public String toString() {
        return lie;
    }
}
