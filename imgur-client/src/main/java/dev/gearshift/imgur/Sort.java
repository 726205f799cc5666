package dev.gearshift.imgur;

/** In which order to list a gallery. */
public enum Sort {
    /** By how fast an item spreads. */
    VIRAL("viral"),
    /** By votes. */
    TOP("top"),
    /** Newest first. */
    TIME("time"),
    /** By how fast votes come in; with {@link Section#USER} only. */
    RISING("rising");

    private final String word;

    Sort(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
