package dev.gearshift.executors.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The places of a worker: a task is taken only when there is one for it. Thread-safe. */
final class Slots {
    private final int all;
    private final Semaphore free;

    Slots(int all) {
        this.all = all;
        free = new Semaphore(all);
    }

    /** Takes all places if they are free, or become free in that time; returns how many, 0 if not. */
    int takeAll(long millis) throws InterruptedException {
        return free.tryAcquire(all, millis, TimeUnit.MILLISECONDS) ? all : 0;
    }

    /** Takes up to so many places, all that are free; waits for the first, but not longer. */
    int take(int most, long millis) throws InterruptedException {
        if (!free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int taken = 1;
        while (taken < most && free.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    void giveBack(int places) {
        free.release(places);
    }

    int free() {
        return free.availablePermits();
    }
}
