package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * A task at one moment of its life, as listeners see it.
 *
 * @param strategy the id of the strategy
 * @param id the number that the executor gave the task
 * @param task the task as it was submitted
 * @param attempt the attempt, from 1; 0 before the first has started
 * @param worker who runs it; null before the first attempt
 * @param waitNanos how long it waited before its latest attempt started, or has waited
 * @param runNanos how long its latest attempt has run; 0 before it started
 */
public record TaskEvent(
        String strategy,
        long id,
        Task<?> task,
        int attempt,
        @Nullable String worker,
        long waitNanos,
        long runNanos) {
    /** How a task ended. */
    public enum End {
        /** It returned. */
        SUCCEEDED,
        /** It threw, and is not tried again. */
        FAILED,
        /** It ran longer than its timeout. */
        TIMED_OUT,
        /** It was cancelled, or its future completed from outside. */
        CANCELLED
    }
}
