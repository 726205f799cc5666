package dev.gearshift.imgur;

import dev.gearshift.imgur.ImgurEvent.Call;
import dev.gearshift.imgur.internal.CappedBytes;
import dev.gearshift.imgur.internal.Json;
import dev.gearshift.imgur.internal.SentOnce;
import dev.gearshift.imgur.internal.StallWatch;
import dev.gearshift.imgur.internal.UnreadableAnswerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * One call of the API, with its retries. It holds no thread while it waits: each arrow is taken by whoever brings the
 * event.
 *
 *   start ──► [tokens, if they have expired] ──► [credits] ──► [exchange] ──► value
 *     ▲                ▲                            │              │
 *     │                └── turned away, once ───────┼──────────────┤
 *     │                                          none left    may pass, and there are
 *     │                                             ▼         attempts and retries left
 *     │                                           failed           │
 *     └───────────────────────── [pause] ◄─────────────────────────┘
 *
 * In each [state] there is one thing to undo when the call is given up from outside.
 */
final class ApiCall<T> {
    /** Many times what is known: an album of 5,000 images has about 3.5 MB. In memory its values are up to 20 times that. */
    private static final int LARGEST_ANSWER = 8 << 20;

    private final ApiAccess api;
    private final ImgurRequest<T> request;
    private final Endpoint endpoint;
    private final Call call;
    private final ErrorAnswer.Asked asked;
    private final Executor delivery;
    private final CompletableFuture<ImgurAnswer<T>> future = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Runnable undo = () -> {};
    private boolean over;

    // What follows belongs to whoever has the call in hand, one after the other.
    private final AtomicInteger attempts = new AtomicInteger();
    private boolean tokensRenewed;
    private volatile @Nullable ImgurException lastFailure;

    private final AtomicBoolean failureTold = new AtomicBoolean();
    private volatile Instant deadline = Instant.MAX;

    ApiCall(ApiAccess api, ImgurRequest<T> request, long number, Executor delivery) {
        this.api = api;
        this.request = request;
        this.delivery = delivery;
        endpoint = request.address().endpoint();
        call = new Call(number, endpoint.toString(), request.address().shown());
        asked = new ErrorAnswer.Asked(endpoint.method(), call.path());
    }

    /** Completing it from outside gives the call up. */
    CompletableFuture<ImgurAnswer<T>> future() {
        return future;
    }

