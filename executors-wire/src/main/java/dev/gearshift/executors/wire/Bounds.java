package dev.gearshift.executors.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a failure may be.
 *
 * @param throwables causes and suppressed ones together, 1 or more
 * @param frames in each stack trace
 * @param message characters in each message
 */
record Bounds(int throwables, int frames, int message) {
    /** The frames are those that a {@code StackOverflowError} has by default. */
    static final Bounds USUAL = new Bounds(64, 1_024, 64 * 1_024);

    /** For an encoding that must become shorter, by and by. */
    static final List<Bounds> EVER_TIGHTER = List.of(
            USUAL,
            new Bounds(64, 256, 16 * 1_024),
            new Bounds(64, 64, 4 * 1_024),
            new Bounds(24, 16, 1_024),
            new Bounds(6, 4, 256),
            new Bounds(2, 1, 64),
            new Bounds(1, 0, 64));

    /** So much longer is a text at most that was cut before, to the same bounds. */
    private static final int NOTES = 100;

    /** As much of the failure as fits. */
    Failure cut(Failure failure) {
        return new Cutting().of(failure);
    }

    /** The beginning of a text, whole characters, with a note of how much is missing; or the text, if it fits. */
    static String cut(String text, int longest) {
        if (text.length() <= longest + NOTES) {
            return text;
        }
        int end = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "… [" + (text.length() - end) + " more]";
    }

    private final class Cutting extends Pruning<Failure> {
        Cutting() {
            super(throwables);
        }

        @Override
        List<Failure> chain(Failure outermost) {
            List<Failure> chain = new ArrayList<>();
            for (Failure next = outermost; next != null; next = next.cause()) {
                chain.add(next);
            }
            return chain;
        }

        @Override
        List<Failure> suppressed(Failure one) {
            return one.suppressed();
        }

        @Override
        Failure failure(Failure one, int leftOut, @Nullable Failure cause, List<Failure> suppressed) {
            String text = one.message() == null ? null : cut(one.message(), message);
            return new Failure(
                    one.className(),
                    leftOut == 0 ? text : Capture.note(leftOut, text),
                    one.frames().subList(0, Math.min(frames, one.frames().size())),
                    cause,
                    suppressed);
        }
    }
}
