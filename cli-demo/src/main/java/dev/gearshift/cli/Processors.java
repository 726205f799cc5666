package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategy;

/** How wide work runs that computes rather than waits, and the JDK's own pool. */
final class Processors {
    private static final String POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private Processors() {}

    /**
     * Has the JDK use a pool for what follows an asynchronous answer. By itself it starts a thread for each one where
     * there are one or two processors. To be called before anything is asynchronous.
     */
    static void usePoolForCallbacks() {
        if (System.getProperty(POOL) == null && Runtime.getRuntime().availableProcessors() <= 2) {
            System.setProperty(POOL, "2");
        }
    }

    /** One worker for each processor; one under {@code sequential}. */
    static int workersFor(ConcurrencyStrategy strategy) {
        return isSequential(strategy) ? 1 : Runtime.getRuntime().availableProcessors();
    }

    static boolean isSequential(ConcurrencyStrategy strategy) {
        return strategy.id().equals("sequential");
    }
}
