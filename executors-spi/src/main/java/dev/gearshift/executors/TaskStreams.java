package dev.gearshift.executors;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lazy streams of results over {@link TaskExecutor#submit}. The consumer's thread reads the source; no thread is added.
 *
 * <pre>
 *   source --pull--> [ up to window() tasks in flight ] --take--> consumer
 *             ^                                            |
 *             +------ one more for each one taken ---------+
 * </pre>
 */
final class TaskStreams {
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

        /** How many are kept. */
        abstract int size();

        /** Waits for the next result and hands it on. */
        abstract void take(Consumer<? super R> consumer) throws InterruptedException;

        /** Cancels all that are kept, and forgets them. */
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
            int window = executor.window();
            if (size() > window / 2) {
                return; // Many at once wake the workers less often than one by one.
            }
            while (size() < window && !Thread.currentThread().isInterrupted() && tasks.hasNext()) {
                add(executor.submit(tasks.next(), options), nextIndex++);
            }
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
        private final ArrayDeque<TaskFuture<T>> inOrder = new ArrayDeque<>();

        Values(TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> open, TaskOptions options) {
            super(executor, open, options);
        }

        @Override
        void add(TaskFuture<T> future, long index) {
            inOrder.add(future);
        }

        @Override
        int size() {
            return inOrder.size();
        }

        @Override
        void take(Consumer<? super T> consumer) throws InterruptedException {
            T value;
            try {
                value = inOrder.element().get();
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            }
            inOrder.remove();
            consumer.accept(value);
        }

        @Override
        void cancelKept() {
            inOrder.forEach(future -> future.cancel(true));
            inOrder.clear();
        }

        @Override
        public int characteristics() {
            return ORDERED;
        }
    }

    private static final class Outcomes<T extends @Nullable Object> extends InFlight<T, Outcome<T>> {
        private final Map<TaskFuture<T>, Long> kept = new ConcurrentHashMap<>();
        private final LinkedBlockingQueue<TaskFuture<T>> done = new LinkedBlockingQueue<>();

        Outcomes(TaskExecutor executor, Supplier<? extends Iterator<? extends Task<T>>> open, TaskOptions options) {
            super(executor, open, options);
        }

        @Override
        void add(TaskFuture<T> future, long index) {
            kept.put(future, index);
            future.whenDone(() -> done.add(future));
        }

        @Override
        int size() {
            return kept.size();
        }

        @Override
        void take(Consumer<? super Outcome<T>> consumer) throws InterruptedException {
            TaskFuture<T> future = done.take();
            Long index = kept.remove(future);
            consumer.accept(outcome(future, index == null ? -1 : index));
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
            kept.keySet().forEach(future -> future.cancel(true));
            kept.clear();
        }

        @Override
        public int characteristics() {
            return NONNULL;
        }
    }
}
