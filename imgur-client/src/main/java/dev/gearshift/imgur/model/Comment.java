package dev.gearshift.imgur.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A comment, as {@code GET /3/comment/{id}} answers.
 *
 * @param id the comment's number
 * @param imageId the image or album it is about
 * @param text what it says
 * @param author the user name of whoever wrote it
 * @param authorId that user
 * @param onAlbum whether it is about an album
 * @param albumCover the id of that album's cover
 * @param ups votes for it
 * @param downs votes against it
 * @param points votes for it less votes against it
 * @param datetime when it was written
 * @param parentId the comment it answers; {@code null} if it answers none
 * @param deleted whether it was deleted
 * @param vote the signed-in user's vote
 * @param platform what it was written with, such as {@code desktop}
 * @param adminBadge whether a member of Imgur's staff wrote it; {@code null} if not told
 * @param children the answers to it that came along, in order
 * @param childIds the numbers of answers to it that came as numbers alone
 * @param extra every other field of the answer by its name; also those of the fields above whose value made no sense
 */
public record Comment(
        long id,
        @Nullable String imageId,
        @Nullable String text,
        @Nullable String author,
        @Nullable Long authorId,
        boolean onAlbum,
        @Nullable String albumCover,
        long ups,
        long downs,
        long points,
        @Nullable Instant datetime,
        @Nullable Long parentId,
        boolean deleted,
        @Nullable Vote vote,
        @Nullable String platform,
        @Nullable Boolean adminBadge,
        List<Comment> children,
        List<Long> childIds,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Comment {
        children = List.copyOf(children);
        childIds = List.copyOf(childIds);
        Objects.requireNonNull(extra, "extra");
    }

    /** The number, the author and what it is about. */
    @Override
    public String toString() {
        return "Comment[id=" + id + ", author=" + author + ", imageId=" + imageId + "]";
    }
}
