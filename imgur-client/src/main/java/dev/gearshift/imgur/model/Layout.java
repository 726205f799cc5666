package dev.gearshift.imgur.model;

import java.util.Objects;

/**
 * How Imgur lays an album out. An open enumeration: a value that Imgur adds later is kept as it came, so compare with
 * {@link Object#equals equals}.
 *
 * @param value the word Imgur uses, in lower case
 */
public record Layout(String value) {

    /** One below the other. */
    public static final Layout BLOG = new Layout("blog");

    /** In a grid. */
    public static final Layout GRID = new Layout("grid");

    /** In a row, to be scrolled sideways. */
    public static final Layout HORIZONTAL = new Layout("horizontal");

    /** In a column. */
    public static final Layout VERTICAL = new Layout("vertical");

    /** Keeps the word. */
    public Layout {
        Objects.requireNonNull(value, "value");
    }

    /** The word itself. */
    @Override
    public String toString() {
        return value;
    }
}
