package dev.gearshift.executors.wire;

import org.jspecify.annotations.Nullable;

/** Something cannot be read. Where it is becomes known on the way up, as in {@link Misfit}. */
final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StringBuilder path = new StringBuilder();
    private final String what;

    /** @param what what is wrong, a clause without a full stop */
    Malformed(String what) {
        this(what, null);
    }

    Malformed(String what, @Nullable Throwable cause) {
        super(what, cause == null ? null : Abridged.of(cause), false, false);
        this.what = what;
    }

    /** Something has thrown while it was given what was read. */
    static Malformed thrown(Throwable thrown) {
        return new Malformed(Texts.told(thrown), thrown);
    }

    Malformed in(String step) {
        path.insert(0, step);
        return this;
    }

    WireFormatException of(String root) {
        return new WireFormatException(root + path + " cannot be read: " + what + ".", getCause());
    }
}
