package dev.gearshift.executors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lazy streams of results over {@link TaskExecutor#submit}. The consumer's thread reads the source; no thread is added.
 *
 * <pre>
 *   source --pull--> [ up to readAhead() tasks in flight ] --take--> consumer
 *             ^                                            |
 *             +------ one more for each one taken ---------+
 * </pre>
 */
final class TaskStreams {
    /** How long the source is read ahead while a result is ready; longer only if the next is slow to come. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private TaskStreams() {}

    static <T extends @Nullable Object> Stream<T> values(
            TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> source, TaskOptions options) {
        return stream(new Values<>(executor, source, options));
    }

    static <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> source, TaskOptions options) {
        return stream(new Outcomes<>(executor, source, options));
    }

    private static <R extends @Nullable Object> Stream<R> stream(InFlight<?, R> inFlight) {
        return StreamSupport.stream(inFlight, false).onClose(inFlight::cancelAll);
    }

    /** What both streams share: the source, and how far it is read ahead. */
    private abstract static class InFlight<T extends @Nullable Object, R extends @Nullable Object>
            implements Spliterator<R> {
        final TaskExecutor executor;
        private final Supplier<? extends Iterator<? extends Task<T>>> open;
        private final TaskOptions options;
        private @Nullable Iterator<? extends Task<T>> source;
        private long nextIndex;
        private volatile boolean ended;

        InFlight(TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> open, TaskOptions options) {
            this.executor = executor;
            this.open = open;
            this.options = options;
        }

        /** Keeps a task that was just submitted. */
        abstract void add(TaskFuture<T> future, long index);

        /** Whether a result can be taken without waiting. */
        abstract boolean isReady();

        /** How many are kept. */
        abstract int size();

        /** Waits for the next result and hands it on. */
        abstract void take(Consumer<? super R> consumer) throws InterruptedException;

        /**
         * Cancels all that are kept, and forgets them; from the last to the first, so that whatever gets the place of one
         * that ran is cancelled already.
         */
        abstract void cancelKept();

        @Override
        public final boolean tryAdvance(Consumer<? super R> consumer) {
            if (ended) {
                return false;
            }
            boolean delivered = false;
            try {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                fill();
                if (size() == 0) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedException(); // then it is not the source that has ended
                    }
                    ended = true;
                    return false;
                }
                take(consumer);
                delivered = true;
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                CancellationException cancelled = new CancellationException(
                        "Interrupted while waiting for tasks; those in flight are cancelled.");
                cancelled.initCause(e);
                throw cancelled;
            } finally {
                if (!delivered) {
                    cancelAll();
                }
            }
        }

        private void fill() {
            Iterator<? extends Task<T>> tasks = source;
            if (tasks == null) {
                tasks = open.get();
                source = tasks;
            }
            int window = executor.readAhead();
            if (size() > window / 2) {
                return; // Many at once wake the workers less often than one by one.
            }
            long started = System.nanoTime();
            while (size() < window && !Thread.currentThread().isInterrupted() && tasks.hasNext()) {
                add(executor.submit(tasks.next(), options), nextIndex++);
                if (ended) {
                    cancelKept(); // Closed meanwhile, by another thread.
                    return;
                }
                if (System.nanoTime() - started > PATIENCE_NANOS && isReady()) {
                    return;
                }
            }
        }

        /** What the consumer gets who takes while another thread closes the stream. */
        static CancellationException closedMeanwhile() {
            return new CancellationException("The stream was closed; its tasks in flight are cancelled.");
        }

        final void cancelAll() {
            ended = true;
            cancelKept();
        }

        /** Splitting would read the source on other threads. */
        @Override
        public final @Nullable Spliterator<R> trySplit() {
            return null;
        }

        @Override
        public final long estimateSize() {
            return Long.MAX_VALUE;
        }
    }

    private static final class Values<T extends @Nullable Object> extends InFlight<T, T> {
        private final LinkedBlockingDeque<TaskFuture<T>> inOrder = new LinkedBlockingDeque<>();

        Values(TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> open, TaskOptions options) {
            super(executor, open, options);
        }

        @Override
        void add(TaskFuture<T> future, long index) {
            inOrder.add(future);
        }

        @Override
        boolean isReady() {
            TaskFuture<T> first = inOrder.peek();
            return first != null && first.isDone();
        }

        @Override
        int size() {
            return inOrder.size();
        }

        @Override
        void take(Consumer<? super T> consumer) throws InterruptedException {
            TaskFuture<T> first = inOrder.peek();
            if (first == null) {
                throw closedMeanwhile();
            }
            T value;
            try {
                value = first.get();
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            }
            inOrder.poll();
            consumer.accept(value);
        }

        @Override
        void cancelKept() {
            for (TaskFuture<T> future = inOrder.pollLast(); future != null; future = inOrder.pollLast()) {
                future.cancel(true);
            }
        }

        @Override
        public int characteristics() {
            return ORDERED;
        }
    }

    private static final class Outcomes<T extends @Nullable Object> extends InFlight<T, Outcome<T>> {
        private final Set<Kept<T>> kept = ConcurrentHashMap.newKeySet();
        private final LinkedBlockingQueue<Kept<T>> ready = new LinkedBlockingQueue<>();

        /** A task in flight. */
        private static final class Kept<T extends @Nullable Object> {
            final TaskFuture<T> future;
            final long index;

            Kept(TaskFuture<T> future, long index) {
                this.future = future;
                this.index = index;
            }
        }

        Outcomes(TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> open, TaskOptions options) {
            super(executor, open, options);
        }

        @Override
        void add(TaskFuture<T> future, long index) {
            Kept<T> task = new Kept<>(future, index);
            kept.add(task);
            future.whenDone(() -> ready.add(task));
        }

        @Override
        boolean isReady() {
            return !ready.isEmpty();
        }

        @Override
        int size() {
            return kept.size();
        }

        @Override
        void take(Consumer<? super Outcome<T>> consumer) throws InterruptedException {
            Kept<T> task = ready.take();
            if (!kept.remove(task)) {
                throw closedMeanwhile();
            }
            consumer.accept(outcome(task.future, task.index));
        }

        private Outcome<T> outcome(TaskFuture<T> future, long index) {
            try {
                return new Outcome.Success<>(future.task(), index, future.join());
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                return new Outcome.Failure<>(future.task(), index, cause == null ? e : cause);
            } catch (CancellationException e) {
                return new Outcome.Failure<>(future.task(), index, e);
            }
        }

        @Override
        void cancelKept() {
            List<Kept<T>> lastFirst = new ArrayList<>(kept);
            lastFirst.sort(
                    Comparator.comparingLong((Kept<T> task) -> task.index).reversed());
            for (Kept<T> task : lastFirst) {
                if (kept.remove(task)) {
                    task.future.cancel(true);
                }
            }
        }

        @Override
        public int characteristics() {
            return NONNULL;
        }
    }
}
