package dev.gearshift.benchmarks.comparison;

import java.time.Duration;
import java.util.Arrays;

/** Does the same over and over, and takes the time of each. */
public final class RoundTrips {
    private RoundTrips() {}

    /** One exchange. */
    public interface Trip {
        /** Makes it. */
        void go() throws Exception;
    }

    /**
     * After a warm-up, takes the times of so many.
     *
     * @return nanoseconds, in ascending order
     */
    public static long[] measure(Duration warmUp, int trips, Trip trip) throws Exception {
        warmUp(warmUp, trip);
        long[] nanos = new long[trips];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            trip.go();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /** The time that so many percent are within, of times in ascending order. */
    public static long percentile(long[] nanos, int percent) {
        return nanos[nanos.length * percent / 100];
    }

    /** At least once. */
    public static void warmUp(Duration time, Trip trip) throws Exception {
        long start = System.nanoTime();
        do {
            trip.go();
        } while (System.nanoTime() - start < time.toNanos());
    }
}
