package dev.gearshift.executors.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts, delays and backoffs of one executor. One thread keeps the time, others do what is due, so that nobody's code
 * holds up the clock. They start with the first of what they do, and go after a while with nothing to do.
 */
final class Timer {
    /** A callback that says that it may block makes room for another. */
    private static final int CALLBACKS = 2;

    private final String name;
    private final ThreadPlaces callbacks;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor clock;
    private boolean closed;

    Timer(String name) {
        this.name = name;
        this.callbacks = new ThreadPlaces(name + "-callback", CALLBACKS);
    }

    /** Runs something after a while; never, if this is closed. */
    Future<?> schedule(Runnable callback, long nanos) {
        lock.lock();
        try {
            return closed
                    ? CompletableFuture.completedFuture(null)
                    : clock().schedule(() -> aside(callback), nanos, TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    /** Runs something soon. */
    void aside(Runnable callback) {
        callbacks.executeAnyhow(callback);
    }

    /** If the calling thread runs a callback: what it does next may block. */
    void mayBlock() {
        callbacks.giveUpPlace();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (clock != null) {
                clock.shutdownNow();
            }
        } finally {
            lock.unlock();
        }
        callbacks.close();
    }

    /** Waits until the threads are gone, or {@link System#nanoTime} has come to the deadline. */
    void awaitGone(long deadline) throws InterruptedException {
        ScheduledThreadPoolExecutor started;
        lock.lock();
        try {
            started = clock;
        } finally {
            lock.unlock();
        }
        if (started != null) {
            started.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        callbacks.awaitGone(deadline);
    }

    private ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor started = clock;
        if (started == null) {
            started = new ScheduledThreadPoolExecutor(1, runnable -> {
                Thread thread = new Thread(null, runnable, name + "-timer", 0, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                return thread;
            });
            started.setRemoveOnCancelPolicy(true);
            started.setKeepAliveTime(ThreadPlaces.KEEP_ALIVE_NANOS, TimeUnit.NANOSECONDS);
            started.allowCoreThreadTimeOut(true);
            clock = started;
        }
        return started;
    }
}
