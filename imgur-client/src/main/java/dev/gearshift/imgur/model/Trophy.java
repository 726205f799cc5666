package dev.gearshift.imgur.model;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trophy of a user.
 *
 * @param id its number, as text
 * @param name as people read it
 * @param description what it is given for
 * @param data the id of what it was given for
 * @param dataLink the address of what it was given for
 * @param datetime when it was given
 * @param image its picture
 * @param extra every other field of the answer by its name
 */
public record Trophy(
        @Nullable String id,
        @Nullable String name,
        @Nullable String description,
        @Nullable String data,
        @Nullable URI dataLink,
        @Nullable Instant datetime,
        @Nullable URI image,
        Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Trophy {
        Objects.requireNonNull(extra, "extra");
    }

    /** The name; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "Trophy[id=" + id + ", name=" + name + "]";
    }
}
