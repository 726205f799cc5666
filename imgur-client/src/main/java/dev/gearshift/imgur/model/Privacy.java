package dev.gearshift.imgur.model;

import java.util.Objects;

/**
 * Who can see an album. An open enumeration: a value that Imgur adds later is kept as it came, so compare with
 * {@link Object#equals equals}.
 *
 * @param value the word Imgur uses, in lower case
 */
public record Privacy(String value) {

    /** Everybody. */
    public static final Privacy PUBLIC = new Privacy("public");

    /** Whoever has the link. */
    public static final Privacy HIDDEN = new Privacy("hidden");

    /** Its owner. */
    public static final Privacy SECRET = new Privacy("secret");

    /** Keeps the word. */
    public Privacy {
        Objects.requireNonNull(value, "value");
    }

    /** The word itself. */
    @Override
    public String toString() {
        return value;
    }
}
