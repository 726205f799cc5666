package dev.gearshift.imgur;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that could not be downloaded. The message is one sentence with the address (without what may be secret in it),
 * the reason and the number of attempts. Nothing is left under the target's name or beside it.
 */
public sealed class DownloadFailedException extends IOException permits MediaRemovedException {
    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** No connection, or one that broke before the answer began. */
        CONNECTION,
        /** No answer within the time set for its headers. */
        NO_ANSWER,
        /** The answer stopped coming. */
        STALLED,
        /** The answer ended before all of it was there. */
        TRUNCATED,
        /** A status other than 200; see {@link #status()}. */
        STATUS,
        /** Imgur calls itself over capacity; it means this address for some minutes. */
        OVER_CAPACITY,
        /** A web page came instead of a file. */
        WEB_PAGE,
        /** The redirect that stands for a deleted image; see {@link MediaRemovedException}. */
        REMOVED,
        /** A redirect to nowhere, away from https, or one too many. */
        REDIRECT,
        /** The file could not be written. */
        FILE,
        /** Another download is writing to the same target. */
        TARGET_BUSY,
        /** The downloader was closed meanwhile. */
        CLOSED,
        /** Not known here: the failure came from another JVM as its text alone. */
        UNKNOWN
    }

    private final @Nullable URI uri;
    private final Reason reason;
    private final int status;
    private final int attempts;

    DownloadFailedException(
            String message, URI uri, Reason reason, int status, int attempts, @Nullable Throwable cause) {
        super(message, cause);
        this.uri = uri;
        this.reason = Objects.requireNonNull(reason, "reason");
        this.status = status;
        this.attempts = attempts;
    }

    /** Makes one of its text alone, for a failure that was told by another JVM. */
    public DownloadFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
        uri = null;
        reason = Reason.UNKNOWN;
        status = 0;
        attempts = 0;
    }

    /** The address that was asked for, whole; {@code null} if {@link #reason()} is {@link Reason#UNKNOWN}. */
    public final @Nullable URI uri() {
        return uri;
    }

    /** What stood in the way. */
    public final Reason reason() {
        return reason;
    }

    /** The status of the last answer; 0 if there was none. */
    public final int status() {
        return status;
    }

    /** How many attempts were made; 0 if not known, or if it did not come to any. */
    public final int attempts() {
        return attempts;
    }
}
