package dev.gearshift.executors.local;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.WorkerSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the jobs of a {@link LocalTaskExecutor} run. Thread-safe. */
interface Workers {
    /** How many bodies run at once. */
    int parallelism();

    /** For {@link LocalTaskExecutor#window}. */
    default int window() {
        return 2 * parallelism();
    }

    /** For {@link LocalTaskExecutor#readAhead}. */
    default int readAhead() {
        return window();
    }

    /** Sees to it that {@link LocalJob#run} is called once, soon, on a thread of its own choice. */
    void execute(LocalJob<?> job);

    /** Whether {@link #execute} may run the job itself, or block. */
    default boolean mayRunAtOnce() {
        return false;
    }

    /**
     * The body of a job has ended, on the calling thread or elsewhere: its place is free for the next one. Called once
     * for each {@link LocalJob#run}, and for what was taken back before that.
     */
    default void bodyEnded(LocalJob<?> job) {}

    /**
     * What the calling thread does next for a job whose body has ended may block: its place is for another. False if the
     * thread cannot be spared, so that somebody else must do it.
     */
    default boolean mayBlock() {
        return true;
    }

    /**
     * What travels, where the jobs run elsewhere; null where they run here.
     *
     * @throws NotPortableException if the task cannot travel
     */
    default @Nullable RemoteJob pack(Task<?> task) {
        return null;
    }

    /** For {@link RemoteWorkers#seesToRetries}. */
    default boolean seesToRetries() {
        return false;
    }

    /** One that {@link #execute} was given was given up while it waited: it need not be kept until its turn. */
    default void dropped(LocalJob<?> job) {}

    /** All these are about to be taken back one by one. */
    default void withdrawing(List<LocalJob<?>> jobs) {}

    /** Those that outlive a job and have a life of their own, such as processes. */
    default List<WorkerSnapshot> list() {
        return List.of();
    }

    /** Whether the stage of an asynchronous task runs on without a thread, or a thread waits for it. */
    default boolean runsStages() {
        return false;
    }

    /** Runs, soon, what ends a job whose stage has completed; called on the thread that completed it. */
    default void finish(Runnable ending) {
        ending.run();
    }

    /** No job will come any more; those that are there still finish. */
    default void closing() {}

    /** No job will come any more, and none is left: lets the threads go. */
    void close();

    /** Waits until the threads are gone, or {@link System#nanoTime} has come to the deadline. */
    void awaitGone(long deadline) throws InterruptedException;
}
