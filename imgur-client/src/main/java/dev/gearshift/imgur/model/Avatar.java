package dev.gearshift.imgur.model;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture that a user may show as an avatar.
 *
 * @param name its name
 * @param location its bytes
 * @param extra every other field of the answer by its name
 */
public record Avatar(String name, @Nullable URI location, Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public Avatar {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(extra, "extra");
    }

    /** The name; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "Avatar[name=" + name + "]";
    }
}
