package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.PageWords;
import dev.gearshift.imgur.internal.RetryAfter;
import dev.gearshift.imgur.internal.Secrets;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about a failure, whichever way Imgur says it. Seven ways are known:
 *
 * <pre>
 * 1  {"data": {"error": "…", "request": "/3/…", "method": "GET"}, "success": false, "status": 404}
 * 2  {"data": {"error": {"code": 1002, "message": "…", "type": "…", "exception": []}}, …}
 * 3  {"data": "…", …}
 * 4  {"data": {"error": "Imgur is temporarily over capacity. …"}, …, "status": 403}     a limit in disguise
 * 5  {"errors": [{"id": "…", "code": "429", "status": "Too Many Requests", "detail": "…"}]}
 * 6  HTML or XML, from a proxy or a web page
 * 7  nothing, or plain text
 * </pre>
 */
record ErrorAnswer(
        int status,
        @Nullable String code,
        String detail,
        String body,
        Asked asked,
        @Nullable RateLimits rateLimits,
        @Nullable Duration retryAfter) {
    private static final int BODY_CAP = 4096;
    private static final int READ_CAP = 1 << 16;
    private static final int DETAIL_CAP = 200;

    /**
     * What was asked, without secrets.
     *
     * @param method the HTTP method
     * @param path no query is in it
     */
    record Asked(String method, String path) {}

    /**
     * Reads an answer.
     *
     * @param json the body, if it is a JSON object
     * @param secrets masked wherever the server echoes them
     */
    static ErrorAnswer of(
            HttpResponse<byte[]> response,
            @Nullable Map<?, ?> json,
            Asked asked,
            Collection<String> secrets,
            Clock clock) {
        byte[] bytes = response.body();
        HttpHeaders headers = response.headers();
        String text =
                Secrets.masked(new String(bytes, 0, Math.min(bytes.length, READ_CAP), StandardCharsets.UTF_8), secrets);
        Said said = json == null ? Said.plainly(text) : Said.inJson(json, text);
        int status = statusOf(response.statusCode(), json);
        RateLimits limits = RateLimits.of(headers, clock);
        Duration asksToWait = RetryAfter.of(headers, clock);
        return new ErrorAnswer(
                status,
                said.code == null ? null : cut(Secrets.masked(said.code, secrets), DETAIL_CAP),
                cut(Secrets.masked(cut(said.detail, BODY_CAP), secrets).strip(), DETAIL_CAP),
                cut(text, BODY_CAP),
                asked,
                limits,
                asksToWait == null && status == 429 && limits != null ? limits.untilUserReset(clock) : asksToWait);
    }

    static ErrorAnswer none(Asked asked, String detail) {
        return new ErrorAnswer(0, null, detail, "", asked, null, null);
    }

    /** Without an answer, the time until there may be one. */
    ErrorAnswer after(@Nullable Duration wait) {
        return new ErrorAnswer(status, code, detail, body, asked, rateLimits, wait);
    }

    /** The HTTP status counts, unless it says all is well and the envelope says it is not. */
    static int statusOf(int http, @Nullable Map<?, ?> json) {
        if (isGood(http)
                && json != null
                && json.get("status") instanceof Integer inner
                && inner >= 400
                && inner < 600) {
            return inner;
        }
        return http;
    }

    static boolean isGood(int status) {
        return status >= 200 && status < 300;
    }

    /** Whether a 403 is about the access token and not about what was asked. */
    boolean speaksOfToken() {
        String said = detail.toLowerCase(Locale.ROOT);
        return said.contains("token") || said.contains("expired");
    }

    ErrorAnswer withDetail(String other) {
        return new ErrorAnswer(status, code, other, body, asked, rateLimits, retryAfter);
    }

    boolean usedUpForToday() {
        return rateLimits != null && rateLimits.clientRemaining() != null && rateLimits.clientRemaining() == 0;
    }

    String sentence() {
        return status == 0
                ? "Imgur did not answer " + asked.method + " " + asked.path + ": " + ended(detail)
                : "Imgur answered " + status + " to " + asked.method + " " + asked.path + ": " + ended(detail);
    }

    private static String ended(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    ImgurException asException(@Nullable Throwable cause) {
        String said = detail.toLowerCase(Locale.ROOT);
        if (said.contains("over capacity") || (status >= 400 && body.contains("over capacity"))) {
            return new ImgurException.OverCapacity(this);
        }
        if (status == 451 || said.contains("in your region") || (status >= 400 && body.contains("in your region"))) {
            return new ImgurException.RegionBlocked(this);
        }
        if (status >= 500 || status == 408 || (status >= 400 && said.startsWith("operation timed out"))) {
            return new ImgurException.ServerError(this);
        }
        return switch (status) {
            case 400, 405, 411, 413, 415, 416, 417, 422 -> new ImgurException.BadRequest(this);
            case 401 -> new ImgurException.Unauthorized(this);
            case 403 -> new ImgurException.Forbidden(this);
            case 404, 410 -> new ImgurException.NotFound(this);
            case 409 -> new ImgurException.Conflict(this);
            case 429 -> new ImgurException.RateLimited(this);
            default -> new ImgurException.UnexpectedAnswer(this, cause);
        };
    }

    private static String cut(String text, int cap) {
        return text.length() <= cap ? text : text.substring(0, cap) + "…";
    }

    private record Said(@Nullable String code, String detail) {

        static Said inJson(Map<?, ?> json, String text) {
            if (json.get("errors") instanceof List<?> errors
                    && !errors.isEmpty()
                    && errors.get(0) instanceof Map<?, ?> first) {
                Object detail = first.get("detail") == null ? first.get("status") : first.get("detail");
                return new Said(textOf(first.get("code")), detail == null ? text : detail.toString());
            }
            if (json.get("data") instanceof String detail) {
                return new Said(null, detail);
            }
            Object error = json.get("data") instanceof Map<?, ?> data ? data.get("error") : json.get("error");
            if (error instanceof Map<?, ?> object) {
                Object message = object.get("message");
                return new Said(textOf(object.get("code")), message == null ? object.toString() : message.toString());
            }
            return new Said(null, error == null ? text : error.toString());
        }

        static Said plainly(String text) {
            if (text.isBlank()) {
                return new Said(null, "the body is empty");
            }
            if (!text.stripLeading().startsWith("<")) {
                return new Said(null, text);
            }
            return new Said(null, "a web page came, \"" + PageWords.of(text) + "\"");
        }

        private static @Nullable String textOf(@Nullable Object value) {
            return value == null ? null : value.toString();
        }
    }
}
