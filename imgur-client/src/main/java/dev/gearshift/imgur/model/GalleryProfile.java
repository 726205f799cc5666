package dev.gearshift.imgur.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user did in the gallery, as {@code GET /3/account/{username}/gallery_profile} answers.
 *
 * @param totalComments how many comments; 0 if not told
 * @param totalFavorites how many items were marked; 0 if not told
 * @param totalSubmissions how many items were submitted; 0 if not told
 * @param trophies what Imgur gave for it, in order
 * @param extra every other field of the answer by its name
 */
public record GalleryProfile(
        long totalComments,
        long totalFavorites,
        long totalSubmissions,
        List<Trophy> trophies,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public GalleryProfile {
        trophies = List.copyOf(trophies);
        Objects.requireNonNull(extra, "extra");
    }

    /** The totals; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "GalleryProfile[totalComments=" + totalComments + ", totalFavorites=" + totalFavorites
                + ", totalSubmissions=" + totalSubmissions + ", trophies=" + trophies.size() + "]";
    }
}
