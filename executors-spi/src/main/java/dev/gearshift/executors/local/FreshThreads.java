package dev.gearshift.executors.local;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A limited number of bodies at once, each handed to what starts it soon, on another thread. */
class FreshThreads implements Workers {
    private final Consumer<LocalJob<?>> starter;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();

    // Both guarded by the lock.
    private final ArrayDeque<LocalJob<?>> queue = new ArrayDeque<>();
    private int running;

    FreshThreads(Consumer<LocalJob<?>> starter, int limit) {
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
        try {
            starter.accept(job);
        } catch (Throwable e) {
            startNext();
            throw e;
        }
    }

    @Override
    public void bodyEnded(boolean mayBlock) {
        startNext();
    }

    /** A place is free: for the first that can be started. */
    private void startNext() {
        for (LocalJob<?> next = nextOrGiveUp(); next != null; next = nextOrGiveUp()) {
            try {
                starter.accept(next);
                return;
            } catch (Throwable e) {
                next.notStarted(e);
            }
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

    /** The threads end with their jobs. */
    @Override
    public void close() {}

    @Override
    public void awaitGone(long millis) throws InterruptedException {}
}
