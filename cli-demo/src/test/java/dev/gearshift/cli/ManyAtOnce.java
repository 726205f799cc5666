package dev.gearshift.cli;

import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.ImgurRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends calls, 32 at once, and walks lists by the client's own pages. What is tried again, the client tries again. */
interface ManyAtOnce extends AutoCloseable {
    int AT_ONCE = 32;

    /** Completes with the value, or with an {@link ImgurException}. */
    <T> CompletableFuture<T> send(ImgurRequest<T> request);

    /**
     * Walks a list to its end. An action may come twice for an item; never two at once.
     *
     * @throws ImgurException if a page cannot be had
     */
    <T> void walk(ImgurPages<T> list, Consumer<T> action);

    @Override
    void close();

    /** From 32 threads, each of which waits for its call. */
    final class ByThreads implements ManyAtOnce {
        private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

        @Override
        public <T> CompletableFuture<T> send(ImgurRequest<T> request) {
            return CompletableFuture.supplyAsync(request::send, threads);
        }

        @Override
        public <T> void walk(ImgurPages<T> list, Consumer<T> action) {
            list.forEach(action);
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

    /** From whichever thread asks, by futures; who finds 32 under way stands in a line, and holds no thread. */
    final class ByFutures implements ManyAtOnce {
        private final Deque<Runnable> line = new ArrayDeque<>();
        private int free = AT_ONCE;

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
        public <T> CompletableFuture<T> send(ImgurRequest<T> request) {
            CompletableFuture<T> result = new CompletableFuture<>();
            enter(() -> request.sendAsync().whenCompleteAsync((value, failure) -> {
                leave();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(cause(failure));
                }
            }));
            return result;
        }

        private void enter(Runnable call) {
            synchronized (line) {
                if (free == 0) {
                    line.add(call);
                    return;
                }
                free--;
            }
            call.run();
        }

        private void leave() {
            Runnable next;
            synchronized (line) {
                next = line.poll();
                free += next == null ? 1 : 0;
            }
            if (next != null) {
                next.run();
            }
        }

        @Override
        public <T> void walk(ImgurPages<T> list, Consumer<T> action) {
            try {
                list.forEachAsync(action).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof ImgurException failure ? failure : e;
            }
        }

        private static Throwable cause(Throwable failure) {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }

        @Override
        public void close() {}
    }
}
