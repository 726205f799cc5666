package dev.gearshift.executors.processes;

/** The task was not started: no worker process could be. The message says why, in the process's own words. */
public final class WorkerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkerStartException(String message) {
        super(message);
    }
}
