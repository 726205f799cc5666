package dev.gearshift.executors.redis;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a task by its id.
 *
 * @param <T> what it returns
 */
public sealed interface TaskState<T extends @Nullable Object> {
    /** It waits for a worker, or for its time. */
    record Waiting<T extends @Nullable Object>() implements TaskState<T> {}

    /**
     * It runs.
     *
     * @param worker the name of the worker that has it
     */
    record Running<T extends @Nullable Object>(String worker) implements TaskState<T> {}

    /**
     * It has returned.
     *
     * @param value its result
     */
    record Succeeded<T extends @Nullable Object>(T value) implements TaskState<T> {}

    /**
     * It has failed for good, ran too long, lost its workers, or was refused.
     *
     * @param failure what {@code get} of its future would have as its cause
     */
    record Failed<T extends @Nullable Object>(Throwable failure) implements TaskState<T> {}

    /** It was cancelled. */
    record Cancelled<T extends @Nullable Object>() implements TaskState<T> {}

    /** It was never there, or its result is not kept any more. */
    record Unknown<T extends @Nullable Object>() implements TaskState<T> {}
}
