package dev.gearshift.executors.processes;

import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.WorkerSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Counts the workers of an executor all the time, without those that leave. */
final class Census implements AutoCloseable {
    private final TaskExecutor executor;
    private final Thread thread = new Thread(this::count, "census");
    private volatile boolean ended;
    private volatile int most;
    private volatile int fewestSince;

    Census(TaskExecutor executor) {
        this.executor = executor;
        thread.start();
    }

    private void count() {
        while (!ended) {
            int now = living(executor);
            fewestSince = now > most ? now : Math.min(fewestSince, now);
            most = Math.max(most, now);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Just now. */
    static int living(TaskExecutor executor) {
        return (int) executor.snapshot().workers().stream()
                .filter(worker -> worker.state() != WorkerSnapshot.State.ENDING)
                .count();
    }

    /** So many were there at once. */
    int most() {
        return most;
    }

    /** So few were there, since so many were there. */
    int fewestSince() {
        return fewestSince;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
