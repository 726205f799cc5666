package dev.gearshift.imgur;

import com.google.common.base.Ascii;
import dev.gearshift.imgur.DownloadFailedException.Reason;
import dev.gearshift.imgur.internal.Backoff;
import dev.gearshift.imgur.internal.CappedBytes;
import dev.gearshift.imgur.internal.HttpEngine;
import dev.gearshift.imgur.internal.RetryAfter;
import dev.gearshift.imgur.internal.Secrets;
import dev.gearshift.imgur.internal.Timer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/*
 * One download at work. Nothing here waits: every arrow is taken by whichever thread brings the event, and the lock only
 * guards the step from one state to the next.
 *
 *                     ┌────────────── redirect, at most 5 ──────────────┐
 *                     ▼                                                 │
 *   start ──► [attempt: headers awaited] ──────── 3xx ──────────────────┘
 *     ▲               │        │
 *     │              200     other status, web page, no headers in time, connection broke
 *     │               ▼        │
 *     │   [attempt: body to NAME.part] ── stalled, cut short ──┐
 *     │               │        │                               │
 *     │           all came     └──────────────┬────────────────┘
 *     │               ▼                       ▼
 *     │          move to NAME          part discarded ──► for good ──► failed
 *     │               ▼                       │
 *     │             done                 may pass
 *     └──────────────────────── [pause] ◄─────┘
 *
 * At any point the result can be completed from outside, as cancel() does: the exchange is aborted, the part discarded.
 *
 * An event carries the attempt it belongs to, and counts only as long as that attempt is the current one. So the several
 * ways in which java.net.http tells the same end (subscriber, future, cancellation) need no order among them.
 */
final class Download {

    /** What all downloads of a downloader share. */
    record Setup(
            HttpEngine engine,
            Turnstile turnstile,
            Duration headerTimeout,
            Duration stallTimeout,
            int maxAttempts,
            Backoff backoff,
            Timer pauses,
            Clock clock,
            String userAgent) {}

    private static final int REFUSAL_CAP = 8 << 10;

    private final Result result = new Result();
    private final Setup setup;
    private final URI source;
    private final Path target;
    private final Executor delivery;
    private final Runnable onEnd;

    private final ReentrantLock lock = new ReentrantLock();
    private int attempts;
    private boolean resent;
    private boolean over;
    private @Nullable Attempt current;
    private @Nullable PartFile part;
    private @Nullable Runnable pause;
    /** The SHA-256 of what the attempt before brought, if that was a picture of the announced length without its end. */
    private volatile @Nullable String withoutEnd;

    /**
     * @param delivery where the result is completed, and with it what the caller hung on to it
     * @param onEnd called once the download has left nothing behind but its result
     */
    Download(Setup setup, URI source, Path target, Executor delivery, Runnable onEnd) {
        this.setup = setup;
        this.source = source;
        this.target = target;
        this.delivery = delivery;
        this.onEnd = onEnd;
    }

    CompletableFuture<DownloadedFile> start() {
        attempt();
        return result;
    }

    /** Ends it because the downloader is closed. */
    void close() {
        result.completeExceptionally(failure(Problem.lasting(Reason.CLOSED, "the downloader was closed", 0)));
    }

    private void attempt() {
        lock.lock();
        try {
            pause = null;
            attempts++;
        } finally {
            lock.unlock();
        }
        request(source, 0);
    }

    private void request(URI uri, int redirects) {
        Attempt attempt = new Attempt(uri, redirects);
        lock.lock();
        try {
            if (over) {
                return;
            }
            current = attempt;
        } finally {
            lock.unlock();
        }
        attempt.send();
    }

    private boolean isCurrent(Attempt attempt) {
        return !over && current == attempt;
    }

    private void redirected(Attempt attempt, URI next) {
        lock.lock();
        try {
            if (!isCurrent(attempt)) {
                return;
            }
            current = null;
        } finally {
            lock.unlock();
        }
        attempt.unwatch();
        request(next, attempt.redirects + 1);
    }

