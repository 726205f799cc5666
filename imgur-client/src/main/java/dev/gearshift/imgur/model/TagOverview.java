package dev.gearshift.imgur.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tags that Imgur shows first, as {@code GET /3/tags} answers.
 *
 * @param tags in order, without items
 * @param featured the name of the one on top
 * @param galleries selections by Imgur, in order
 * @param extra every other field of the answer by its name
 */
public record TagOverview(
        List<Tag> tags, @Nullable String featured, List<Selection> galleries, Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public TagOverview {
        tags = List.copyOf(tags);
        galleries = List.copyOf(galleries);
        Objects.requireNonNull(extra, "extra");
    }

    /** How much there is; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "TagOverview[tags=" + tags.size() + ", featured=" + featured + ", galleries=" + galleries.size() + "]";
    }

    /**
     * A selection by Imgur.
     *
     * @param id its number, as text
     * @param name as people read it
     * @param description what it is about
     * @param topPost the first item; {@code null} if none came along
     * @param extra every other field of the answer by its name
     */
    public record Selection(
            @Nullable String id,
            @Nullable String name,
            @Nullable String description,
            @Nullable GalleryItem topPost,
            Map<String, @Nullable Object> extra) {

        /** Checks what is never {@code null}. */
        public Selection {
            Objects.requireNonNull(extra, "extra");
        }

        /** The name; what is in {@link #extra} may be secret. */
        @Override
        public String toString() {
            return "Selection[id=" + id + ", name=" + name + "]";
        }
    }
}
