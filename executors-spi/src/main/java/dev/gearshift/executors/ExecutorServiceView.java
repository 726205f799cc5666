package dev.gearshift.executors;

import dev.gearshift.executors.ExecutorSnapshot.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * For strategies: a {@link TaskExecutor} as an {@link ExecutorService}. The two are one: shutting down either shuts down
 * both. A {@link Task} is submitted as it is; any other {@code Callable} or {@code Runnable} is wrapped, and refused
 * with a {@link RejectedExecutionException} where it cannot travel.
 *
 * <p>Unlike in the JDK's pools, {@code shutdownNow} also cancels the futures of tasks that never started, so nobody
 * waits for them for ever.
 */
public final class ExecutorServiceView implements ExecutorService, AutoCloseable {
    /** What the view needs beyond {@link TaskExecutor}. */
    public interface Lifecycle {
        /** Where the executor is in its life; cheap. */
        State state();

        /** Accepts no more tasks; does not wait. */
        void shutdown();

        /** Waits until the executor is closed; false if it is not after that time. */
        boolean awaitClosed(long nanos) throws InterruptedException;
    }

    private final TaskExecutor executor;
    private final Lifecycle lifecycle;

    /** A view of that executor. */
    public ExecutorServiceView(TaskExecutor executor, Lifecycle lifecycle) {
        this.executor = executor;
        this.lifecycle = lifecycle;
    }

    /** A {@code Callable} that is no task. */
    private record CallableTask<T extends @Nullable Object>(Callable<T> callable) implements Task<T> {
        @Override
        public T call() throws Exception {
            return callable.call();
        }
    }

    /** A {@code Runnable}, and what its future is to give. */
    private record RunnableTask<T extends @Nullable Object>(Runnable runnable, T result) implements Task<T> {
        @Override
        public T call() {
            runnable.run();
            return result;
        }
    }

    /** A {@code Runnable} without a future: its failure goes where a thread's failure goes. */
    private record ExecutedTask(Runnable runnable) implements Task<Void> {
        @Override
        @SuppressWarnings("NullAway") // Void has no other value
        public Void call() {
            try {
                runnable.run();
            } catch (Throwable e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                throw e;
            }
            return null;
        }
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> callable) {
        Objects.requireNonNull(callable, "callable");
        return accept(callable instanceof Task<T> task ? task : new CallableTask<>(callable));
    }

    @Override
    @SuppressWarnings("NullAway") // the contract says null
    public TaskFuture<?> submit(Runnable runnable) {
        return submit(runnable, null);
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Runnable runnable, T result) {
        Objects.requireNonNull(runnable, "runnable");
        return accept(new RunnableTask<>(runnable, result));
    }

    @Override
    public void execute(Runnable runnable) {
        Objects.requireNonNull(runnable, "runnable");
        TaskFuture<?> unused = accept(new ExecutedTask(runnable));
    }

    private <T extends @Nullable Object> TaskFuture<T> accept(Task<T> task) {
        try {
            return executor.submit(task);
        } catch (NotPortableException e) {
            throw new RejectedExecutionException(e.getMessage(), e);
        }
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> callables)
            throws InterruptedException {
        return invokeAll(callables, Long.MAX_VALUE);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> callables, long timeout, TimeUnit unit) throws InterruptedException {
        return invokeAll(callables, nanos(timeout, unit));
    }

    private <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> callables, long nanos) throws InterruptedException {
        long started = System.nanoTime();
        List<TaskFuture<T>> futures = new ArrayList<>(callables.size());
        boolean allDone = false;
        try {
            for (Callable<T> callable : callables) {
                futures.add(submit(callable));
            }
            for (TaskFuture<T> future : futures) {
                if (!isDoneWithin(future, nanos - (System.nanoTime() - started))) {
                    return new ArrayList<>(futures);
                }
            }
            allDone = true;
            return new ArrayList<>(futures);
        } finally {
            if (!allDone) {
                cancel(futures);
                // One that had just ended is not waited for by who cancels it within a task.
                TaskFuture.awaitResults(futures);
            }
        }
    }

    /** From the last to the first: whatever gets the place of one that ran is cancelled already. */
    private static void cancel(List<? extends TaskFuture<?>> futures) {
        for (int i = futures.size() - 1; i >= 0; i--) {
            futures.get(i).cancel(true);
        }
    }

    private static boolean isDoneWithin(TaskFuture<?> future, long nanos) throws InterruptedException {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> callables)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(callables, Long.MAX_VALUE);
        } catch (TimeoutException e) {
            throw new AssertionError("There is no time limit.", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> callables, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return invokeAny(callables, nanos(timeout, unit));
    }

    private <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> callables, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (callables.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task.");
        }
        long started = System.nanoTime();
        BlockingQueue<TaskFuture<T>> done = new LinkedBlockingQueue<>();
        List<TaskFuture<T>> futures = new ArrayList<>(callables.size());
        try {
            for (Callable<T> callable : callables) {
                TaskFuture<T> future = submit(callable);
                futures.add(future);
                future.whenDone(() -> done.add(future));
            }
            ExecutionException last = null;
            for (int ended = 0; ended < futures.size(); ended++) {
                TaskFuture<T> next = done.poll(nanos - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new TimeoutException("None of " + futures.size() + " tasks succeeded in time.");
                }
                try {
                    return next.get();
                } catch (ExecutionException e) {
                    last = e;
                } catch (CancellationException e) {
                    last = new ExecutionException(e);
                }
            }
            throw Objects.requireNonNull(last);
        } finally {
            cancel(futures);
        }
    }

    @Override
    public void shutdown() {
        lifecycle.shutdown();
    }

    /** The runnables that were given to {@code execute} come back as they are, other tasks as runnables that run them. */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> neverStarted = new ArrayList<>();
        for (Task<?> task : executor.shutdownNow()) {
            neverStarted.add(task instanceof ExecutedTask executed ? executed.runnable() : asRunnable(task));
        }
        return neverStarted;
    }

    private static Runnable asRunnable(Task<?> task) {
        return () -> {
            try {
                task.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public boolean isShutdown() {
        return lifecycle.state() != State.OPEN;
    }

    @Override
    public boolean isTerminated() {
        return lifecycle.state() == State.CLOSED;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return lifecycle.awaitClosed(nanos(timeout, unit));
    }

    /** Never negative, so that what has passed can be taken from it. */
    private static long nanos(long timeout, TimeUnit unit) {
        return Math.max(0, unit.toNanos(timeout));
    }

    /** By the rule of Java 19, also on 17: see {@link TaskExecutor#close}. */
    @Override
    public void close() {
        executor.close();
    }

    @Override
    public String toString() {
        return executor + " as an ExecutorService";
    }
}
