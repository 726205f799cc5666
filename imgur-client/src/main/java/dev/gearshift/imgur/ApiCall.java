package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.CappedBytes;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.Json;
import dev.gearshift.imgur.internal.Timer;
import dev.gearshift.imgur.internal.UnreadableAnswerException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of the API with its retries. It holds no thread while it waits. */
final class ApiCall<T> {

    /**
     * What all calls of a client share.
     *
     * @param secret masked in whatever a failure tells
     * @param timeout of an attempt, to the last byte
     * @param pauses waits between attempts
     * @param latestLimits kept up to date with each answer
     */
    record Policy(
            String secret,
            Duration timeout,
            int maxAttempts,
            Backoff backoff,
            Timer pauses,
            Clock clock,
            AtomicReference<@Nullable RateLimits> latestLimits) {}

    private static final int LARGEST_ANSWER = 32 << 20;

    private final HttpEngine engine;
    private final Policy policy;
    private final HttpRequest request;
    private final Function<@Nullable Object, T> decoder;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int attempts;
    private boolean ended;
    private @Nullable CompletableFuture<HttpResponse<byte[]>> exchange;

    ApiCall(HttpEngine engine, Policy policy, HttpRequest request, Function<@Nullable Object, T> decoder) {
        this.engine = engine;
        this.policy = policy;
        this.request = request;
        this.decoder = decoder;
    }

    CompletableFuture<T> start() {
        attempt();
        return result;
    }

    /** Takes the request back; the result is cancelled. */
    void abort() {
        end(() -> result.cancel(false));
    }

    /** Takes the request back; the result is a failure that says that the client was closed. */
    void close() {
        end(() -> result.completeExceptionally(
                ImgurException.NoAnswer.closed(ErrorAnswer.none(request.uri().getPath(), "the client was closed"))));
    }

    private void end(Runnable completion) {
        CompletableFuture<?> running;
        lock.lock();
        try {
            ended = true;
            running = exchange;
        } finally {
            lock.unlock();
        }
        completion.run();
        if (running != null) {
            running.cancel(true);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The continuation catches what it throws.
    private void attempt() {
        CompletableFuture<HttpResponse<byte[]>> sent;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            attempts++;
            sent = engine.client().sendAsync(request, answer -> new CappedBytes(LARGEST_ANSWER));
            exchange = sent;
        } finally {
            lock.unlock();
        }
        Runnable deadline = engine.timer().after(policy.timeout, () -> sent.cancel(true));
        sent.whenComplete((response, failure) -> {
            deadline.run();
            try {
                if (response == null) {
                    retryOrFail(noAnswer(failure));
                } else {
                    answered(response);
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private void answered(HttpResponse<byte[]> response) {
        RateLimits limits = RateLimits.of(response.headers(), policy.clock);
        if (limits != null) {
            policy.latestLimits.set(limits);
        }
        ErrorAnswer answer = ErrorAnswer.of(response, policy.secret, policy.clock);
        if (answer.status() != 200) {
            retryOrFail(answer.asException(null));
            return;
        }
        try {
            result.complete(decoder.apply(Json.data(response.body())));
        } catch (UnreadableAnswerException e) {
            retryOrFail(unreadable(answer, e));
        }
    }

    /** A web page or an error in an answer that calls itself 200 says more than that it cannot be read. */
    private static ImgurException unreadable(ErrorAnswer answer, UnreadableAnswerException e) {
        boolean json = answer.body().stripLeading().startsWith("{");
        ErrorAnswer told =
                json && !answer.body().contains("\"error") ? answer.withDetail(String.valueOf(e.getMessage())) : answer;
        return told.asException(e);
    }

    private ImgurException noAnswer(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            cause = new HttpTimeoutException("no whole answer within " + policy.timeout.toMillis() + " ms");
        }
        String detail = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ImgurException.NoAnswer(ErrorAnswer.none(request.uri().getPath(), detail), cause);
    }

    private void retryOrFail(ImgurException failure) {
        if (failure.retryable() && attempts < policy.maxAttempts) {
            policy.pauses.after(policy.backoff.delay(attempts, failure.retryAfter()), this::attempt);
        } else {
            result.completeExceptionally(failure);
        }
    }
}
