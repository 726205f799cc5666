package dev.gearshift.executors.redis;

/** A worker did not run the task: it does not know its name, does not trust its signature, or cannot read it. */
public final class TaskRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskRefusedException(String message) {
        super(message);
    }
}
