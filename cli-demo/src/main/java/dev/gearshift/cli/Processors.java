package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategy;

/** How wide work runs that computes rather than waits. */
final class Processors {
    private Processors() {}

    /** One worker for each processor; one under {@code sequential}. */
    static int workersFor(ConcurrencyStrategy strategy) {
        return isSequential(strategy) ? 1 : Runtime.getRuntime().availableProcessors();
    }

    static boolean isSequential(ConcurrencyStrategy strategy) {
        return strategy.id().equals("sequential");
    }
}
