package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends like an honest future, where its faults do not say otherwise. */
final class LyingFuture<T extends @Nullable Object> extends TaskFuture<T> {
    /** What is wrong with a future. */
    interface Faults {
        /** What the honest future is told when this one is no longer wanted. */
        default void abandon(LyingFuture<?> future, boolean interrupt) {
            future.honest.cancel(interrupt);
        }

        /** Whether the honest future is told only when this one is complete, as it then shows how. */
        default boolean looksFirst(LyingFuture<?> future) {
            return false;
        }

        default long id(TaskFuture<?> honest) {
            return honest.id();
        }

        default Task<?> task(TaskFuture<?> honest) {
            return honest.task();
        }

        default Throwable failure(TaskFuture<?> honest, Throwable failure) {
            return failure;
        }

        /** Whether it ends at all. */
        default boolean ends(TaskFuture<?> honest) {
            return true;
        }

        /** A dependent. */
        default <T extends @Nullable Object, U> CompletableFuture<U> then(
                LyingFuture<T> future, Function<? super T, ? extends U> function, CompletableFuture<U> dependent) {
            return dependent;
        }
    }

    /** Tells the honest future of some tasks only when everybody else has heard of it. */
    interface Late extends Faults {
        boolean isLate(LyingFuture<?> future);

        @Override
        default boolean looksFirst(LyingFuture<?> future) {
            return isLate(future);
        }
    }

    /** Tells the honest future nothing in some cases. */
    interface Deaf extends Faults {
        boolean isDeaf(LyingFuture<?> future, boolean interrupt);

        /** Except for the tasks of the tests that look at the order. */
        @Override
        default boolean looksFirst(LyingFuture<?> future) {
            return !future.isOf("in the queue") && !future.isOf("at work");
        }

        @Override
        default void abandon(LyingFuture<?> future, boolean interrupt) {
            if (!isDeaf(future, interrupt)) {
                Faults.super.abandon(future, interrupt);
            }
        }
    }

    private static final long MOMENT_NANOS = 1_000_000_000;

    final TaskFuture<T> honest;
    private final Faults faults;
    private final AtomicBoolean decided = new AtomicBoolean();
    private volatile boolean interrupts;

    private LyingFuture(TaskFuture<T> honest, Faults faults) {
        this.honest = honest;
        this.faults = faults;
    }

    static <T extends @Nullable Object> LyingFuture<T> of(TaskFuture<T> honest, Faults faults) {
        LyingFuture<T> future = new LyingFuture<>(honest, faults);
        CompletableFuture<T> unused = honest.whenComplete(future::follow);
        return future;
    }

    private void follow(T value, @Nullable Throwable failure) {
        if (!faults.ends(honest)) {
            return;
        }
        if (decided.get()) {
            return;
        }
        if (failure instanceof CancellationException) {
            cancel(false);
            return;
        }
        if (!decided.compareAndSet(false, true)) {
            return;
        }
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            settleExceptionally(faults.failure(honest, cause == null ? failure : cause));
        } else {
            settle(value);
        }
    }

    /** Whether this is of the waiting task of that name. */
    boolean isOf(String name) {
        return LyingExecutor.isWaiting(honest.task(), name);
    }

    @Override
    public long id() {
        return faults.id(honest);
    }

    @Override
    @SuppressWarnings("unchecked") // a lie
    public Task<T> task() {
        return (Task<T>) faults.task(honest);
    }

    @Override
    protected boolean giveUp(boolean interrupt) {
        boolean first = decided.compareAndSet(false, true);
        if (first && faults.looksFirst(this)) {
            interrupts = interrupt;
        } else if (first || interrupt) {
            faults.abandon(this, interrupt);
        }
        return first;
    }

    @Override
    protected void givenUp() {
        if (faults.looksFirst(this)) {
            faults.abandon(this, interrupts);
        }
    }

    @Override
    public boolean isCompletedExceptionally() {
        catchUp();
        return super.isCompletedExceptionally();
    }

    @Override
    public boolean isCancelled() {
        catchUp();
        return super.isCancelled();
    }

    /** The honest one is over before those are told who depend on it, as this does, maybe on another thread. */
    @SuppressWarnings("ThreadPriorityCheck") // for an instant
    private void catchUp() {
        if (!honest.isDone()) {
            return;
        }
        if (!decided.get()) {
            honest.handle((value, failure) -> {
                follow(value, failure);
                return null;
            });
        }
        long since = System.nanoTime();
        while (decided.get() && !isDone() && System.nanoTime() - since < MOMENT_NANOS) {
            Thread.yield();
        }
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
        return faults.then(this, function, super.thenApply(function));
    }

    boolean ends(T value) {
        return decided.compareAndSet(false, true) && settle(value);
    }

    boolean fails(Throwable failure) {
        return decided.compareAndSet(false, true) && settleExceptionally(failure);
    }
}
