package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of each task of an executor; progress bars, metrics and flight recordings are listeners. Methods
 * are called on the threads that do the work, so they must be thread-safe and quick. Whatever one throws is logged and
 * harms no task. Whoever cancels a task waits a moment for a {@code finished} that is being told just then, so none should
 * wait for a lock that he may hold.
 *
 * <p>The order for one task: {@code submitted}, {@code started}, any {@code progressed}, then {@code retrying} and
 * {@code started} again or, once, {@code finished}, before the task's future completes. A task that is cancelled before
 * it starts, or turned away after all, is only finished. One that is cancelled or times out is finished on another
 * thread than it runs on, and what is being told just then may come after that.
 */
public interface TaskListener {
    /** A task was accepted. */
    default void submitted(TaskEvent event) {}

    /** An attempt starts. */
    default void started(TaskEvent event) {}

    /** A running task says how far it is: {@code done} of {@code total}, or of an unknown total if that is -1. */
    default void progressed(TaskEvent event, long done, long total) {}

    /** An attempt failed, and another starts after {@code backoffNanos}. */
    default void retrying(TaskEvent event, Throwable failure, long backoffNanos) {}

    /**
     * The task's result is decided.
     *
     * @param failure null if it succeeded, was cancelled, or was completed from outside
     */
    default void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {}
}
