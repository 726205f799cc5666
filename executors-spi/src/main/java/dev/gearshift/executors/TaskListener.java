package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of each task of an executor; progress bars, metrics and flight recordings are listeners. Methods
 * are called on the threads that do the work, so they must be thread-safe and quick. An exception from one is logged
 * and harms no task.
 *
 * <p>The order for one task: {@code submitted}, {@code started}, any {@code progressed}, then {@code retrying} and
 * {@code started} again or, once, {@code finished}. A task that is cancelled before it starts is only finished. A
 * listener hears of the end before the task's future completes, except where it is completed from outside.
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

    /** The task's result is decided. {@code failure} is null if it succeeded, or was completed from outside. */
    default void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {}
}
