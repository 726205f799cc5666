package dev.gearshift.imgur;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The image was deleted: instead of it, Imgur points to {@code removed.png}, which is not downloaded. */
public final class MediaRemovedException extends DownloadFailedException {
    private static final long serialVersionUID = 1L;

    MediaRemovedException(String message, URI uri, int status, int attempts) {
        super(message, uri, Reason.REMOVED, status, attempts, null);
    }

    /** Makes one of its text alone, for a failure that was told by another JVM. */
    public MediaRemovedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
