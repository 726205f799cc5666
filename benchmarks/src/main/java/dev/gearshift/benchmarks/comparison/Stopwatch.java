package dev.gearshift.benchmarks.comparison;

import java.util.concurrent.TimeUnit;

/** The time since it was started. */
public final class Stopwatch {
    private final long start = System.nanoTime();

    /** In milliseconds. */
    public double millis() {
        return millisTo(System.nanoTime());
    }

    /** To a reading of {@link System#nanoTime}. */
    public double millisTo(long nanoTime) {
        return (nanoTime - start) / 1e6;
    }

    /** How many a second, if there were so many meanwhile. */
    public double perSecond(double count) {
        return count / (System.nanoTime() - start) * TimeUnit.SECONDS.toNanos(1);
    }
}
