package dev.gearshift.executors;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
 * executor while they do, so one that blocks or submits stops no other task.
 *
 * @param <T> what the task returns; may be nullable
 */
public abstract class TaskFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    private static final VarHandle WATCHER;

    static {
        try {
            WATCHER = MethodHandles.lookup().findVarHandle(TaskFuture.class, "watcher", Runnable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What {@link #whenDone} was given and has not run yet. */
    private volatile @Nullable Runnable watcher;

    /** For the strategies that run tasks. */
    protected TaskFuture() {}

    /**
     * Runs something that never blocks, once, when this is complete or at once if it is. Unlike a dependent it may run
     * on a worker that keeps its place. One at most for each future.
     */
    final void whenDone(Runnable quick) {
        watcher = quick;
        if (isDone()) {
            tellWatcher();
        }
    }

    private void tellWatcher() {
        Runnable quick = watcher;
        if (quick != null && WATCHER.compareAndSet(this, quick, null)) {
            quick.run();
        }
    }

    private boolean done(boolean completed) {
        if (completed) {
            tellWatcher();
        }
        return completed;
    }

    /** The number that the executor gave the task when it accepted it, from 1 upwards. */
    public abstract long id();

    /** The task as it was submitted. */
    public abstract Task<T> task();

    /**
     * Called when the result is no longer wanted, on the thread that said so; again if somebody says so again.
     *
     * @param interrupt whether a running task is to be stopped, or only a waiting one kept from starting
     */
    protected abstract void abandon(boolean interrupt);

    /** Completes this from inside, with the task's value; false if it was complete. */
    protected final boolean settle(T value) {
        return done(super.complete(value));
    }

    /** Completes this from inside, with the task's failure; false if it was complete. */
    protected final boolean settleExceptionally(Throwable failure) {
        return done(super.completeExceptionally(failure));
    }

    /** Completes this from inside, as cancelled, with a reason; false if it was complete. */
    protected final boolean settleCancelled(String reason) {
        return done(super.completeExceptionally(new CancellationException(reason)));
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = done(super.cancel(mayInterruptIfRunning));
        if (cancelled) {
            abandon(mayInterruptIfRunning);
        }
        return cancelled;
    }

    @Override
    public final boolean complete(T value) {
        boolean completed = done(super.complete(value));
        if (completed) {
            abandon(true);
        }
        return completed;
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        boolean completed = done(super.completeExceptionally(failure));
        if (completed) {
            abandon(true);
        }
        return completed;
    }

    @Override
    public final void obtrudeValue(T value) {
        boolean pending = !isDone();
        super.obtrudeValue(value);
        tellWatcher();
        if (pending) {
            abandon(true);
        }
    }

    @Override
    public final void obtrudeException(Throwable failure) {
        boolean pending = !isDone();
        super.obtrudeException(failure);
        tellWatcher();
        if (pending) {
            abandon(true);
        }
    }

    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
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
        return new CompletableFuture<>();
    }
}
