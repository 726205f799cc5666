package dev.gearshift.executors;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pending result of a submitted task.
 *
 * <ul>
 *   <li>{@code cancel(true)} on a task that waits: it never runs. On a running one: it is interrupted, and killed where
 *       the strategy can ({@link Capability#KILLS_RUNNING}).
 *   <li>{@code cancel(false)} only takes it out of the queue: a running task goes on undisturbed, its result dropped.
 *   <li>Completing it from outside ({@code complete}, {@code completeExceptionally}, {@code orTimeout}, ...) gives the
 *       task up like {@code cancel(true)}.
 *   <li>As everywhere in the JDK, cancelling a dependent ({@code thenApply}, ...) does not reach the task.
 * </ul>
 *
 * <p>Dependents without an executor of their own may run on the thread that ran the task; they hold no place in the
 * executor while they do, so one that blocks or submits stops no other task. A dependent that is attached while this
 * completes runs on the thread that attaches it, unless that would have to wait for long. Only {@code allOf} and {@code anyOf} attach unnoticed: what depends on
 * them should not block, or have an executor of its own.
 *
 * @param <T> what the task returns; may be nullable
 */
public abstract class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    private static final VarHandle WATCHERS;
    private static final int YIELDS = 100;
    private static final long PAUSE_NANOS = 50_000;

    /** How long one waits for whoever has decided a result, and may be held up. */
    private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    static {
        try {
            WATCHERS = MethodHandles.lookup().findVarHandle(TaskFuture.class, "watchers", Watcher.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Who is told first when this completes: a stack. Those who wait in {@code get} are here, not among the dependents. */
    private volatile @Nullable Watcher watchers;

    /** Set just before this completes. From then on nobody parks for long, or attaches a dependent without a wait. */
    private volatile boolean completing;

    /** Whether a dependent was attached, or is about to be. */
    private volatile boolean attached;

    /** For the strategies that run tasks. */
    protected TaskFuture() {}

    private abstract static class Watcher {
        @Nullable
        Watcher next;

        abstract void tell();
    }

    /** Something quick to run. */
    private static final class Callback extends Watcher {
        private final Runnable quick;

        Callback(Runnable quick) {
            this.quick = quick;
        }

        @Override
        void tell() {
            quick.run();
        }
    }

    /** A thread that waits. */
    private static final class Waiter extends Watcher implements ForkJoinPool.ManagedBlocker {
        private final TaskFuture<?> future;
        private final Thread thread = Thread.currentThread();

        /** In {@code System.nanoTime}; 0 for no limit. */
        private long deadline;

        private volatile boolean gone;

        Waiter(TaskFuture<?> future) {
            this.future = future;
        }

        @Override
        void tell() {
            LockSupport.unpark(thread);
        }

        @Override
        public boolean isReleasable() {
            return future.isDone() || future.completing || thread.isInterrupted() || isLate();
        }

        @Override
        public boolean block() {
            if (!isReleasable()) {
                if (deadline == 0) {
                    LockSupport.park(future);
                } else {
                    LockSupport.parkNanos(future, deadline - System.nanoTime());
                }
            }
            return isReleasable();
        }

        boolean isLate() {
            return deadline != 0 && deadline - System.nanoTime() <= 0;
        }
    }

    /**
     * Runs something that never blocks, once, in the moment when this completes, or at once if it is complete. Unlike a
     * dependent it may run on a worker that keeps its place, and this may be complete only an instant later.
     */
    protected final void whenDone(Runnable quick) {
        watch(new Callback(quick));
    }

    private void watch(Watcher watcher) {
        Watcher top;
        do {
            top = watchers;
            watcher.next = top;
        } while (!WATCHERS.compareAndSet(this, top, watcher));
        if (completing) {
            tellWatchers();
        }
    }

    private void tellWatchers() {
        Watcher told = (Watcher) WATCHERS.getAndSet(this, (Watcher) null);
        while (told != null) {
            Watcher following = told.next;
            told.tell();
            told = following;
        }
    }

    /** Announces that this is about to complete. Dependents run inside the completion, and may block. */
    private void announce() {
        completing = true;
        if (watchers != null) {
            tellWatchers();
        }
    }

    /** Waits until this is complete, the deadline is past, or the thread is interrupted; true if this is complete. */
    private boolean awaitDone(long deadline) {
        Waiter waiter = new Waiter(this);
        waiter.deadline = deadline;
        watch(waiter);
        while (!isDone()) {
            if (completing) {
                awaitCompletion(waiter);
            }
            if (Thread.currentThread().isInterrupted() || waiter.isLate()) {
                forget(waiter);
                return isDone();
            }
            try {
                ForkJoinPool.managedBlock(waiter);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }

    /**
     * For the instant between the announcement and the completion. It is longer under load, and where somebody else is to
     * complete this, who may be held up; so whoever is late or interrupted waits no more.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private void awaitCompletion(Waiter waiter) {
        for (int looks = 0; !isDone(); looks++) {
            if (looks < YIELDS) {
                Thread.yield();
            } else if (waiter.isLate() || Thread.currentThread().isInterrupted()) {
                return;
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    /**
     * Waits until all these are complete, whose results are decided, but for a moment only: a listener may hold up whoever
     * has decided. An interrupt is kept for later.
     */
    protected static void awaitResults(List<? extends TaskFuture<?>> decided) {
        long deadline = (System.nanoTime() + MOMENT_NANOS) | 1;
        for (TaskFuture<?> future : decided) {
            future.awaitUntil(deadline);
        }
    }

    /** Until this is complete, or a moment in terms of {@code nanoTime}; 0 for no limit. An interrupt is kept for later. */
    private void awaitUntil(long deadline) {
        boolean interrupted = false;
        while (!isDone() && !awaitDone(deadline) && (deadline == 0 || deadline - System.nanoTime() > 0)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes out a waiter who has given up, so that asking now and then collects nothing. */
    private void forget(Waiter waiter) {
        waiter.gone = true;
        Watcher watcher = (Watcher) WATCHERS.getAndSet(this, (Watcher) null);
        while (watcher != null) {
            Watcher following = watcher.next;
            if (!(watcher instanceof Waiter other && other.gone)) {
                watch(watcher);
            }
            watcher = following;
        }
    }

    @Override
    public final T get() throws InterruptedException, ExecutionException {
        if (!isDone() && !awaitDone(0)) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        return super.get();
    }

    @Override
    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = unit.toNanos(timeout);
        if (!isDone()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long deadline = System.nanoTime() + nanos;
            if (nanos <= 0 || !awaitDone(deadline == 0 ? 1 : deadline)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!isDone()) {
                    throw new TimeoutException();
                }
            }
        }
        return super.get();
    }

    @Override
    public final T join() {
        awaitUntil(0);
        return super.join();
    }

    /** The number that the executor gave the task when it accepted it, from 1 upwards. */
    public abstract long id();

    /**
     * The name under which others can ask for the task, where the strategy has such names: under {@code redis} one that is
     * unique in its queue, for any program that can reach it. Elsewhere the number.
     */
    public String reference() {
        return Long.toString(id());
    }

    /** The task as it was submitted. */
    public abstract Task<T> task();

    /**
     * Called when somebody outside is about to give this its result, on the thread that does: decides whether he may. If
     * so, the task is given up before anybody sees the result: one that waits never runs, one that runs is stopped.
     *
     * @param interrupt whether a running task is to be stopped, or only a waiting one kept from starting; the strategy
     *     may be asked to stop a task that was given up before without
     * @return false if the result was decided before; then this is complete or about to be: for a thread that runs a task
     *     itself, and where who completes this is held up for more than a moment
     */
    protected abstract boolean giveUp(boolean interrupt);

    /** Called once this has the result for which {@link #giveUp} answered true. */
    protected void givenUp() {}

    /**
     * Called just before {@code settle}, by who must know whether dependents are going to run there.
     *
     * @return whether there may be any; if not, a dependent that comes now runs on the thread that attaches it
     */
    protected final boolean hasDependents() {
        completing = true;
        return attached || getNumberOfDependents() > 0;
    }

    /** Completes this from inside, as cancelled; false if it was complete. */
    protected final boolean settleCancelled() {
        announce();
        return super.cancel(false);
    }

    /** Completes this from inside, with the task's value; false if it was complete. */
    protected final boolean settle(T value) {
        announce();
        return super.complete(value);
    }

    /**
     * Completes this from inside, with the task's failure; false if it was complete. Whatever the failure is, {@code get}
     * and {@code join} give it as the cause of what they throw.
     */
    protected final boolean settleExceptionally(Throwable failure) {
        announce();
        // A future takes these two for its own, unless they are the cause of another.
        boolean taken = failure instanceof CompletionException || failure instanceof CancellationException;
        return super.completeExceptionally(taken ? new CompletionException(failure) : failure);
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        if (giveUp(mayInterruptIfRunning)) {
            outside(() -> super.cancel(mayInterruptIfRunning));
        }
        return isCancelled();
    }

    @Override
    public final boolean complete(T value) {
        return giveUp(true) && outside(() -> super.complete(value));
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        return giveUp(true) && outside(() -> super.completeExceptionally(failure));
    }

    @Override
    public final void obtrudeValue(T value) {
        obtrude(() -> super.obtrudeValue(value));
    }

    @Override
    public final void obtrudeException(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        obtrude(() -> super.obtrudeException(failure));
    }

    private void obtrude(Runnable result) {
        if (giveUp(true)) {
            outside(() -> {
                result.run();
                return true;
            });
        } else {
            announce();
            result.run();
        }
    }

    private boolean outside(BooleanSupplier result) {
        announce();
        try {
            return result.getAsBoolean();
        } finally {
            givenUp();
        }
    }

    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        Objects.requireNonNull(executor, "executor");
        executor.execute(() -> {
            if (isDone()) {
                return;
            }
            try {
                complete(supplier.get());
            } catch (Throwable failure) {
                completeExceptionally(failure);
            }
        });
        return this;
    }

    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    /** Dependents are plain futures: completing one of them says nothing about the task. */
    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        attaching();
        return new CompletableFuture<>();
    }

    @Override
    public final CompletionStage<T> minimalCompletionStage() {
        attaching();
        return super.minimalCompletionStage();
    }

    /** This. */
    @Override
    public final CompletableFuture<T> toCompletableFuture() {
        attaching();
        return this;
    }

    /**
     * Either who completes this sees that a dependent comes, or the dependent finds this complete; unless that takes long,
     * as it does only where somebody completes this whom dependents may hold up.
     */
    private void attaching() {
        if (!attached) {
            attached = true;
        }
        if (completing && !isDone()) {
            awaitResults(List.of(this));
        }
    }
}
