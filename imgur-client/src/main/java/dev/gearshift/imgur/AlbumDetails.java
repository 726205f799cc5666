package dev.gearshift.imgur;

import org.jspecify.annotations.Nullable;

/**
 * What an album is to be like. What is {@code null} is left to Imgur when the album is made, and as it is when the album
 * is changed.
 *
 * @param title the title
 * @param description the text below it
 * @param cover the id of the image to show first
 * @param images what it holds, in order
 */
public record AlbumDetails(
        @Nullable String title,
        @Nullable String description,
        @Nullable String cover,
        @Nullable ImageKeys images) {

    /** An album of which nothing is said. */
    public static AlbumDetails empty() {
        return new AlbumDetails(null, null, null, null);
    }

    /** The same with a title. */
    public AlbumDetails withTitle(String title) {
        return new AlbumDetails(title, description, cover, images);
    }

    /** The same with a description. */
    public AlbumDetails withDescription(String description) {
        return new AlbumDetails(title, description, cover, images);
    }

    /** The same with the id of a cover. */
    public AlbumDetails withCover(String cover) {
        return new AlbumDetails(title, description, cover, images);
    }

    /** The same with images. */
    public AlbumDetails withImages(ImageKeys images) {
        return new AlbumDetails(title, description, cover, images);
    }
}
