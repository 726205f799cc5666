package dev.gearshift.imgur.simulator;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long answers wait. One thread keeps the time for all of them: an event loop's own timer counts in milliseconds,
 * and was seen to be two to three of them late.
 */
final class Latency implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final long nanos;
    private final ScheduledThreadPoolExecutor clock;
    private volatile @Nullable Thread thread;

    Latency(Duration latency) {
        this.nanos = latency.toNanos();
        this.clock = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread made = new Thread(runnable, "imgur-simulator-clock");
            made.setDaemon(true);
            thread = made;
            return made;
        });
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on after it has passed, on that event loop; at once on the calling thread if there is none. */
    void pass(Executor loop, Runnable then) {
        if (nanos == 0) {
            then.run();
        } else {
            pass(Duration.ofNanos(nanos), loop, then);
        }
    }

    /** Goes on after some time, on that event loop. */
    void pass(Duration time, Executor loop, Runnable then) {
        clock.schedule(() -> loop.execute(then), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What waits goes on no more. */
    @Override
    public void close() {
        clock.shutdownNow();
        try {
            // A pool calls itself terminated a moment before its thread ends.
            Thread made = thread;
            if (made != null) {
                made.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
