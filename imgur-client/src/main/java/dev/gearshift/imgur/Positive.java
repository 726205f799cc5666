package dev.gearshift.imgur;

import java.time.Duration;

/** Settings that must be more than nothing. */
final class Positive {
    /** For whoever means for ever; there is room for such times in every sum. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Positive() {}

    static Duration of(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero; this is " + value);
        }
        return capped(value);
    }

    static Duration capped(Duration value) {
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }

    static int of(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be at least 1; this is " + value);
        }
        return value;
    }
}
