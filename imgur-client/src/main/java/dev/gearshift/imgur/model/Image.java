package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image or animation, as {@code GET /3/image/{id}} and {@code GET /3/album/{id}/images} answer. What Imgur left out,
 * sent as {@code null} or sent as an empty string is {@code null} here; a number that is absent is 0 unless it is said to
 * be nullable.
 *
 * @param id the id, 5 or 7 letters and digits
 * @param title the title
 * @param description the text below it
 * @param datetime when it was uploaded
 * @param type the MIME type, such as {@code image/jpeg}
 * @param animated whether it moves
 * @param width in pixels
 * @param height in pixels
 * @param size in bytes
 * @param views how often it was seen
 * @param bandwidth bytes served so far
 * @param vote the signed-in user's vote
 * @param favorite whether the signed-in user marked it; {@code null} if nobody is signed in
 * @param nsfw whether it is marked as mature; {@code null} if nobody has judged it
 * @param section the gallery section or subreddit it is in
 * @param accountUrl the uploader's user name; can be {@code null} although {@code accountId} is known
 * @param accountId the uploader
 * @param inGallery whether it is in the public gallery
 * @param inMostViral whether it is on the front page
 * @param ad whether it is an advertisement
 * @param hasSound whether the animation has a sound track
 * @param edited when it was changed last, as Imgur counts it; 0 for never
 * @param link where the bytes are; {@code http} links to Imgur's own hosts are turned into {@code https}
 * @param mp4 the animation as MP4
 * @param gifv the animation's web page; not a picture
 * @param hls the animation as an HLS play list
 * @param mp4Size bytes of the MP4; {@code null} as long as Imgur has not made it
 * @param looping whether the animation starts over
 * @param processing how far the conversion of the animation is
 * @param deletehash the key to delete it with; sent to its owner only, and left out of {@link #toString()}
 * @param name the original file name; sent to its owner only
 * @param extra every other field of the answer by its name, as strings, numbers, booleans, lists and maps; also those of
 *     the fields above whose value made no sense
 */
public record Image(
        String id,
        @Nullable String title,
        @Nullable String description,
        @Nullable Instant datetime,
        @Nullable String type,
        boolean animated,
        int width,
        int height,
        long size,
        long views,
        long bandwidth,
        @Nullable Vote vote,
        @Nullable Boolean favorite,
        @Nullable Boolean nsfw,
        @Nullable String section,
        @Nullable String accountUrl,
        @Nullable Long accountId,
        boolean inGallery,
        boolean inMostViral,
        boolean ad,
        @Nullable Boolean hasSound,
        long edited,
        @Nullable URI link,
        @Nullable URI mp4,
        @Nullable URI gifv,
        @Nullable URI hls,
        @Nullable Long mp4Size,
        @Nullable Boolean looping,
        @Nullable Processing processing,
        @Nullable String deletehash,
        @Nullable String name,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Image {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Where the bytes of what was uploaded are; {@code null} if Imgur did not tell. This is {@link #link}, but for GIFs of
     * more than 20 MB: their link ({@code …h.gif}) leads to a still, and the whole animation is only there as
     * {@link #mp4}.
     */
    public @Nullable URI file() {
        return isLinkOfStill() && mp4 != null ? mp4 : link;
    }

    /** How many bytes {@link #file()} has; 0 if Imgur did not tell. */
    public long fileSize() {
        if (!isLinkOfStill()) {
            return size;
        }
        return mp4 == null || mp4Size == null ? 0 : mp4Size;
    }

    private boolean isLinkOfStill() {
        return animated && link != null && String.valueOf(link.getPath()).endsWith("/" + id + "h.gif");
    }

    /** The id, type and link: enough for a log line, and no secret. */
    @Override
    public String toString() {
        return "Image[id=" + id + ", type=" + type + ", link=" + link + "]";
    }
}
