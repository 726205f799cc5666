package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import org.jspecify.annotations.Nullable;

/**
 * The task was not started: so many workers crashed lately ({@link ProcessSettings#crashLimit}) that the pool starts no
 * more until the window has moved on. The cause is the latest crash.
 */
public final class CrashLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashLimitException(String message, @Nullable WorkerLostException latest) {
        super(message, latest);
    }
}
