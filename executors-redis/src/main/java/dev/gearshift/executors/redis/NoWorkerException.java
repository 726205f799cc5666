package dev.gearshift.executors.redis;

/**
 * The executor was closed, and nobody was there to run the task, or nobody could be reached. The task is still in its
 * queue, and runs when a worker comes; its result can be had by its {@link
 * dev.gearshift.executors.TaskFuture#reference() reference}.
 */
public final class NoWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoWorkerException(String message) {
        super(message);
    }
}
