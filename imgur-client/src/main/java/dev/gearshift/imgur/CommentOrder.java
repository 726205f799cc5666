package dev.gearshift.imgur;

/** In which order to list the comments on a gallery item. */
public enum CommentOrder {
    /** What Imgur thinks best. */
    BEST("best"),
    /** Most points first. */
    TOP("top"),
    /** Newest first. */
    NEW("new");

    private final String word;

    CommentOrder(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
