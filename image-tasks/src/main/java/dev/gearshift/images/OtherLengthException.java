package dev.gearshift.images;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file came whole, but with another length than {@link DownloadImage#length()}: it is not what was asked for. Imgur
 * sends such in place of an image that it does not show. Nothing is left under the target's name or beside it.
 */
public final class OtherLengthException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one of its sentence; also for a failure that was told by another JVM. */
    public OtherLengthException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static OtherLengthException of(Path target, long bytes, long expected) {
        return new OtherLengthException(
                target.getFileName() + " came with " + bytes + " bytes where " + expected
                        + " were expected, so it is another file; it was not kept.",
                null);
    }
}
