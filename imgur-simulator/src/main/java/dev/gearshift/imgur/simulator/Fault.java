package dev.gearshift.imgur.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One way in which an answer can go wrong. As text each is written in small letters with hyphens: {@code
 * retry-after-date}. Those that damage a body break the connection off where there is no body to damage.
 */
public enum Fault {

    /** The body comes in small pieces, over the time that {@link Faults#slowness()} says. */
    SLOW(Target.BODY),

    /** Half of the body comes, and then nothing, until the client goes away. */
    STALLED(Target.BODY),

    /** Nothing comes at all, until the client goes away. */
    SILENT(Target.ANYTHING),

    /** Half of the body comes, and then the connection is closed. */
    TRUNCATED(Target.BODY),

    /** Half of the body comes, with a {@code Content-Length} that says that this is all. */
    WRONG_LENGTH(Target.BODY),

    /** The connection is reset instead of an answer; what was asked is done, and counted, all the same. */
    RESET(Target.ANYTHING),

    /** The connection is reset after half of the body. */
    RESET_MIDWAY(Target.BODY),

    /** 429 that doesn't say when to come again. */
    TOO_MANY_REQUESTS(Target.ANYTHING),

    /** 429 with a {@code Retry-After} in seconds. */
    RETRY_AFTER_SECONDS(Target.ANYTHING),

    /** 429 with a {@code Retry-After} that is a date. */
    RETRY_AFTER_DATE(Target.ANYTHING),

    /** 503 with a page of HTML: "Imgur is over capacity!". */
    UNAVAILABLE_HTML(Target.ANYTHING),

    /** 503 with the page of the cache in front: "503 client read error". */
    CACHE_ERROR(Target.ANYTHING),

    /** 500 without a body. */
    EMPTY_BODY(Target.ANYTHING),

    /** API: 403 "temporarily over capacity", which passes by itself. */
    OVER_CAPACITY(Target.API),

    /** API: 400, and the error is an object with a code. */
    ERROR_OBJECT(Target.API),

    /** API: 500, and the data is a sentence. */
    ERROR_TEXT(Target.API),

    /** API: 500 in the usual shape, with the words of a server behind that did not answer. */
    UPSTREAM_TIMEOUT(Target.API),

    /** API: 200 with a page of HTML: "Error (1024)". */
    HTML_PAGE(Target.API),

    /** API: the answer is a good one and says nothing about credits, as one from a cache. */
    NO_HEADERS(Target.API),

    /** API, with an access token: the token expires now, and the answer is 401. */
    TOKEN_EXPIRED(Target.TOKEN),

    /** API, with an access token: the token expires now, and the answer is 429. */
    TOKEN_EXPIRED_429(Target.TOKEN),

    /** A page of the gallery after the first: {@value Gallery#SHIFT} new images have come to the front before. */
    SHIFTED(Target.LATER_PAGE),

    /** Image with a {@code Range}: the whole of it comes, as from a server that knows no ranges. */
    NO_RANGE(Target.RANGE),

    /** Image with a {@code Range}: it has become another one, of another length and with another {@code ETag}. */
    CHANGED(Target.RANGE),

    /** Image: a redirect to {@code /removed.png}. */
    REMOVED(Target.IMAGE),

    /** Image: 200 with a picture that says that there is nothing to see in this region, the same for all. */
    REGION_BLOCKED(Target.IMAGE),

    /** Image: 200 with a page of HTML. */
    HTML_IMAGE(Target.IMAGE);

    private final Target target;

    Fault(Target target) {
        this.target = target;
    }

    boolean fits(Request request) {
        return target.fits(request);
    }

    /** What can go wrong so. */
    private enum Target {
        ANYTHING,
        BODY,
        API,
        TOKEN,
        LATER_PAGE,
        IMAGE,
        RANGE;

        private static final Pattern PAGE_AFTER_THE_FIRST =
                Pattern.compile("/3/gallery/(hot|top|user|search|r|t)/.*?/0*[1-9]\\d{0,8}/?");

        boolean fits(Request request) {
            boolean image = request.isForImage() && !request.path().equals(ImagePages.REMOVED);
            return switch (this) {
                case ANYTHING -> true;
                case BODY -> !request.isHead();
                case API -> request.isForApi();
                case TOKEN -> request.isForApi() && Caller.bearer(request) != null;
                case LATER_PAGE ->
                    request.isGet()
                            && PAGE_AFTER_THE_FIRST.matcher(request.path()).matches();
                case IMAGE -> image;
                case RANGE -> image && request.isGet() && request.header(HttpHeaderNames.RANGE) != null;
            };
        }
    }

    /**
     * As it is written in a script.
     *
     * @return small letters and hyphens
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
