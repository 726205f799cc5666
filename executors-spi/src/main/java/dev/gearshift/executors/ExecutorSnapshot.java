package dev.gearshift.executors;

import java.util.List;

/**
 * An executor at one moment. The counts are read one after the other while tasks go on, so they need not add up.
 *
 * @param strategy the id of the strategy
 * @param state whether it accepts tasks
 * @param parallelism how many tasks may run at once
 * @param queued tasks accepted and not running: in the queue, delayed, or before a retry
 * @param running tasks that run, also those whose result is no longer wanted
 * @param succeeded tasks that returned, since the executor was opened
 * @param failed tasks that failed or timed out
 * @param cancelled tasks that were cancelled or completed from outside
 * @param workers the workers outside this JVM; empty for a strategy that has none
 */
public record ExecutorSnapshot(
        String strategy,
        State state,
        int parallelism,
        long queued,
        long running,
        long succeeded,
        long failed,
        long cancelled,
        List<WorkerSnapshot> workers) {
    /** Copies the list. */
    public ExecutorSnapshot {
        workers = List.copyOf(workers);
    }

    /** Where an executor is in its life. */
    public enum State {
        /** Accepts tasks. */
        OPEN,
        /** Accepts none, and finishes what it accepted. */
        CLOSING,
        /** All is finished, and all it held is released. */
        CLOSED
    }
}
