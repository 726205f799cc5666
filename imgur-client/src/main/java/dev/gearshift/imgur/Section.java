package dev.gearshift.imgur;

/** Which part of the gallery to list. */
public enum Section {
    /** What is popular now. */
    HOT("hot"),
    /** What was popular over a {@link Window}. */
    TOP("top"),
    /** What users have just submitted. */
    USER("user");

    private final String word;

    Section(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
