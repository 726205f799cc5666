package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * The worker that ran the task died: it crashed, was killed, or the task ended it. Other tasks are not affected. Whether
 * the task has done its work is not known; {@link Retry#onLostWorker} has it run again. The message says how the worker
 * died, and what it said last.
 */
public final class WorkerLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String worker;
    private final long pid;
    private final @Nullable Integer exitCode;

    /**
     * For strategies.
     *
     * @param message what happened, to which worker and which task
     * @param worker the worker's name
     * @param pid its process id; -1 if it is on another machine
     * @param exitCode its exit code; null if that is not known
     */
    public WorkerLostException(String message, String worker, long pid, @Nullable Integer exitCode) {
        super(message);
        this.worker = worker;
        this.pid = pid;
        this.exitCode = exitCode;
    }

    /** The worker's name. */
    public String worker() {
        return worker;
    }

    /** The worker's process id; -1 if it is on another machine. */
    public long pid() {
        return pid;
    }

    /** The worker's exit code, 128 and the signal's number if a signal ended it; null if that is not known. */
    public @Nullable Integer exitCode() {
        return exitCode;
    }
}