    ErrorAnswer.Asked asked() {
        return asked;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
    void start() {
        future.whenComplete((answer, failure) -> end());
        Duration limit = request.terms().deadline();
        if (limit != null) {
            deadline = api.clock().instant().plus(limit);
            Runnable disarm = api.pauses().after(limit, () -> outOfTime(limit));
            future.whenComplete((answer, failure) -> disarm.run());
        }
        authorize();
    }

    /** Takes the call back; the result is a failure that says that the client was closed. */
    void close() {
        ImgurException closed = ImgurException.NoAnswer.closed(ErrorAnswer.none(asked, "the client was closed"));
        if (future.completeExceptionally(closed)) {
            tellFailed(closed);
        }
    }

    private void outOfTime(Duration limit) {
        ErrorAnswer none = ErrorAnswer.none(asked, "the call was not over after " + limit.toMillis() + " ms");
        fail(ImgurException.NoAnswer.late(none, lastFailure));
    }

    private void end() {
        Runnable last;
        lock.lock();
        try {
            over = true;
            last = undo;
            undo = () -> {};
        } finally {
            lock.unlock();
        }
        last.run();
        api.ended(this);
    }

    /** Goes on to the next state; false if the call is over, and then what is begun must be undone by the caller. */
    private boolean enter(Runnable undoing) {
        lock.lock();
        try {
            if (!over) {
                undo = undoing;
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private void authorize() {
        ImgurTokens tokens = endpoint.access() == Endpoint.Access.NOBODY
                ? null
                : api.credentials().tokens();
        if (tokens != null
                && api.credentials().expired(tokens)
                && api.credentials().canRefresh()
                && !tokensRenewed) {
            renew(tokens, null);
        } else {
            reserve(tokens);
        }
    }

    /** Gets new tokens, and asks with them. */
    @SuppressWarnings("FutureReturnValueIgnored") // The continuation catches what it throws.
    private void renew(ImgurTokens stale, @Nullable ImgurException turnedAway) {
        tokensRenewed = true;
        api.hearing().tell(new ImgurEvent.AwaitingTokens(call));
        CompletableFuture<ImgurTokens> newer = api.newerTokens(stale);
        if (!enter(() -> newer.cancel(false))) {
            newer.cancel(false);
            return;
        }
        newer.whenComplete((tokens, failure) -> {
            if (tokens != null) {
                carefully(() -> reserve(tokens));
            } else if (turnedAway != null) {
                turnedAway.addSuppressed(Futures.cause(failure));
                fail(turnedAway);
            } else {
                fail(Futures.cause(failure));
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The continuation catches what it throws.
    private void reserve(@Nullable ImgurTokens tokens) {
        CompletableFuture<CreditGovernor.Grant> grant = api.governor().ask(endpoint);
        if (!enter(() -> grant.cancel(false))) {
            grant.cancel(false);
        }
        if (!grant.isDone()) {
            api.hearing().tell(new ImgurEvent.AwaitingCredits(call, api.clock().instant()));
        }
        grant.whenComplete((given, cancelled) -> {
            if (given instanceof CreditGovernor.Reservation reservation) {
                carefully(() -> exchange(tokens, reservation));
            } else if (given instanceof CreditGovernor.Shortage shortage) {
                fail(lastFailure == null ? usedUp(shortage) : lastFailure);
            }
        });
    }

    private ImgurException usedUp(CreditGovernor.Shortage shortage) {
        String detail = "it was not sent, as " + shortage.of() + " are used up";
        Instant until = shortage.until();
        if (until == null) {
            return new ImgurException.CreditsUsedUp(
                    ErrorAnswer.none(asked, "it was not sent, as " + shortage.of() + " is used up"), shortage);
        }
        Duration wait = Duration.between(api.clock().instant(), until);
        return new ImgurException.CreditsUsedUp(
                ErrorAnswer.none(asked, detail).after(wait.isNegative() ? Duration.ZERO : wait), shortage);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The continuation catches what it throws.
    private void exchange(@Nullable ImgurTokens tokens, CreditGovernor.Reservation reservation) {
        if (!enter(() -> {})) {
            reservation.release();
            return;
        }
        if (api.isClosed()) {
            reservation.release();
            close();
            return;
        }
        attempts.incrementAndGet();
        api.hearing().tell(new ImgurEvent.Sent(call, attempts.get(), endpoint.cost()));
        CompletableFuture<Void> left = new CompletableFuture<>();
        Instant began = api.clock().instant();
        StallWatch watch = new StallWatch(api.engine().timer(), api.timeout(request));
        HttpRequest http;
        CompletableFuture<HttpResponse<byte[]>> sent;
        try {
            http = api.http(request, tokens, watch::moved);
            sent = api.engine()
                    .client()
                    .sendAsync(http, answer -> api.turnstile().through(new CappedBytes(LARGEST_ANSWER), left));
        } catch (UncheckedIOException e) {
            reservation.release();
            IOException unreadable = Objects.requireNonNull(e.getCause());
            fail(ImgurException.NoAnswer.unreadable(ErrorAnswer.none(asked, text(unreadable)), unreadable));
            return;
        } catch (RuntimeException | Error e) {
            reservation.release();
            throw e;
        }
        if (!enter(() -> sent.cancel(true))) {
            sent.cancel(true);
        }
        sent.whenComplete((response, failure) -> {
            watch.stop();
            left.complete(null);
            carefully(() -> {
                if (response == null) {
                    Throwable cause = Futures.cause(failure);
                    boolean wentOut = !hasNotConnected(cause) || SentOnce.hasGoneOut(http);
                    if (wentOut) {
                        reservation.failed(null);
                    } else {
                        reservation.release();
                    }
                    if (!isOver()) {
                        retryOrFail(noAnswer(cause, wentOut));
                    }
                } else {
                    answered(
                            response,
                            tokens,
                            reservation,
                            Duration.between(began, api.clock().instant()));
                }
            });
            reservation.failed(null); // Unless that was said already.
        });
        watch.start(() -> sent.cancel(true));
    }

    private void answered(
            HttpResponse<byte[]> response,
            @Nullable ImgurTokens tokens,
            CreditGovernor.Reservation reservation,
            Duration elapsed) {
        boolean isTooLarge = response.body().length == LARGEST_ANSWER;
        Map<?, ?> json = isTooLarge ? null : Json.object(response.body());
        boolean good = ErrorAnswer.isGood(ErrorAnswer.statusOf(response.statusCode(), json));
        RateLimits limits = good && json != null && endpoint.equals(Endpoint.CREDITS)
                ? RateLimits.ofCredits(response.headers(), json, api.clock())
                : RateLimits.of(response.headers(), api.clock());
        if (limits != null) {
            api.latestLimits().set(limits);
        }
        ErrorAnswer answer = good ? null : read(response, json);
        ImgurException failure = answer == null ? null : answer.asException(null);
        boolean renews = answer != null
                && tokens != null
                && !tokensRenewed
                && canResend()
                && api.credentials().mayBeStale(tokens, answer);
        Duration wait = failure == null ? null : failure.retryAfter();
        boolean turnedAway = failure instanceof ImgurException.RateLimited && limits == null && !renews;
        if (turnedAway && !api.backoff().waitsFor(wait)) {
            reservation.refused(api.clock().instant().plus(Objects.requireNonNull(wait)));
        } else if (failure != null && failure.retryable()) {
            reservation.failed(limits);
        } else {
            reservation.answered(limits); // That there is no such image is no trouble.
        }
        api.hearing()
                .tell(new ImgurEvent.Answered(
                        call, attempts.get(), response.statusCode(), response.body().length, elapsed, limits));
        if (answer == null || failure == null) {
            try {
                if (isTooLarge) {
                    throw UnreadableAnswerException.tooLarge(LARGEST_ANSWER);
                }
                T value = request.decode(response.statusCode() == 204 ? Map.of() : Json.present(json));
                api.retries().earn();
                ImgurAnswer<T> whole = new ImgurAnswer<>(
                        value,
                        response.statusCode(),
                        response.headers(),
                        response.body(),
                        limits,
                        attempts.get(),
                        elapsed);
                delivery.execute(() -> future.complete(whole));
            } catch (UnreadableAnswerException e) {
                retryOrFail(unreadable(read(response, json), e));
            }
            return;
        }
        if (renews && tokens != null) {
            renew(tokens, failure);
        } else {
            retryOrFail(failure);
        }
    }

    private ErrorAnswer read(HttpResponse<byte[]> response, @Nullable Map<?, ?> json) {
        Collection<String> masked = new ArrayList<>(api.credentials().secrets());
        masked.addAll(request.secrets());
        return ErrorAnswer.of(response, json, asked, masked, api.clock());
    }

    /** A web page or an error in an answer that calls itself 200 says more than that it cannot be read. */
    private static ImgurException unreadable(ErrorAnswer answer, UnreadableAnswerException e) {
        boolean json = answer.body().stripLeading().startsWith("{");
        ErrorAnswer told =
                json && !answer.body().contains("\"error") ? answer.withDetail(String.valueOf(e.getMessage())) : answer;
        return told.asException(e);
    }

    private ImgurException noAnswer(Throwable failure, boolean wentOut) {
        Throwable cause =
                failure instanceof UncheckedIOException broken ? Objects.requireNonNull(broken.getCause()) : failure;
        if (cause instanceof CancellationException) {
            long limit = api.timeout(request).toMillis();
            cause = new HttpTimeoutException(
                    ApiAccess.mayTakeAnyTime(request)
                            ? "nothing was sent or answered for " + limit + " ms"
                            : "no whole answer within " + limit + " ms");
        }
        return ImgurException.NoAnswer.of(ErrorAnswer.none(asked, text(cause)), cause, wentOut);
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private void retryOrFail(ImgurException failure) {
        ImgurException before = lastFailure;
        if (before != null && before != failure) {
            failure.addSuppressed(before);
        }
        lastFailure = failure;
        Duration pause = api.backoff().delay(Math.max(attempts.get(), 1), failure.retryAfter());
        boolean again = failure.retryable()
                && mayRepeat(failure)
                && attempts.get() < api.maxAttempts(request)
                && api.clock().instant().plus(pause).isBefore(deadline)
                && api.backoff().waitsFor(failure.retryAfter())
                && creditsIn(pause)
                && api.retries().take();
        if (!again) {
            fail(failure);
            return;
        }
        api.hearing().tell(new ImgurEvent.Retrying(call, attempts.get(), pause, failure));
        Pause armed = new Pause();
        if (enter(() -> armed.off.run())) {
            armed.off = api.pauses().after(pause, () -> carefully(this::authorize));
            if (isOver()) {
                armed.off.run();
            }
        }
    }

    private static final class Pause {
        private volatile Runnable off = () -> {};
    }

    /** A POST that may have been carried out is not sent again, unless the caller said so; nor is what can be read once. */
    private boolean mayRepeat(ImgurException failure) {
        return canResend()
                && (endpoint.repeatable()
                        || request.terms().retryOfPosts()
                        || failure instanceof ImgurException.RateLimited
                        || failure instanceof ImgurException.OverCapacity
                        || (failure instanceof ImgurException.NoAnswer none && !none.wentOut()));
    }

    private static boolean hasNotConnected(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    private boolean canResend() {
        Content content = request.content();
        return content == null || content.repeatable();
    }

    private boolean creditsIn(Duration pause) {
        CreditGovernor.Shortage shortage = api.governor().shortageFor(endpoint);
        return shortage == null
                || (shortage.until() != null
                        && !shortage.until().isAfter(api.clock().instant().plus(pause)));
    }

    private void fail(Throwable failure) {
        if (failure instanceof ImgurException told && !future.isDone()) {
            tellFailed(told);
        }
        delivery.execute(() -> future.completeExceptionally(failure));
    }

    /** Two may end a call at once; one of them tells. */
    private void tellFailed(ImgurException failure) {
        if (!failureTold.getAndSet(true)) {
            api.hearing().tell(new ImgurEvent.Failed(call, attempts.get(), failure));
        }
    }

    /** Whatever goes wrong in a step must not leave the caller waiting. */
    private void carefully(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            future.completeExceptionally(e);
        }
    }
}
