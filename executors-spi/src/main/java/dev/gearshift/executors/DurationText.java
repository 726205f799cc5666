package dev.gearshift.executors;

import java.time.Duration;

/** Durations as people write them: {@code 200 ms}, {@code 1.5 s}. */
final class DurationText {
    private DurationText() {}

    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long seconds = millis / 1_000;
        long rest = millis % 1_000;
        return rest == 0
                ? seconds + " s"
                : seconds + "." + String.format("%03d", rest).replaceAll("0+$", "") + " s";
    }
}
