package dev.gearshift.executors.local;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the JVM from exiting while accepted tasks are unfinished, or what they held is being closed, whatever kind of
 * thread does it: one non-daemon
 * thread for all executors, there only while one of them is busy (and a little longer, so that a busy program does not
 * start it again and again). An idle executor that nobody closed does not keep the JVM.
 */
final class ExitGuard {
    static final ExitGuard INSTANCE = new ExitGuard();

    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Both guarded by the lock.
    private final Set<LocalTaskExecutor> busy = new HashSet<>();
    private boolean standing;

    private ExitGuard() {}

    /** Called by an executor that is busy: its first job was counted, or it is closing what it holds. */
    void hold(LocalTaskExecutor executor) {
        lock.lock();
        try {
            if (executor.guarded) {
                return;
            }
            if (!standing) {
                Thread thread = new Thread(null, this::stand, "gearshift-exit-guard", 64 * 1024, false);
                thread.setDaemon(false);
                thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                thread.start();
                standing = true;
            }
            executor.guarded = true;
            busy.add(executor);
        } finally {
            lock.unlock();
        }
    }

    /** Called by an executor that is closed. */
    void release(LocalTaskExecutor executor) {
        lock.lock();
        try {
            if (busy.remove(executor)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stand() {
        lock.lock();
        try {
            while (!busy.isEmpty()) {
                try {
                    changed.awaitNanos(LINGER_NANOS);
                } catch (InterruptedException e) {
                    // Nobody has a reason to; the tasks still have to finish.
                }
                for (Iterator<LocalTaskExecutor> all = busy.iterator(); all.hasNext(); ) {
                    LocalTaskExecutor executor = all.next();
                    executor.guarded = false;
                    if (executor.isBusy()) {
                        executor.guarded = true;
                    } else {
                        all.remove();
                    }
                }
            }
            standing = false;
        } finally {
            lock.unlock();
        }
    }
}
