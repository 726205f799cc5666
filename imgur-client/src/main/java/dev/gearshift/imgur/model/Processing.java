package dev.gearshift.imgur.model;

import java.util.Objects;

/**
 * How far Imgur is with converting an animation. An open enumeration: a value that Imgur adds later is kept as it came, so compare with
 * {@link Object#equals equals}.
 *
 * @param value the word Imgur uses, in lower case
 */
public record Processing(String value) {

    /** Not done yet. */
    public static final Processing PENDING = new Processing("pending");

    /** Done. */
    public static final Processing COMPLETED = new Processing("completed");

    /** Keeps the word. */
    public Processing {
        Objects.requireNonNull(value, "value");
    }

    /** The word itself. */
    @Override
    public String toString() {
        return value;
    }
}
