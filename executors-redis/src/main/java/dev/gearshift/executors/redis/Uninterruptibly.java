package dev.gearshift.executors.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for what ends soon by itself, also on a thread that is interrupted. */
final class Uninterruptibly {
    private Uninterruptibly() {}

    /** Waits for the end of a thread, but not longer. An interrupt is kept for the caller. */
    static void join(Thread thread, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        for (long left = limit.toNanos(); left > 0 && thread.isAlive(); left = until - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
