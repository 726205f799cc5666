package dev.gearshift.imgur.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gallery listing holds, in the order it is listed. */
sealed interface GalleryEntry {

    String id();

    /** The place among the entries of its kind; the quirks of its JSON follow from it. */
    int index();

    @Nullable
    String title();

    @Nullable
    String description();

    /** Who submitted it; null where that isn't known. */
    @Nullable
    Account account();

    /** When it was uploaded, in seconds since 1970. */
    long uploaded();

    /** Whether unauthenticated listings may leave it out: {@code nsfw} is true. */
    default boolean isMature() {
        return index() % 4 == 2;
    }

    /** A still or animated image. */
    record ImageEntry(
            String id,
            int index,
            @Nullable String title,
            @Nullable String description,
            @Nullable Account account,
            long uploaded,
            Picture picture)
            implements GalleryEntry {

        boolean isGif() {
            return picture.type().equals("image/gif");
        }

        String extension() {
            return switch (picture.type()) {
                case "image/png" -> "png";
                case "image/gif" -> "gif";
                default -> "jpg";
            };
        }
    }

    /** An album; those of the gallery have at least one image and a cover. */
    record AlbumEntry(
            String id,
            int index,
            @Nullable String title,
            @Nullable String description,
            @Nullable Account account,
            long uploaded,
            String privacy,
            @Nullable ImageEntry cover,
            List<ImageEntry> images)
            implements GalleryEntry {}
}
