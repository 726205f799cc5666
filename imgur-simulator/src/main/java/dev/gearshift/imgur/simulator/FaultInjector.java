package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.function.Function;

/** Between the requests and the pages: lets go wrong what the script says, and counts it. Thread-safe. */
final class FaultInjector {

    private static final int OBJECT_CODE = 1001;
    private static final String TOO_MANY = "Too many requests. Slow down.";

    private final AccessTokens tokens;
    private final Gallery gallery;
    private final ImagePages images;
    private final Traffic traffic;
    private final Clock clock;
    private volatile FaultScript script;

    FaultInjector(
            Faults faults, AccessTokens tokens, Gallery gallery, ImagePages images, Traffic traffic, Clock clock) {
        this.script = new FaultScript(faults);
        this.tokens = tokens;
        this.gallery = gallery;
        this.images = images;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Plays another script, from its beginning. */
    void play(Faults faults) {
        script = new FaultScript(faults);
    }

    Faults faults() {
        return script.faults();
    }

    Answer answer(Request request, Function<Request, Answer> pages) {
        FaultScript played = script;
        Fault fault = played.next(request);
        if (fault == null || (fault == Fault.SHIFTED && !gallery.shift())) {
            return pages.apply(request);
        }
        traffic.injected(fault);
        return faulty(request, fault, played.faults(), pages);
    }

    private Answer faulty(Request request, Fault fault, Faults faults, Function<Request, Answer> pages) {
        return switch (fault) {
            case SLOW -> pages.apply(request).delivered(new Delivery.Slow(faults.slowness()));
            case STALLED -> pages.apply(request).delivered(Delivery.Broken.STALLED);
            case TRUNCATED -> pages.apply(request).delivered(Delivery.Broken.CLOSED);
            case RESET_MIDWAY -> pages.apply(request).delivered(Delivery.Broken.RESET);
            case WRONG_LENGTH -> pages.apply(request).halved();
            case SILENT -> nothing().delivered(Delivery.Broken.STALLED);
            case RESET -> pages.apply(request).delivered(Delivery.Broken.UNANSWERED);
            case TOO_MANY_REQUESTS -> tooMany(request);
            case RETRY_AFTER_SECONDS ->
                tooMany(request).with(HttpHeaderNames.RETRY_AFTER, wholeSeconds(faults.retryAfter()));
            case RETRY_AFTER_DATE -> tooMany(request).with(HttpHeaderNames.RETRY_AFTER, date(faults.retryAfter()));
            case UNAVAILABLE_HTML -> ErrorBodies.unavailable();
            case CACHE_ERROR -> ErrorBodies.cacheError();
            case EMPTY_BODY -> Answer.empty(HttpResponseStatus.INTERNAL_SERVER_ERROR);
            case OVER_CAPACITY -> ErrorBodies.overCapacity(request);
            case ERROR_OBJECT ->
                ErrorBodies.coded(request, HttpResponseStatus.BAD_REQUEST, OBJECT_CODE, "Something is wrong with it.");
            case ERROR_TEXT ->
                ErrorBodies.text(
                        request, HttpResponseStatus.INTERNAL_SERVER_ERROR, "An error occurred. Please try again.");
            case UPSTREAM_TIMEOUT ->
                ErrorBodies.plain(request, HttpResponseStatus.INTERNAL_SERVER_ERROR, ErrorBodies.UPSTREAM);
            case HTML_PAGE -> ErrorBodies.error1024();
            case NO_HEADERS -> CreditPages.withoutHeaders(pages.apply(request));
            case TOKEN_EXPIRED -> {
                tokens.expire(String.valueOf(Caller.bearer(request)));
                yield pages.apply(request);
            }
            case TOKEN_EXPIRED_429 -> {
                tokens.expire(String.valueOf(Caller.bearer(request)));
                yield tooMany(request);
            }
            case SHIFTED -> pages.apply(request);
            case NO_RANGE -> {
                Answer whole = pages.apply(request.without(HttpHeaderNames.RANGE));
                whole.headers().remove(HttpHeaderNames.ACCEPT_RANGES);
                yield whole;
            }
            case CHANGED -> images.changed(request);
            case REMOVED -> images.gone();
            case REGION_BLOCKED -> images.regionBlocked(request);
            case HTML_IMAGE -> ErrorBodies.page(HttpResponseStatus.OK, "Imgur", "Imgur");
        };
    }

    private static Answer nothing() {
        return Answer.empty(HttpResponseStatus.OK);
    }

    private static Answer tooMany(Request request) {
        return request.isForApi()
                ? ErrorBodies.list(HttpResponseStatus.TOO_MANY_REQUESTS, TOO_MANY)
                : ErrorBodies.page(HttpResponseStatus.TOO_MANY_REQUESTS, "429 Too Many Requests", TOO_MANY);
    }

    private static long wholeSeconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    private String date(Duration fromNow) {
        return DateFormatter.format(new Date(
                (wholeSeconds(fromNow) + clock.instant().plusMillis(999).getEpochSecond()) * 1000));
    }
}
