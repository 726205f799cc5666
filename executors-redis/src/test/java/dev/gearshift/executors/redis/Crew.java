package dev.gearshift.executors.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One worker process, and another when that has died, as whoever looks after workers has it. */
final class Crew implements AutoCloseable {
    private final Supplier<WorkerProcess> starter;

    // Guarded by this.
    private WorkerProcess now;
    private int started;
    private boolean closed;

    Crew(Supplier<WorkerProcess> starter) {
        this.starter = starter;
        next();
    }

    private synchronized void next() {
        if (closed) {
            return;
        }
        started++;
        now = starter.get();
        CompletableFuture<Process> unused = now.process().onExit().whenComplete((process, failure) -> next());
    }

    /** How many there were. */
    synchronized int started() {
        return started;
    }

    @Override
    public synchronized void close() {
        closed = true;
        now.close();
    }
}
