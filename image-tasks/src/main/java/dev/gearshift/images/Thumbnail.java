package dev.gearshift.images;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A thumbnail that was made.
 *
 * @param file where it is
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 * @param bytes the length of the file
 */
public record Thumbnail(Path file, int width, int height, long bytes) {

    /** Refuses {@code null}. */
    public Thumbnail {
        Objects.requireNonNull(file, "file");
    }
}
