package dev.gearshift.imgur.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What part of a body a {@code Range} header asks for.
 *
 * @param first the first byte's position
 * @param last the last byte's position; before {@code first} when no byte of the body is in the range
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The range, or null where the header is to be ignored: absent, several ranges, another unit, not understood. */
    static @Nullable ByteRange parse(@Nullable String header, long length) {
        if (header == null) {
            return null;
        }
        Matcher range = ONE_RANGE.matcher(header.replace(" ", ""));
        if (!range.matches()) {
            return null;
        }
        String from = range.group(1);
        String to = range.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : new ByteRange(Math.max(0, length - Long.parseLong(to)), length - 1);
        }
        long first = Long.parseLong(from);
        if (to.isEmpty()) {
            return new ByteRange(first, length - 1);
        }
        long last = Long.parseLong(to);
        return last < first ? null : new ByteRange(first, Math.min(last, length - 1));
    }

    boolean isSatisfiable() {
        return first <= last;
    }

    long length() {
        return last - first + 1;
    }
}
