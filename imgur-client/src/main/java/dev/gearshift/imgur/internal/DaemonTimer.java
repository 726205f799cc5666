package dev.gearshift.imgur.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer on one daemon thread. After {@link #close()} it forgets what it is told. */
public final class DaemonTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    /** Makes one; its thread starts with the first action. */
    public DaemonTimer(String name) {
        thread = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Runnable after(Duration delay, Runnable action) {
        Future<?> ticket = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> ticket.cancel(false);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
