package dev.gearshift.imgur.simulator;

import java.util.List;

/** What a gallery listing holds, in the order it is listed. */
sealed interface GalleryEntry {

    String id();

    /** The place among the entries of its kind; the quirks of its JSON follow from it. */
    int index();

    /** A still or animated image. */
    record ImageEntry(String id, int index, Picture picture) implements GalleryEntry {

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

        /** When it was uploaded, in seconds since 1970. */
        long uploaded() {
            return 1_700_000_000L - 977L * index;
        }
    }

    /** An album, always with at least one image. */
    record AlbumEntry(String id, int index, List<ImageEntry> images) implements GalleryEntry {

        long uploaded() {
            return 1_690_000_000L - 3571L * index;
        }
    }
}
