package dev.gearshift.executors.processes;

import org.jspecify.annotations.Nullable;

/**
 * Which task runs, and which are to stop. An interrupt reaches the task that it is for or nobody: it is given and taken
 * back under one lock. Thread-safe.
 */
final class Interrupts {
    // All guarded by this.
    private long running;
    private @Nullable Thread runner;

    /** The latest that was told to stop, or is not wanted any more; it may not have begun yet. */
    private long stopped;

    private long notWanted;

    synchronized void begin(long seq) {
        running = seq;
        runner = Thread.currentThread();
        if (stopped == seq) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void end() {
        running = 0;
        runner = null;
        Thread.interrupted();
    }

    synchronized void stop(long seq) {
        stopped = seq;
        notWanted = seq;
        if (running == seq && runner != null) {
            runner.interrupt();
        }
    }

    synchronized void unwanted(long seq) {
        notWanted = seq;
    }

    synchronized boolean isUnwanted(long seq) {
        return notWanted == seq;
    }

    /** Does something while a task runs, if one does. */
    synchronized void ifRunning(Runnable interrupt) {
        if (running != 0) {
            interrupt.run();
        }
    }

    synchronized boolean isRunning(long seq) {
        return running == seq;
    }
}
