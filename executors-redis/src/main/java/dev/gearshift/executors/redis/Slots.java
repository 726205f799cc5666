package dev.gearshift.executors.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of a worker: a task is taken when there is one for it. While tasks are short, some more are taken ahead, so
 * that one trip to Redis brings several: as many as the places get through in two milliseconds. Thread-safe.
 */
final class Slots {
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int MOST_AHEAD = 32;

    private final int places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    private int taken;

    /** How long tasks take lately; nothing is taken ahead before one has ended. */
    private double usualNanos = AHEAD_NANOS;

    Slots(int places) {
        this.places = places;
    }

    /** Takes all places if none is taken, or none in that time; returns how many, 0 if not. */
    int takeAll(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (taken > 0) {
                if (left <= 0) {
                    return 0;
                }
                left = changed.awaitNanos(left);
            }
            taken = places + MOST_AHEAD;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to so many places, all that are free; waits for the first, but not longer. */
    int take(int most, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (free() <= 0) {
                if (left <= 0) {
                    return 0;
                }
                left = changed.awaitNanos(left);
            }
            int now = Math.min(most, free());
            taken += now;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private int free() {
        double ahead = usualNanos >= AHEAD_NANOS ? 0 : places * AHEAD_NANOS / usualNanos;
        return places + (int) Math.min(MOST_AHEAD, ahead) - taken;
    }

    void giveBack(int number) {
        lock.lock();
        try {
            taken -= number;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A task took so long; those of late count most. */
    void took(long nanos) {
        lock.lock();
        try {
            usualNanos += (Math.max(1, nanos) - usualNanos) / 4;
        } finally {
            lock.unlock();
        }
    }

    /** What was taken ahead has to wait: no more of that until tasks are short again. */
    void nothingAhead() {
        took(TimeUnit.SECONDS.toNanos(1));
    }
}
