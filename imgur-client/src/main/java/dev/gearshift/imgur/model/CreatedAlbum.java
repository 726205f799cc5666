package dev.gearshift.imgur.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An album that was just made.
 *
 * @param id what it is asked for with
 * @param deletehash what it is changed and deleted with; left out of {@link #toString()}
 */
public record CreatedAlbum(String id, @Nullable String deletehash) {

    /** Checks what is never {@code null}. */
    public CreatedAlbum {
        Objects.requireNonNull(id, "id");
    }

    /** The id, and no secret. */
    @Override
    public String toString() {
        return "CreatedAlbum[id=" + id + "]";
    }
}
