package dev.gearshift.executors;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one task is to be run.
 *
 * @param timeout how long one attempt may run, from its start; null for no limit. It ends the wait everywhere, and the
 *     work too where the strategy has {@link Capability#HARD_TIMEOUT}; elsewhere the task is interrupted
 * @param retry whether it is tried again after a failure
 * @param delay how long it waits before it may start; zero for not at all ({@link Capability#DELAYS})
 * @param priority tasks of a higher one start first; 0 by default ({@link Capability#PRIORITIES})
 * @param queue the queue it goes to; null for the default one ({@link Capability#QUEUES})
 */
public record TaskOptions(
        @Nullable Duration timeout,
        Retry retry,
        Duration delay,
        int priority,
        @Nullable String queue) {
    private static final TaskOptions DEFAULTS = new TaskOptions(null, Retry.none(), Duration.ZERO, 0, null);

    /** Checks the ranges. */
    public TaskOptions {
        Objects.requireNonNull(retry, "retry");
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("timeout must be positive, but is " + DurationText.of(timeout) + ".");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative, but is " + DurationText.of(delay) + ".");
        }
    }

    /** No timeout, no retry, at once, in the default queue. */
    public static TaskOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another timeout; null for none. */
    public TaskOptions withTimeout(@Nullable Duration timeout) {
        return new TaskOptions(timeout, retry, delay, priority, queue);
    }

    /** The same with another retry. */
    public TaskOptions withRetry(Retry retry) {
        return new TaskOptions(timeout, retry, delay, priority, queue);
    }

    /** The same with another delay. */
    public TaskOptions withDelay(Duration delay) {
        return new TaskOptions(timeout, retry, delay, priority, queue);
    }

    /** The same with another priority. */
    public TaskOptions withPriority(int priority) {
        return new TaskOptions(timeout, retry, delay, priority, queue);
    }

    /** The same in another queue; null for the default one. */
    public TaskOptions withQueue(@Nullable String queue) {
        return new TaskOptions(timeout, retry, delay, priority, queue);
    }

    /** What a strategy must have to run a task like this. */
    public Set<Capability> needs() {
        Set<Capability> needs = EnumSet.noneOf(Capability.class);
        if (!delay.isZero()) {
            needs.add(Capability.DELAYS);
        }
        if (priority != 0) {
            needs.add(Capability.PRIORITIES);
        }
        if (queue != null) {
            needs.add(Capability.QUEUES);
        }
        return needs;
    }
}
