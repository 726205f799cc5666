package dev.gearshift.executors.wire;

import tools.jackson.core.JacksonException;

/**
 * Stands for a throwable that quotes at length what was read, or holds it. A log gets its class, its frames and the
 * beginning of its message.
 */
final class Abridged extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_TEXT = 1_000;

    private static final int MOST_CAUSES = 8;

    private Abridged(Throwable thrown) {
        super(Texts.told(thrown));
        try {
            setStackTrace(thrown.getStackTrace());
        } catch (Throwable e) {
            setStackTrace(new StackTraceElement[0]);
        }
    }

    /** The throwable itself if it is short. */
    static Throwable of(Throwable thrown) {
        return isShort(thrown) ? thrown : new Abridged(thrown);
    }

    private static boolean isShort(Throwable thrown) {
        try {
            int causes = 0;
            for (Throwable next = thrown; next != null; next = next.getCause()) {
                boolean holdsTheBytes = next instanceof JacksonException;
                if (holdsTheBytes || next.getSuppressed().length > 0 || causes++ == MOST_CAUSES) {
                    return false;
                }
                if (next.toString().length() > LONGEST_TEXT) {
                    return false;
                }
            }
            return true;
        } catch (Throwable e) {
            return false;
        }
    }
}
