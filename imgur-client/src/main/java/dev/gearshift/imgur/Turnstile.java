package dev.gearshift.imgur;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the responses of a client complete one after the other. The JDK's client completes each on the default executor of
 * {@link CompletableFuture}. That is the common pool, except on a machine of one or two processors before Java 25: there
 * it is a new thread for each, short-lived but many when a thousand answers come together.
 */
final class Turnstile {
    private static final int AT_A_TIME = 1;
    private static final boolean THREAD_FOR_EACH =
            !(new CompletableFuture<Void>().defaultExecutor() instanceof ForkJoinPool);

    private final Semaphore places = new Semaphore(AT_A_TIME);

    /**
     * The same body, except that whoever moved its last bytes waits for a place before the client hears of it. So the
     * thread that would make more threads rests, and those that are there get on.
     *
     * @param left completes once the response is complete, however it ends
     */
    <T> BodySubscriber<T> through(BodySubscriber<T> body, CompletableFuture<?> left) {
        if (!THREAD_FOR_EACH) {
            return body;
        }
        return BodySubscribers.mapping(body, value -> {
            enter(left);
            return value;
        });
    }

    /** Waiting is a courtesy: when no place becomes free soon, one thread more does less harm. */
    @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
    private void enter(CompletableFuture<?> left) {
        try {
            if (places.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                left.whenComplete((value, failure) -> places.release());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
