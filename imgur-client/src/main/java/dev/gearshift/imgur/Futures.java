package dev.gearshift.imgur;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Futures that end together. */
final class Futures {
    private Futures() {}

    /**
     * How {@code from} ends, {@code to} ends, with the very same failure; and when {@code to} ends first, {@code from} is
     * cancelled.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Only the effects are wanted.
    static <A, B> void pass(CompletableFuture<A> from, CompletableFuture<B> to, Function<A, B> change) {
        from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(change.apply(value));
            } else {
                to.completeExceptionally(failure);
            }
        });
        to.whenComplete((value, failure) -> from.cancel(false));
    }

    /** What a future failed with, without what the JDK wraps around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
