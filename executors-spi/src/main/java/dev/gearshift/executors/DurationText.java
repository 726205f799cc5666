package dev.gearshift.executors;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as people write them: {@code 200 ms}, {@code 1.5 s}. */
final class DurationText {
    private DurationText() {}

    static String of(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return seconds.abs().compareTo(BigDecimal.ONE) < 0
                ? plain(seconds.movePointRight(3)) + " ms"
                : plain(seconds) + " s";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
