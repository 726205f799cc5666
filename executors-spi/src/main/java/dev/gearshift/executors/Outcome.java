package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * How one task of a stream ended.
 *
 * @param <T> what the task returns; may be nullable
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /** The task as the source gave it. */
    Task<T> task();

    /** Its place in the source, from 0. */
    long index();

    /**
     * The task returned.
     *
     * @param task the task
     * @param index its place in the source, from 0
     * @param value what it returned
     * @param <T> what the task returns
     */
    record Success<T extends @Nullable Object>(Task<T> task, long index, T value) implements Outcome<T> {}

    /**
     * The task failed, timed out or was cancelled.
     *
     * @param task the task
     * @param index its place in the source, from 0
     * @param failure the task's own exception, {@link TaskTimeoutException}, or a {@code CancellationException}
     * @param <T> what the task returns
     */
    record Failure<T extends @Nullable Object>(Task<T> task, long index, Throwable failure) implements Outcome<T> {}
}
