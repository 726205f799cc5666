package dev.gearshift.benchmarks.queue;

import java.util.List;

/**
 * How much is done for each figure.
 *
 * @param rounds how often all processes are started anew
 * @param jvmWarmUpMillis for how long a JVM makes round trips before they are measured
 * @param warmUpMillis the same for Python
 * @param trips round trips in one sample
 * @param backlog tasks in a backlog of Gearshift's
 * @param peerTrips round trips in one sample, of Python's queues
 * @param peerBacklog tasks in a backlog of theirs; a third of that where each task is a fork
 */
record Effort(
        int rounds, int jvmWarmUpMillis, int warmUpMillis, int trips, int backlog, int peerTrips, int peerBacklog) {
    static final Effort FULL = new Effort(3, 3_000, 1_000, 2_000, 20_000, 300, 3_000);
    static final Effort QUICK = new Effort(1, 100, 100, 50, 400, 10, 30);

    Effort withRounds(int others) {
        return new Effort(others, jvmWarmUpMillis, warmUpMillis, trips, backlog, peerTrips, peerBacklog);
    }

    /** For the command line of the JVM that measures. */
    List<String> arguments() {
        return List.of(String.valueOf(jvmWarmUpMillis), String.valueOf(trips), String.valueOf(backlog));
    }

    /** For the command line of the Python that measures. */
    List<String> peerArguments() {
        return List.of(String.valueOf(warmUpMillis), String.valueOf(peerTrips), String.valueOf(peerBacklog));
    }
}
