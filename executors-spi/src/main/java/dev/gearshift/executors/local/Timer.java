package dev.gearshift.executors.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Timeouts, delays and backoffs of one executor. Its threads start with the first of them. */
final class Timer {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledThreadPoolExecutor clock;
    private @Nullable ThreadPoolExecutor callbacks;
    private boolean closed;

    Timer(String name) {
        this.name = name;
    }

    /** Runs something quick after a while; never, if this is closed. */
    Future<?> schedule(Runnable quick, long nanos) {
        lock.lock();
        try {
            return closed
                    ? CompletableFuture.completedFuture(null)
                    : clock().schedule(quick, nanos, TimeUnit.NANOSECONDS);
        } finally {
            lock.unlock();
        }
    }

    /** Runs, on a thread of its own, what may block. */
    void aside(Runnable slow) {
        callbacks().execute(slow);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            if (clock != null) {
                clock.shutdownNow();
            }
            if (callbacks != null) {
                callbacks.shutdown();
            }
        } finally {
            lock.unlock();
        }
    }

    void awaitGone(long millis) throws InterruptedException {
        ScheduledThreadPoolExecutor started;
        lock.lock();
        try {
            started = clock;
        } finally {
            lock.unlock();
        }
        if (started != null) {
            started.awaitTermination(millis, TimeUnit.MILLISECONDS);
        }
    }

    private ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor started = clock;
        if (started == null) {
            started = new ScheduledThreadPoolExecutor(1, daemons("-timer"));
            started.setRemoveOnCancelPolicy(true);
            clock = started;
        }
        return started;
    }

    private ThreadPoolExecutor callbacks() {
        lock.lock();
        try {
            if (callbacks == null) {
                callbacks = new ThreadPoolExecutor(
                        0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("-callback"));
            }
            return callbacks;
        } finally {
            lock.unlock();
        }
    }

    private ThreadFactory daemons(String suffix) {
        return runnable -> {
            Thread thread = new Thread(null, runnable, name + suffix, 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }
}
