package dev.gearshift.executors.wire;

import dev.gearshift.executors.NotPortableException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something cannot travel. Where it is becomes known on the way up, a step at each record and container. */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String END = "\nSee executors-wire/README.md#what-travels";

    private static final String PASS_LESS = "Pass where the data is (a path, a URI), or split the task.";

    private final StringBuilder path = new StringBuilder();
    private final String what;
    private final String remedy;

    /**
     * @param what what is wrong, a clause without a full stop
     * @param remedy what to do, a sentence
     */
    Misfit(String what, String remedy) {
        this(what, remedy, null);
    }

    Misfit(String what, String remedy, @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.what = what;
        this.remedy = remedy;
    }

    /** Code of the caller's has thrown while it was asked for the value. */
    static Misfit thrown(Throwable thrown) {
        return new Misfit("it threw " + Texts.told(thrown), "Pass a value that can be read through.", thrown);
    }

    /** A class that the type mentions is missing, or does not get through its initialisation. */
    static Misfit unloadable(Throwable thrown) {
        return new Misfit(
                "its class cannot be loaded: " + Texts.told(thrown),
                "See the cause; both ends need the class, and all that it mentions.",
                thrown);
    }

    static Misfit tooLarge(long bytes, long limit) {
        return new Misfit(
                String.format(Locale.ROOT, "it brings the encoding to %,d bytes, and the limit is %,d", bytes, limit),
                PASS_LESS);
    }

    static Misfit tooHeavy(long memory, long limit) {
        return new Misfit(
                String.format(
                        Locale.ROOT,
                        "it brings the value to about %,d bytes of memory, and the limit is %,d",
                        memory,
                        limit),
                PASS_LESS);
    }

    Misfit in(String step) {
        path.insert(0, step);
        return this;
    }

    NotPortableException of(String root) {
        NotPortableException refusal =
                new NotPortableException(root + path + " cannot travel: " + what + ". " + remedy + END);
        if (getCause() != null) {
            refusal.initCause(getCause());
        }
        return refusal;
    }
}
