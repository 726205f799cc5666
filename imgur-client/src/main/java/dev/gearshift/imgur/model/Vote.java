package dev.gearshift.imgur.model;

import java.util.Objects;

/**
 * How the signed-in user voted. An open enumeration: a value that Imgur adds later is kept as it came, so compare with
 * {@link Object#equals equals}.
 *
 * @param value the word Imgur uses, in lower case
 */
public record Vote(String value) {

    /** For. */
    public static final Vote UP = new Vote("up");

    /** Against. */
    public static final Vote DOWN = new Vote("down");

    /** Withdrawn. */
    public static final Vote VETO = new Vote("veto");

    /** Keeps the word. */
    public Vote {
        Objects.requireNonNull(value, "value");
    }

    /** The word itself. */
    @Override
    public String toString() {
        return value;
    }
}
