package dev.gearshift.imgur.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tag, as {@code GET /3/gallery/t/{tag}} and {@code GET /3/gallery/tag_info/{tag}} answer. Old answers have the name,
 * the counts and {@code following} only.
 *
 * @param id the tag's number, which Imgur sends as text
 * @param name as it is in addresses
 * @param displayName as people read it
 * @param followers how many users follow it; 0 if not told
 * @param totalItems how many items have it; 0 if not told
 * @param following whether the signed-in user follows it; {@code null} if not told
 * @param whitelisted whether Imgur has approved it; {@code null} if not told
 * @param backgroundHash the id of the image behind its page
 * @param thumbnailHash the id of its small image
 * @param accent a colour, six hexadecimal digits
 * @param backgroundAnimated whether the background moves
 * @param thumbnailAnimated whether the small image moves
 * @param promoted whether it is an advertisement
 * @param description what it is about
 * @param logoHash the id of its sponsor's logo
 * @param logoDestination where that logo leads
 * @param items the items of the page that was asked for, in order; none if none were
 * @param extra every other field of the answer by its name; also those of the fields above whose value made no sense
 */
public record Tag(
        @Nullable String id,
        String name,
        @Nullable String displayName,
        long followers,
        long totalItems,
        @Nullable Boolean following,
        @Nullable Boolean whitelisted,
        @Nullable String backgroundHash,
        @Nullable String thumbnailHash,
        @Nullable String accent,
        boolean backgroundAnimated,
        boolean thumbnailAnimated,
        boolean promoted,
        @Nullable String description,
        @Nullable String logoHash,
        @Nullable URI logoDestination,
        List<GalleryItem> items,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Tag {
        Objects.requireNonNull(name, "name");
        items = List.copyOf(items);
        Objects.requireNonNull(extra, "extra");
    }

    /** The name and the counts. */
    @Override
    public String toString() {
        return "Tag[name=" + name + ", totalItems=" + totalItems + ", items=" + items.size() + "]";
    }
}