    private @Nullable PartFile openPart(Attempt attempt) throws IOException {
        lock.lock();
        try {
            if (!isCurrent(attempt)) {
                return null;
            }
            PartFile opened = PartFile.create(target);
            part = opened;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private void arrived(Attempt attempt, PartFile file) {
        lock.lock();
        try {
            if (!isCurrent(attempt)) {
                return;
            }
            over = true;
            current = null;
            part = null;
        } finally {
            lock.unlock();
        }
        attempt.unwatch();
        try {
            file.moveIntoPlace();
            DownloadedFile done =
                    new DownloadedFile(target, source, file.length(), file.sha256(), attempt.contentType, attempts);
            end(() -> result.settle(done));
        } catch (IOException e) {
            file.discard();
            DownloadFailedException failure = failure(unwritable(e));
            end(() -> result.settle(failure));
        }
    }

    private void failed(Attempt attempt, Problem problem) {
        PartFile leftOver;
        boolean again;
        boolean atOnce;
        lock.lock();
        try {
            if (!isCurrent(attempt)) {
                return;
            }
            leftOver = part;
            current = null;
            part = null;
            atOnce = problem.remedy() == Problem.Remedy.RESEND && !resent;
            again = atOnce
                    || (problem.remedy() != Problem.Remedy.NONE
                            && attempts < setup.maxAttempts
                            && setup.backoff.waitsFor(problem.retryAfter()));
            over = !again;
            if (atOnce) {
                resent = true;
                attempts--;
            }
        } finally {
            lock.unlock();
        }
        attempt.abort();
        if (leftOver != null) {
            leftOver.discard();
        }
        if (!again) {
            DownloadFailedException failure = failure(problem);
            end(() -> result.settle(failure));
        } else if (atOnce) {
            attempt();
        } else {
            pause(setup.backoff.delay(attempts, problem.retryAfter()));
        }
    }

    private void pause(Duration delay) {
        lock.lock();
        try {
            if (!over) {
                pause = setup.pauses.after(delay, () -> setup.engine.threads().execute(this::attempt));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else completes the result, or it was completed here and nothing is left to do. */
    private void abandon() {
        Attempt attempt;
        PartFile leftOver;
        Runnable pending;
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            attempt = current;
            leftOver = part;
            pending = pause;
            current = null;
            part = null;
            pause = null;
        } finally {
            lock.unlock();
        }
        if (pending != null) {
            pending.run();
        }
        if (attempt != null) {
            attempt.abort();
        }
        if (leftOver != null) {
            leftOver.discard();
        }
        onEnd.run();
    }

    private void end(Runnable completion) {
        onEnd.run();
        delivery.execute(completion);
    }

    private DownloadFailedException failure(Problem problem) {
        return problem.asException(source, Secrets.masked(source), attempts);
    }

    static Problem busy(PartFile.BusyException e) {
        return Problem.lasting(Reason.TARGET_BUSY, String.valueOf(e.getMessage()), 0);
    }

    private Problem unwritable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Problem(
                Reason.FILE,
                "the file " + target + " cannot be written (" + why + ")",
                Problem.Remedy.NONE,
                0,
                null,
                e);
    }

    /** What the caller holds. Whoever completes it from outside finds everything cleared away once it is done. */
    private final class Result extends CompletableFuture<DownloadedFile> {
        @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
        Result() {
            // For the ways past the methods below, such as completeAsync.
            whenComplete((file, failure) -> abandon());
        }

        void settle(DownloadedFile file) {
            super.complete(file);
        }

        void settle(DownloadFailedException failure) {
            super.completeExceptionally(failure);
        }

        @Override
        public boolean complete(DownloadedFile file) {
            abandon();
            return super.complete(file);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            abandon();
            return super.completeExceptionally(failure);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            abandon();
            return super.cancel(mayInterruptIfRunning);
        }
    }

    /** One request and what comes of it. */
    private final class Attempt implements HttpResponse.BodyHandler<Integer>, SavingBody.Progress {
        private final URI uri;
        private final int redirects;
        private volatile long lastSign = System.nanoTime();
        private volatile boolean answered;
        private volatile boolean bodyEnded;
        private volatile @Nullable PartFile file;
        private volatile long expected = -1;
        private volatile @Nullable String contentType;
        private final CompletableFuture<Void> exchangeEnded = new CompletableFuture<>();
        private @Nullable CompletableFuture<HttpResponse<Integer>> exchange;
        private @Nullable Runnable watch;

        Attempt(URI uri, int redirects) {
            this.uri = uri;
            this.redirects = redirects;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // Only the effect is wanted.
        void send() {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("User-Agent", setup.userAgent)
                    .header("Accept", "image/*,video/*;q=0.8,*/*;q=0.5")
                    .build();
            CompletableFuture<HttpResponse<Integer>> sent =
                    setup.engine.client().sendAsync(request, this);
            sent.whenComplete((response, failure) -> {
                exchangeEnded.complete(null);
                if (failure != null) {
                    cameNoFurther(failure);
                }
            });
            boolean tooLate;
            lock.lock();
            try {
                exchange = sent;
                tooLate = !isCurrent(this);
            } finally {
                lock.unlock();
            }
            if (tooLate) {
                abort();
                return;
            }
            watch();
        }

        /** Looks whether there was a sign of life; the next look is due when the patience would be over. */
        private void watch() {
            Duration patience = answered ? setup.stallTimeout : setup.headerTimeout;
            long left = lastSign + patience.toNanos() - System.nanoTime();
            if (left <= 0) {
                failed(this, silence(patience));
                return;
            }
            lock.lock();
            try {
                if (isCurrent(this)) {
                    watch = setup.engine.timer().after(Duration.ofNanos(left), this::watch);
                }
            } finally {
                lock.unlock();
            }
        }

        private Problem silence(Duration patience) {
            return answered
                    ? Problem.passing(
                            Reason.STALLED,
                            "no more bytes came for " + seconds(patience) + " after " + received(),
                            200,
                            null)
                    : Problem.passing(Reason.NO_ANSWER, "no answer came within " + seconds(patience), 0, null);
        }

        void unwatch() {
            Runnable pending;
            lock.lock();
            try {
                pending = watch;
                watch = null;
            } finally {
                lock.unlock();
            }
            if (pending != null) {
                pending.run();
            }
        }

        /** Ends the exchange; a connection whose answer is not all read is closed by that. */
        void abort() {
            unwatch();
            CompletableFuture<?> running;
            lock.lock();
            try {
                running = exchange;
            } finally {
                lock.unlock();
            }
            if (running != null && !bodyEnded) {
                running.cancel(true);
            }
        }

        @Override
        public HttpResponse.BodySubscriber<Integer> apply(HttpResponse.ResponseInfo answer) {
            lastSign = System.nanoTime();
            answered = true;
            if (setup.stallTimeout.compareTo(setup.headerTimeout) < 0) {
                // Else the next look comes soon enough.
                unwatch();
                watch();
            }
            HttpHeaders headers = answer.headers();
            contentType = headers.firstValue("Content-Type").orElse(null);
            expected = headers.firstValueAsLong("Content-Length").orElse(-1);
            return setup.turnstile.through(body(answer), exchangeEnded);
        }

        private HttpResponse.BodySubscriber<Integer> body(HttpResponse.ResponseInfo answer) {
            if (answer.statusCode() == 200 && !isWebPage(contentType)) {
                try {
                    PartFile opened = openPart(this);
                    if (opened != null) {
                        file = opened;
                        return new SavingBody(opened, answer.statusCode(), this);
                    }
                } catch (PartFile.BusyException e) {
                    failed(this, busy(e));
                } catch (IOException e) {
                    failed(this, unwritable(e));
                }
                return HttpResponse.BodySubscribers.replacing(answer.statusCode());
            }
            return HttpResponse.BodySubscribers.mapping(new CappedBytes(REFUSAL_CAP), bytes -> {
                bodyEnded = true;
                String text = new String(bytes, StandardCharsets.UTF_8);
                setup.engine.threads().execute(() -> refused(answer.statusCode(), answer.headers(), text));
                return answer.statusCode();
            });
        }

        @Override
        public void moreCame() {
            lastSign = System.nanoTime();
        }

        @Override
        public void allCame() {
            bodyEnded = true;
            PartFile whole = file;
            if (whole == null) {
                return;
            }
            // Elsewhere, so that this thread can give the connection back before the caller asks for the next file.
            setup.engine.threads().execute(() -> {
                if (whole.looksLikeWebPage()) {
                    failed(this, webPage());
                } else if (expected >= 0 && expected != whole.length()) {
                    failed(this, cutShort(null));
                } else if (whole.isPictureCutShort() && !cameSoBefore(whole)) {
                    failed(
                            this,
                            Problem.passing(
                                    Reason.TRUNCATED,
                                    "the picture stops before its end, after " + received(),
                                    200,
                                    null));
                } else {
                    arrived(this, whole);
                }
            });
        }

        /** A picture may lie there without its end: then it comes so again, each time as long as was announced. */
        private boolean cameSoBefore(PartFile picture) {
            String bytes = expected >= 0 ? picture.sha256() : null;
            boolean again = bytes != null && bytes.equals(withoutEnd);
            withoutEnd = bytes;
            return again;
        }

        @Override
        public void couldNotBeWritten(IOException failure) {
            failed(this, unwritable(failure));
        }

        @Override
        public void cameNoFurther(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            failed(this, answered ? cutShort(cause) : noAnswer(cause));
        }

        private void refused(int status, HttpHeaders headers, String text) {
            if (status >= 300 && status < 400 && headers.firstValue("Location").isPresent()) {
                follow(status, headers.firstValue("Location").orElseThrow());
            } else if (text.toLowerCase(Locale.ROOT).contains("over capacity")) {
                failed(this, answeredBadly(Reason.OVER_CAPACITY, status, headers, Problem.Remedy.RETRY));
            } else if (status == 200) {
                failed(this, webPage());
            } else {
                boolean passing = status == 408 || status == 429 || status >= 500;
                failed(
                        this,
                        answeredBadly(
                                Reason.STATUS, status, headers, passing ? Problem.Remedy.RETRY : Problem.Remedy.NONE));
            }
        }

        private void follow(int status, String location) {
            Redirect redirect = Redirect.of(uri, location, status, redirects);
            if (redirect.refusal() != null) {
                failed(this, redirect.refusal());
            } else if (redirect.next() != null) {
                redirected(this, redirect.next());
            }
        }

        private Problem answeredBadly(Reason reason, int status, HttpHeaders headers, Problem.Remedy remedy) {
            String what = reason == Reason.OVER_CAPACITY
                    ? "the server answered " + status + " and calls itself over capacity"
                    : "the server answered " + status;
            return new Problem(reason, what, remedy, status, RetryAfter.of(headers, setup.clock), null);
        }

        private Problem webPage() {
            return Problem.lasting(Reason.WEB_PAGE, "a web page came instead of a file", 200);
        }

        private Problem cutShort(@Nullable Throwable cause) {
            return Problem.passing(Reason.TRUNCATED, "the answer ended after " + received(), 200, cause);
        }

        private Problem noAnswer(Throwable cause) {
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            String host = uri.getHost();
            if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
                return Problem.passing(
                        Reason.CONNECTION, "there is no connection to " + host + " (" + why + ")", 0, cause);
            }
            if (cause instanceof SSLHandshakeException) {
                return new Problem(
                        Reason.CONNECTION,
                        "there is no trusted connection to " + host + " (" + why + ")",
                        Problem.Remedy.NONE,
                        0,
                        null,
                        cause);
            }
            return new Problem(
                    Reason.CONNECTION,
                    "the connection to " + host + " broke before an answer came (" + why + ")",
                    cause instanceof IOException ? Problem.Remedy.RESEND : Problem.Remedy.NONE,
                    0,
                    null,
                    cause);
        }

        private String received() {
            PartFile some = file;
            long came = some == null ? 0 : some.length();
            return expected >= 0 ? came + " of " + expected + " bytes" : came + " bytes";
        }
    }

    private static boolean isWebPage(@Nullable String contentType) {
        String type = contentType == null ? "" : Ascii.toLowerCase(contentType).trim();
        return type.startsWith("text/html") || type.startsWith("application/xhtml");
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
