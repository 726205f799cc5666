package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends calls, 32 at once. A call that failed is sent again a few times, as a user would, unless there are no credits for
 * it.
 */
interface ManyAtOnce extends AutoCloseable {
    int AT_ONCE = 32;
    int TIMES = 6;

    /** Completes with the value, or with an {@link ImgurException}. */
    <T> CompletableFuture<T> send(ImgurRequest<T> request);

    @Override
    void close();

    static boolean again(Throwable failure, int times) {
        return times < TIMES && failure instanceof ImgurException && !(failure instanceof ImgurException.CreditsUsedUp);
    }

    /** From 32 threads, each of which waits for its call. */
    final class ByThreads implements ManyAtOnce {
        private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

        @Override
        public <T> CompletableFuture<T> send(ImgurRequest<T> request) {
            return CompletableFuture.supplyAsync(() -> sendNow(request, 1), threads);
        }

        private static <T> T sendNow(ImgurRequest<T> request, int times) {
            try {
                return request.send();
            } catch (ImgurException e) {
                if (again(e, times)) {
                    return sendNow(request, times + 1);
                }
                throw e;
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
            try {
                if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("A thread goes on.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** From the one thread that asks, by futures. */
    final class ByFutures implements ManyAtOnce {
        private final Semaphore places = new Semaphore(AT_ONCE);

        @Override
        public <T> CompletableFuture<T> send(ImgurRequest<T> request) {
            places.acquireUninterruptibly();
            return sendLater(request, 1).whenComplete((value, failure) -> places.release());
        }

        private static <T> CompletableFuture<T> sendLater(ImgurRequest<T> request, int times) {
            return request.sendAsync()
                    .handle((value, failure) -> {
                        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                        return cause != null && again(cause, times)
                                ? sendLater(request, times + 1)
                                : failure == null
                                        ? CompletableFuture.completedFuture(value)
                                        : CompletableFuture.<T>failedFuture(cause == null ? failure : cause);
                    })
                    .thenCompose(next -> next);
        }

        @Override
        public void close() {}
    }
}
