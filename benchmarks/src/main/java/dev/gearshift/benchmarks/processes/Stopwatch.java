package dev.gearshift.benchmarks.processes;

import java.util.concurrent.TimeUnit;

/** The time since it was started. */
final class Stopwatch {
    private final long start = System.nanoTime();

    double millis() {
        return millisTo(System.nanoTime());
    }

    /** To a reading of {@link System#nanoTime}. */
    double millisTo(long nanoTime) {
        return (nanoTime - start) / 1e6;
    }

    double perSecond(double count) {
        return count / (System.nanoTime() - start) * TimeUnit.SECONDS.toNanos(1);
    }
}
