package dev.gearshift.executors.processes;

/**
 * How long the tasks of one class have taken lately, as their workers say. What workers are given ahead depends on it and
 * nothing else, so that one that lies costs time only. Used under the pool's lock.
 */
final class TaskTimes {
    /** Nobody waits behind what may take for ever. */
    private static final long UNKNOWN = Long.MAX_VALUE / 1_000;

    private long nanos = UNKNOWN;

    /** Without an earlier one, very long. */
    long expectedNanos() {
        return nanos;
    }

    /** One has ended. One that was long counts at once, those that were short count in the long run. */
    void took(long taken) {
        long within = Math.max(0, Math.min(taken, UNKNOWN));
        nanos = nanos == UNKNOWN || within > nanos ? within : nanos - (nanos - within) / 8;
    }
}
