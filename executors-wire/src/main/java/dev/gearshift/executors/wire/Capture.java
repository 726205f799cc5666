package dev.gearshift.executors.wire;

import dev.gearshift.executors.RemoteTaskException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a throwable what it is. Each answer may be long, may lead in a circle, or may be a throw. */
final class Capture extends Pruning<Capture.Link> {
    /** Causes asked for; the innermost is among them, unless it is made anew with each question. */
    private static final int FARTHEST = 10_000;

    private static final int LONGEST_REMINDER = 100;

    /**
     * A place in a chain of causes.
     *
     * @param again whether the throwable has had a place before
     */
    record Link(Throwable thrown, boolean again) {}

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Capture() {
        super(Bounds.USUAL.throwables());
    }

    static Failure of(Throwable thrown) {
        return new Capture().of(new Link(thrown, false));
    }

    @Override
    List<Link> chain(Link outermost) {
        List<Link> chain = new ArrayList<>();
        Throwable next = outermost.thrown();
        while (next != null && chain.size() < FARTHEST) {
            boolean again = !seen.add(next);
            chain.add(new Link(next, again));
            next = again ? null : asked(next::getCause);
        }
        return chain;
    }

    @Override
    List<Link> suppressed(Link one) {
        List<Link> all = new ArrayList<>();
        if (!one.again()) {
            for (Throwable suppressed : one.thrown().getSuppressed()) {
                all.add(new Link(suppressed, false));
            }
        }
        return all;
    }

    @Override
    Failure failure(Link one, int leftOut, @Nullable Failure cause, List<Failure> suppressed) {
        Throwable thrown = one.thrown();
        String name = thrown.getClass().getName();
        String message = messageOf(thrown);
        if (thrown instanceof RemoteTaskException remote) {
            name = remote.remoteClassName();
            message = remote.remoteMessage();
        }
        if (one.again()) {
            String reminder = message == null ? "" : " " + Bounds.cut(message, LONGEST_REMINDER);
            return new Failure(name, "[seen before]" + reminder, List.of(), cause, suppressed);
        }
        String text = message == null ? null : Bounds.cut(message, Bounds.USUAL.message());
        return new Failure(name, leftOut == 0 ? text : note(leftOut, text), framesOf(thrown), cause, suppressed);
    }

    static String note(int leftOut, @Nullable String message) {
        return "[" + leftOut + " causes before this one are left out]" + (message == null ? "" : " " + message);
    }

    private static List<Failure.Frame> framesOf(Throwable thrown) {
        List<Failure.Frame> frames = new ArrayList<>();
        @Nullable StackTraceElement @Nullable [] trace = asked(thrown::getStackTrace);
        for (int i = 0; trace != null && i < Math.min(trace.length, Bounds.USUAL.frames()); i++) {
            StackTraceElement element = trace[i];
            if (element != null) {
                frames.add(Failure.Frame.of(element));
            }
        }
        return frames;
    }

    private static @Nullable String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable e) {
            return "[its message could not be had: " + e.getClass().getName() + "]";
        }
    }

    private static <R extends @Nullable Object> @Nullable R asked(Supplier<R> question) {
        try {
            return question.get();
        } catch (Throwable e) {
            return null;
        }
    }
}
