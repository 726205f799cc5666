package dev.gearshift.imgur;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The small pictures that Imgur makes of each image. They stand still even if the image moves, and are not larger than
 * the image.
 */
public enum ThumbnailSize {
    /** 90×90 pixels, cut to a square. */
    SMALL_SQUARE('s', 90, true),
    /** 160×160 pixels, cut to a square. */
    BIG_SQUARE('b', 160, true),
    /** At most 160 pixels wide and high. */
    SMALL('t', 160, false),
    /** At most 320 pixels wide and high. */
    MEDIUM('m', 320, false),
    /** At most 640 pixels wide and high. */
    LARGE('l', 640, false),
    /** At most 1,024 pixels wide and high. */
    HUGE('h', 1024, false);

    /** Sizes come after an id of 5 or 7 characters; with 6 or 8 the last one may be a size. */
    private static final Pattern FILE =
            Pattern.compile("/([A-Za-z0-9]{5}|[A-Za-z0-9]{7})([sbtmlh])?(?:_d)?\\.([A-Za-z0-9]+)");

    private final char suffix;
    private final int pixels;
    private final boolean square;

    ThumbnailSize(char suffix, int pixels, boolean square) {
        this.suffix = suffix;
        this.pixels = pixels;
        this.square = square;
    }

    /** What comes after the id in the file's name. */
    public char suffix() {
        return suffix;
    }

    /** The longer side at most, in pixels. */
    public int pixels() {
        return pixels;
    }

    /** Whether the picture is cut to a square; else it keeps its shape. */
    public boolean square() {
        return square;
    }

    /**
     * Where the thumbnail of an image is.
     *
     * @param link where the image is, on Imgur's image host; videos have JPEG thumbnails
     * @return nothing if the link is another
     */
    public Optional<URI> of(URI link) {
        Matcher file = FILE.matcher(link.getPath() == null ? "" : link.getPath());
        if (!UrlReader.isImageHost(link.getHost()) || !file.matches()) {
            return Optional.empty();
        }
        String extension = file.group(3);
        boolean still = extension.matches("(?i)jpe?g|png|gif|webp");
        return Optional.of(link.resolve("/" + file.group(1) + suffix + "." + (still ? extension : "jpg")));
    }

    static @Nullable ThumbnailSize bySuffix(char suffix) {
        for (ThumbnailSize size : values()) {
            if (size.suffix == suffix) {
                return size;
            }
        }
        return null;
    }
}
