package dev.gearshift.cli;

/** The call was right, and the work could not be done. */
final class WorkFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkFailedException(String message) {
        super(message);
    }

    WorkFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
