package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

    /** Tells the honest future nothing in some cases. */
    interface Deaf extends Faults {
        boolean isDeaf(LyingFuture<?> future, boolean interrupt);

        @Override
        default void abandon(LyingFuture<?> future, boolean interrupt) {
            if (!isDeaf(future, interrupt)) {
                Faults.super.abandon(future, interrupt);
            }
        }
    }

    final TaskFuture<T> honest;
    private final Faults faults;

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
        if (failure instanceof CancellationException) {
            settleExceptionally(new CancellationException(String.valueOf(failure.getMessage())));
        } else if (failure != null) {
            settleExceptionally(faults.failure(honest, failure));
        } else {
            settle(value);
        }
    }

    /** The name of the waiting task that this is of. */
    boolean isOf(String name) {
        return honest.task() instanceof WaitingTask waiting && waiting.name().equals(name);
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
    protected void abandon(boolean interrupt) {
        faults.abandon(this, interrupt);
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> function) {
        return faults.then(this, function, super.thenApply(function));
    }

    boolean ends(T value) {
        return settle(value);
    }

    boolean fails(Throwable failure) {
        return settleExceptionally(failure);
    }
}
