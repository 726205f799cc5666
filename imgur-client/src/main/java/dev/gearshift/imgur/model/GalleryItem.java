package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gallery is a list of: an image or an album, told apart by the {@code is_album} of the answer and never by
 * whether images came along.
 */
public sealed interface GalleryItem permits GalleryImage, GalleryAlbum {

    /** The id of the image or the album. */
    String id();

    /** The title. */
    @Nullable
    String title();

    /** The text below it. */
    @Nullable
    String description();

    /** When it was made. */
    @Nullable
    Instant datetime();

    /** The image's bytes or the album's web page. */
    @Nullable
    URI link();

    /** Whether it is marked as mature; {@code null} if nobody has judged it. */
    @Nullable
    Boolean nsfw();

    /** The user name of whoever posted it. */
    @Nullable
    String accountUrl();

    /** How often it was seen; 0 if not told. */
    long views();

    /** What visitors made of it. */
    Popularity popularity();

    /** The fields of the answer that have no accessor, by their names. */
    Map<String, @Nullable Object> extra();
}
