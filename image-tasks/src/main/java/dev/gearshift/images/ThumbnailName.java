package dev.gearshift.images;

import java.nio.file.Path;

/** How thumbnails are told from other images: by what their names end in. */
final class ThumbnailName {
    private static final String MARK = "_thumbnail";

    private ThumbnailName() {}

    /** The name for an image's thumbnail in its own format: {@code cat.jpg} gives {@code cat_thumbnail.jpg}. */
    static String inSameFormat(Path image) {
        String name = nameOf(image);
        int dot = endOfStem(name);
        return name.substring(0, dot) + MARK + name.substring(dot);
    }

    /**
     * The name for a thumbnail in another format: {@code cat.webp} gives {@code cat.webp_thumbnail.png}, so that a
     * {@code cat.png} beside it keeps its own.
     */
    static String inOtherFormat(Path image, String extension) {
        return nameOf(image) + MARK + "." + extension;
    }

    static boolean isOne(Path image) {
        String name = nameOf(image);
        return name.substring(0, endOfStem(name)).endsWith(MARK);
    }

    static String nameOf(Path image) {
        Path name = image.getFileName();
        return name == null ? "" : name.toString();
    }

    static int endOfStem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? dot : name.length();
    }
}
