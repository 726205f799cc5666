package dev.gearshift.imgur.model;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tag on a gallery item, and what visitors made of that.
 *
 * @param name the tag
 * @param author the user name of whoever set it
 * @param ups votes for it; 0 if not told
 * @param downs votes against it; 0 if not told
 * @param extra every other field of the answer by its name
 */
public record TagVote(String name, @Nullable String author, long ups, long downs, Map<String, @Nullable Object> extra) {

    /** Checks what is never {@code null}. */
    public TagVote {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(extra, "extra");
    }

    /** The tag and its votes; what is in {@link #extra} may be secret. */
    @Override
    public String toString() {
        return "TagVote[name=" + name + ", ups=" + ups + ", downs=" + downs + "]";
    }
}
