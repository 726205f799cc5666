package dev.gearshift.benchmarks.processes;

import java.time.Duration;
import java.util.Arrays;

/** Does the same over and over, and takes the time of each. */
final class RoundTrips {
    private RoundTrips() {}

    /** One exchange. */
    interface Trip {
        void go() throws Exception;
    }

    static void measure(Effort effort, Trip trip, Figures into) throws Exception {
        warmUp(effort.jvmWarmUp(), trip);
        long[] nanos = new long[effort.trips()];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            trip.go();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        into.add(Figure.P50, nanos[nanos.length / 2] / 1e3);
        into.add(Figure.P99, nanos[nanos.length * 99 / 100] / 1e3);
    }

    /** At least once. */
    static void warmUp(Duration time, Trip trip) throws Exception {
        long start = System.nanoTime();
        do {
            trip.go();
        } while (System.nanoTime() - start < time.toNanos());
    }
}
