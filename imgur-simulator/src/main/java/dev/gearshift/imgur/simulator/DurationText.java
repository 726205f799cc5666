package dev.gearshift.imgur.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people type them: {@code 200ms}, {@code 1.5s}, or {@code 1500} for milliseconds. */
final class DurationText {

    private DurationText() {}

    /** Says in the error whose value it was. */
    static Duration parse(String what, String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            return text.endsWith("s") ? Duration.parse("PT" + text) : Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(what + " takes 200ms, 1s or 1500, not '" + text + "'.", e);
        }
    }

    static String of(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
