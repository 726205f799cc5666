package dev.gearshift.imgur;

/** How far back {@link Section#TOP} looks; Imgur ignores it for the other sections. */
public enum Window {
    /** A day. */
    DAY("day"),
    /** A week. */
    WEEK("week"),
    /** A month. */
    MONTH("month"),
    /** A year. */
    YEAR("year"),
    /** Everything. */
    ALL("all");

    private final String word;

    Window(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
