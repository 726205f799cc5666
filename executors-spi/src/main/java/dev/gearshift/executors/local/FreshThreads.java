package dev.gearshift.executors.local;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A limited number of bodies at once, each handed to an {@link Executor} that starts it soon. */
class FreshThreads implements Workers {
    private final Executor starter;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();

    // Both guarded by the lock.
    private final ArrayDeque<LocalJob<?>> queue = new ArrayDeque<>();
    private int running;

    FreshThreads(Executor starter, int limit) {
        this.starter = starter;
        this.limit = limit;
    }

    @Override
    public final int parallelism() {
        return limit;
    }

    @Override
    public final void execute(LocalJob<?> job) {
        lock.lock();
        try {
            if (running == limit) {
                queue.add(job);
                return;
            }
            running++;
        } finally {
            lock.unlock();
        }
        start(job);
    }

    @Override
    public void bodyEnded(LocalJob<?> job) {
        LocalJob<?> next = nextOrGiveUp();
        if (next != null) {
            start(next);
        }
    }

    private @Nullable LocalJob<?> nextOrGiveUp() {
        lock.lock();
        try {
            LocalJob<?> next = queue.poll();
            while (next != null && next.isOver()) {
                next = queue.poll();
            }
            if (next == null) {
                running--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void start(LocalJob<?> job) {
        try {
            starter.execute(job);
        } catch (Throwable e) {
            job.couldNotStart(e);
            bodyEnded(job);
        }
    }

    /** The threads end with their jobs. */
    @Override
    public void close() {}

    @Override
    public void awaitGone(long millis) throws InterruptedException {}
}
