package dev.gearshift.imgur;

/** In which order to list what a user has made. */
public enum ListOrder {
    /** Newest first. */
    NEWEST("newest"),
    /** Oldest first. */
    OLDEST("oldest"),
    /** Most points first. */
    BEST("best"),
    /** Fewest points first. */
    WORST("worst");

    private final String word;

    ListOrder(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
