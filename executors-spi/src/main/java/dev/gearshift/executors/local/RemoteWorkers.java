package dev.gearshift.executors.local;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.WorkerSnapshot;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** For strategies that leave this JVM: where the tasks of their executors run. Thread-safe. */
public interface RemoteWorkers {
    /** How many tasks run at once. */
    int parallelism();

    /** How many jobs it may ever pay to have in flight; twice the parallelism, unless workers take some ahead. */
    default int window() {
        return 2 * parallelism();
    }

    /** How many it pays to have in flight just now, {@link #window} at most. */
    default int readAhead() {
        return window();
    }

    /**
     * Makes what travels of a task. Called by {@code submit} on its caller's thread, before the task is accepted.
     *
     * @throws NotPortableException if the task cannot travel
     */
    RemoteJob pack(Task<?> task);

    /**
     * Whether delays, retries and lost workers are seen to where the jobs run, so that they outlive this JVM. Then each
     * job is executed once, at once, and its first {@link RemoteJob#failed} is its last.
     */
    default boolean seesToRetries() {
        return false;
    }

    /**
     * Sees to it that the job starts, as soon as there is a place for it, unless it is withdrawn; called once for each
     * attempt, the first time by {@code submit} on its caller's thread. Does not wait for a place.
     *
     * @throws RejectedExecutionException if there is no room for it
     */
    void execute(RemoteJob job);

    /** All these are about to be withdrawn one by one, which may be quicker if it is known. */
    default void withdrawing(List<RemoteJob> jobs) {}

    /** Those that are alive now. */
    List<WorkerSnapshot> list();

    /** No job will come any more; those that are there still finish. */
    default void closing() {}

    /** No job will come any more, and none is left: lets the workers go, and returns when they are gone. */
    void close();

    /** Waits until the threads are gone, or {@link System#nanoTime} has come to the deadline. */
    void awaitGone(long deadline) throws InterruptedException;
}
