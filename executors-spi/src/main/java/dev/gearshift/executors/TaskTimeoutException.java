package dev.gearshift.executors;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A task ran longer than its {@link TaskOptions#timeout} allows. The time counts from the task's start. */
public final class TaskTimeoutException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    /**
     * For strategies.
     *
     * @param what the task, as it is named in messages
     * @param timeout the limit
     */
    public TaskTimeoutException(String what, Duration timeout) {
        super(what + " ran longer than its timeout of " + DurationText.of(timeout) + ".");
        this.timeout = timeout;
    }

    /** The limit that was passed. */
    public Duration timeout() {
        return timeout;
    }
}
