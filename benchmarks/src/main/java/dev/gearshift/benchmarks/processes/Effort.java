package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.RoundTrips;
import java.time.Duration;
import java.util.List;

/**
 * How much is done for each figure; the same for all contenders.
 *
 * @param rounds how often each contender's processes are started anew
 * @param jvmWarmUp for how long a JVM does no-op work of a kind, or the first of another, before it is measured: its
 *     compiler needs that long, above all where it has to share one CPU with the work
 * @param warmUp for how long each other kind of work is done before it is measured, and each in Python
 * @param trips round trips in one sample
 * @param tasks tasks in one sample of the throughput
 * @param batches samples of the throughput in a round
 * @param echoedMiB MiB in one sample of the echo
 * @param opens pools that are opened, for each number of workers, in a round
 * @param deaths processes that die, of each cause, in a round
 */
record Effort(
        int rounds,
        Duration jvmWarmUp,
        Duration warmUp,
        int trips,
        int tasks,
        int batches,
        int echoedMiB,
        int opens,
        int deaths) {
    private static final double NANOS_IN_MICRO = 1e3;

    static final Effort FULL = new Effort(3, Duration.ofSeconds(8), Duration.ofSeconds(1), 3_000, 10_000, 3, 96, 3, 5);
    static final Effort QUICK = new Effort(1, Duration.ofMillis(50), Duration.ofMillis(50), 50, 200, 1, 64, 1, 1);

    /** Takes the times of the trips. */
    void roundTrips(RoundTrips.Trip trip, Figures into) throws Exception {
        long[] nanos = RoundTrips.measure(jvmWarmUp, trips, trip);
        into.add(Figure.P50, RoundTrips.percentile(nanos, 50) / NANOS_IN_MICRO);
        into.add(Figure.P99, RoundTrips.percentile(nanos, 99) / NANOS_IN_MICRO);
    }

    /** For the command line of a program that measures. */
    List<String> arguments() {
        return List.of(
                "rounds=" + rounds,
                "jvm_warm_up_ms=" + jvmWarmUp.toMillis(),
                "warm_up_ms=" + warmUp.toMillis(),
                "trips=" + trips,
                "tasks=" + tasks,
                "batches=" + batches,
                "echoed_mib=" + echoedMiB,
                "opens=" + opens,
                "deaths=" + deaths);
    }

    static Effort parse(List<String> arguments) {
        return new Effort(
                number("rounds", arguments),
                Duration.ofMillis(number("jvm_warm_up_ms", arguments)),
                Duration.ofMillis(number("warm_up_ms", arguments)),
                number("trips", arguments),
                number("tasks", arguments),
                number("batches", arguments),
                number("echoed_mib", arguments),
                number("opens", arguments),
                number("deaths", arguments));
    }

    private static int number(String name, List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> Integer.parseInt(argument.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing in " + arguments));
    }
}
