package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;

/**
 * The task was not started: the same one, with the same arguments, has crashed its worker as often as {@link
 * ProcessSettings#quarantineAfter} allows. The cause is the latest crash.
 */
public final class QuarantineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QuarantineException(String message, WorkerLostException latest) {
        super(message, latest);
    }
}
