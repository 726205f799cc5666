package dev.gearshift.imgur;

import java.util.List;
import java.util.Objects;

/**
 * Images that belong to an album, named by their ids or, when nobody is signed in, by their deletehashes. Never changes.
 */
public final class ImageKeys {
    private final boolean secret;
    private final List<String> values;

    private ImageKeys(boolean secret, List<String> values) {
        this.secret = secret;
        this.values = List.copyOf(values);
    }

    /** The signed-in user's images, by their ids, in the order they are to have. */
    public static ImageKeys ids(List<String> ids) {
        return new ImageKeys(false, Objects.requireNonNull(ids, "ids"));
    }

    /** Images that were uploaded by nobody, by their deletehashes, in the order they are to have. */
    public static ImageKeys deletehashes(List<String> deletehashes) {
        return new ImageKeys(true, Objects.requireNonNull(deletehashes, "deletehashes"));
    }

    String field() {
        return secret ? "deletehashes[]" : "ids[]";
    }

    boolean secret() {
        return secret;
    }

    List<String> values() {
        return values;
    }

    /** How many; neither ids nor deletehashes. */
    @Override
    public String toString() {
        return "ImageKeys[" + values.size() + (secret ? " deletehashes]" : " ids]");
    }
}
