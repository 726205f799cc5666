package dev.gearshift.executors.redis;

/** Redis cannot be reached, or has not answered in time. Whether it did what it was asked is not known. */
final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
