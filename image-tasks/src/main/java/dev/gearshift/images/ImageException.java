package dev.gearshift.images;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An image of which no thumbnail can be made. The message is one sentence: which file, what is wrong, what to do. */
public final class ImageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one of its sentence; also for a failure that was told by another JVM. */
    public ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ImageException of(Path image, String whatIsWrongAndWhatToDo) {
        return of(image, whatIsWrongAndWhatToDo, null);
    }

    static ImageException of(Path image, String whatIsWrongAndWhatToDo, @Nullable Throwable cause) {
        return new ImageException("No thumbnail of " + image + ": " + whatIsWrongAndWhatToDo + ".", cause);
    }
}
