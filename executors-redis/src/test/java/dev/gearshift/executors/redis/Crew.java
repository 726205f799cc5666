package dev.gearshift.executors.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One worker process, and another when that has died, as whoever looks after workers has it. */
final class Crew implements AutoCloseable {
    private final Supplier<WorkerProcess> starter;
    private final Thread thread = new Thread(null, this::lookAfter, "crew", 0, false);

    private volatile WorkerProcess now;
    private final AtomicInteger started = new AtomicInteger(1);
    private volatile boolean closed;

    /** Returns when the first one takes tasks. */
    Crew(Supplier<WorkerProcess> starter) {
        this.starter = starter;
        now = starter.get();
        thread.setDaemon(true);
        thread.start();
    }

    private void lookAfter() {
        while (!closed) {
            try {
                now.process().waitFor();
                if (!closed) {
                    now = starter.get();
                    started.incrementAndGet();
                }
            } catch (IllegalStateException e) {
                // It could not start, as Redis was out of reach. The next may.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The latest one, dead or alive. */
    WorkerProcess now() {
        return now;
    }

    /** How many there were. */
    int started() {
        return started.get();
    }

    @Override
    public void close() {
        closed = true;
        now.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        now.close();
    }
}
