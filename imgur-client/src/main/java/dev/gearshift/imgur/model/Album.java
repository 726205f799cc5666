package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An album, as {@code GET /3/album/{id}} answers. What Imgur left out, sent as {@code null} or sent as an empty string is
 * {@code null} here.
 *
 * @param id the id, 5 or 7 letters and digits
 * @param title the title
 * @param description the text below it
 * @param datetime when it was made
 * @param cover the id of the cover image; {@code null} for an empty album
 * @param coverWidth in pixels
 * @param coverHeight in pixels
 * @param accountUrl the owner's user name; can be {@code null} although {@code accountId} is known
 * @param accountId the owner
 * @param privacy who can see it
 * @param layout how Imgur lays it out
 * @param views how often it was seen; 0 if not told
 * @param link its web page; {@code http} links to Imgur's own hosts are turned into {@code https}
 * @param favorite whether the signed-in user marked it; {@code null} if nobody is signed in
 * @param nsfw whether it is marked as mature; {@code null} if nobody has judged it
 * @param section the gallery section or subreddit it is in
 * @param imagesCount how many images it has; {@code null} if not told
 * @param inGallery whether it is in the public gallery
 * @param ad whether it is an advertisement
 * @param vote the signed-in user's vote
 * @param deletehash the key to delete it with; sent to its owner only, and left out of {@link #toString()}
 * @param images the images that came along, in order; a gallery list brings none or only a few of them, see
 *     {@link #complete()}
 * @param extra every other field of the answer by its name, as strings, numbers, booleans, lists and maps; also those of
 *     the fields above whose value made no sense
 */
public record Album(
        String id,
        @Nullable String title,
        @Nullable String description,
        @Nullable Instant datetime,
        @Nullable String cover,
        @Nullable Integer coverWidth,
        @Nullable Integer coverHeight,
        @Nullable String accountUrl,
        @Nullable Long accountId,
        @Nullable Privacy privacy,
        @Nullable Layout layout,
        long views,
        @Nullable URI link,
        @Nullable Boolean favorite,
        @Nullable Boolean nsfw,
        @Nullable String section,
        @Nullable Integer imagesCount,
        boolean inGallery,
        boolean ad,
        @Nullable Vote vote,
        @Nullable String deletehash,
        List<Image> images,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Album {
        Objects.requireNonNull(id, "id");
        images = List.copyOf(images);
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Whether {@link #images()} are all there are. When they are not, or when the number is not known, ask for
     * {@code GET /3/album/{id}/images}, which sends all.
     */
    public boolean complete() {
        return imagesCount != null && images.size() == imagesCount;
    }

    /** The id, link and number of images: enough for a log line, and no secret. */
    @Override
    public String toString() {
        return "Album[id=" + id + ", link=" + link + ", imagesCount=" + imagesCount + "]";
    }
}
