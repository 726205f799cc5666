package dev.gearshift.imgur.simulator;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * How long answers wait. One thread keeps the time for all of them: an event loop's own timer counts in milliseconds,
 * and was seen to be two to three of them late.
 */
final class Latency implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final long nanos;
    private final ScheduledThreadPoolExecutor clock;

    Latency(Duration latency) {
        this.nanos = latency.toNanos();
        this.clock = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, "imgur-simulator-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on after it has passed, on that event loop; at once on the calling thread if there is none. */
    void pass(Executor loop, Runnable then) {
        if (nanos == 0) {
            then.run();
        } else {
            clock.schedule(() -> loop.execute(then), nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** What waits goes on no more. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
