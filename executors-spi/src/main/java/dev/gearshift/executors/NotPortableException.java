package dev.gearshift.executors;

/**
 * A task cannot leave this JVM. Thrown by {@code submit}, on the caller's thread; the message names the component that
 * cannot travel, and how to mend it.
 */
public final class NotPortableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * For portability checks.
     *
     * @param message what cannot travel, where it is, and what to do
     */
    public NotPortableException(String message) {
        super(message);
    }
}
