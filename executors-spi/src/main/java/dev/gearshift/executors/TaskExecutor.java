package dev.gearshift.executors;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks. What callers hold, whatever the strategy behind it. Thread-safe.
 *
 * <pre>{@code
 * try (TaskExecutor executor = ConcurrencyStrategies.choose().open()) {
 *     TaskFuture<Integer> nine = executor.submit(new Square(3));
 *     System.out.println(nine.join());
 * }
 * }</pre>
 *
 * <p>If the program ends without closing an executor, what it accepted still finishes, with what
 * depends on it there, and the JVM then exits by itself.
 */
public interface TaskExecutor extends AutoCloseable {
    /**
     * Accepts a task. Where one worker runs one task at a time, those of the same priority start in the order in which they
     * were submitted.
     *
     * @throws RejectedExecutionException if this is closed
     * @throws MissingCapabilityException if the options ask for what the strategy cannot do
     * @throws NotPortableException if the task cannot go where it would have to
     */
    <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options);

    /** {@link #submit(Task, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
        return submit(task, TaskOptions.defaults());
    }

    /**
     * The values of the tasks, in their order. Nothing starts before the terminal operation. The source is read on the
     * consumer's thread, {@link #window} tasks ahead at most, so an endless source works.
     *
     * <p>The first failure (in the tasks' order) ends the stream: a {@link CompletionException} with the task's failure
     * as its cause, as {@code join()} would throw; the tasks still in flight are cancelled. Closing the stream cancels
     * them too, and so does interrupting the consumer: that ends the stream with a {@link CancellationException}, the
     * interrupt flag kept.
     *
     * @param tasks read once; if it is a {@code Stream}, closing the result closes it
     */
    default <T extends @Nullable Object> Stream<T> map(Stream<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.values(this, tasks::iterator, options).onClose(tasks::close);
    }

    /** {@link #map(Stream, TaskOptions)} of the tasks that an iterable gives. */
    default <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.values(this, tasks::iterator, options);
    }

    /** {@link #map(Stream, TaskOptions)} of the tasks that an iterator gives. */
    default <T extends @Nullable Object> Stream<T> map(Iterator<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.values(this, () -> tasks, options);
    }

    /** {@link #map(Stream, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<T> map(Stream<? extends Task<T>> tasks) {
        return map(tasks, TaskOptions.defaults());
    }

    /** {@link #map(Iterable, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks) {
        return map(tasks, TaskOptions.defaults());
    }

    /** {@link #map(Iterator, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<T> map(Iterator<? extends Task<T>> tasks) {
        return map(tasks, TaskOptions.defaults());
    }

    /**
     * How the tasks ended, as they end; failures are values and stop nothing. Otherwise like {@link #map(Stream,
     * TaskOptions)}.
     */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Stream<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.outcomes(this, tasks::iterator, options).onClose(tasks::close);
    }

    /** {@link #outcomes(Stream, TaskOptions)} of the tasks that an iterable gives. */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Iterable<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.outcomes(this, tasks::iterator, options);
    }

    /** {@link #outcomes(Stream, TaskOptions)} of the tasks that an iterator gives. */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Iterator<? extends Task<T>> tasks, TaskOptions options) {
        return TaskStreams.outcomes(this, () -> tasks, options);
    }

    /** {@link #outcomes(Stream, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(Stream<? extends Task<T>> tasks) {
        return outcomes(tasks, TaskOptions.defaults());
    }

    /** {@link #outcomes(Iterable, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(Iterable<? extends Task<T>> tasks) {
        return outcomes(tasks, TaskOptions.defaults());
    }

    /** {@link #outcomes(Iterator, TaskOptions)} with the default options. */
    default <T extends @Nullable Object> Stream<Outcome<T>> outcomes(Iterator<? extends Task<T>> tasks) {
        return outcomes(tasks, TaskOptions.defaults());
    }

    /**
     * This executor for code that wants an {@link ExecutorService}. With {@link Capability#RUNS_LAMBDAS} it keeps that
     * contract to the letter; else it keeps it for tasks that can travel, and answers others with a {@link
     * RejectedExecutionException} that says why. Closing one closes both.
     */
    ExecutorService asExecutorService();

    /** How many tasks {@code map} and {@code outcomes} keep in flight at most; 1 or more. */
    int window();

    /**
     * How many they keep in flight just now: {@link #window} at most, and less where the strategy sees that more would not
     * help, as the tasks are long or large.
     */
    default int readAhead() {
        return window();
    }

    /** This executor as it is now. */
    ExecutorSnapshot snapshot();

    /**
     * Accepts no more tasks, finishes what was accepted, and releases all that is held: threads, processes, sockets,
     * files. Idempotent. If the calling thread is interrupted, it does as {@link #shutdownNow}, goes on waiting, and
     * keeps the flag.
     *
     * @throws IllegalStateException if called by one of this executor's own tasks, which would wait for itself
     */
    @Override
    void close();

    /**
     * The same, but gives up at the limit: what has not finished by then is cancelled as by {@link #shutdownNow}.
     *
     * @param limit how long to wait; zero or less gives up at once
     * @throws IllegalStateException if called by one of this executor's own tasks
     */
    void close(Duration limit);

    /**
     * Accepts no more tasks and cancels all that were accepted, as {@code cancel(true)} would. Waits for none of
     * them to end: a moment at most, for results that are being decided just then.
     *
     * @return the tasks that never started
     */
    List<Task<?>> shutdownNow();
}
