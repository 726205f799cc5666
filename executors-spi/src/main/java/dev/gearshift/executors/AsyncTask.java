package dev.gearshift.executors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits without a thread: it begins its work and returns a stage that completes when the work is done. A
 * strategy with {@link Capability#NON_BLOCKING} runs many of them on few threads; every other one runs it like any task,
 * with a thread that waits.
 *
 * <p>Cancelling the task, or its timeout, cancels the stage (its {@code toCompletableFuture()}); the task passes that on
 * to whatever does the work. What hangs on the stage and takes long then holds up no other task.
 *
 * @param <T> what the task returns; may be nullable
 */
public interface AsyncTask<T extends @Nullable Object> extends Task<T> {
    /**
     * Begins the work. {@link TaskContext#current} works until this returns; the context may be kept for later.
     *
     * @return completes with the value or the failure; a {@link CompletableFuture}, or a stage that has one
     * @throws Exception if the work could not begin; it counts as the task's failure
     */
    CompletionStage<T> callAsync() throws Exception;

    /** Begins the work and waits for it. An interrupt cancels the stage. */
    @Override
    default T call() throws Exception {
        CompletableFuture<T> stage = callAsync().toCompletableFuture();
        try {
            return stage.get();
        } catch (InterruptedException e) {
            stage.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : e;
        }
    }
}
