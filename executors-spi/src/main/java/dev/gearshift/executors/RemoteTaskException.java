package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * What a task failed with in another JVM, where its own exception cannot be made again in this one: its class is neither
 * one of the JDK's nor one that the task's {@code throws} names, or has no suitable constructor. Stack trace, causes and
 * suppressed exceptions are the remote ones.
 */
public final class RemoteTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remoteClassName;
    private final @Nullable String remoteMessage;

    /**
     * For strategies that leave this JVM.
     *
     * @param remoteClassName the class of what was thrown
     * @param remoteMessage its message
     * @param worker where it was thrown
     * @param cause its cause
     */
    public RemoteTaskException(
            String remoteClassName, @Nullable String remoteMessage, String worker, @Nullable Throwable cause) {
        super(remoteClassName + (remoteMessage == null ? "" : ": " + remoteMessage) + " (in " + worker + ")", cause);
        this.remoteClassName = remoteClassName;
        this.remoteMessage = remoteMessage;
    }

    /** The class of what was thrown, a name that need not exist in this JVM. */
    public String remoteClassName() {
        return remoteClassName;
    }

    /** The message of what was thrown, without the class and the worker. */
    public @Nullable String remoteMessage() {
        return remoteMessage;
    }
}
