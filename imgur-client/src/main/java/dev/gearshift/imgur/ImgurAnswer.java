package dev.gearshift.imgur;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer: the value and what came with it. Safe for use by many threads.
 *
 * @param <T> what the answer was read as
 */
public final class ImgurAnswer<T> {
    private final T value;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final @Nullable RateLimits rateLimits;
    private final int attempts;
    private final Duration elapsed;

    ImgurAnswer(
            T value,
            int status,
            HttpHeaders headers,
            byte[] body,
            @Nullable RateLimits rateLimits,
            int attempts,
            Duration elapsed) {
        this.value = value;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.rateLimits = rateLimits;
        this.attempts = attempts;
        this.elapsed = elapsed;
    }

    /** What was asked for. */
    public T value() {
        return value;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers as they came. */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * The body as it came, as text, and all of it. It may hold secrets, such as the deletehash of an image that was just
     * uploaded.
     */
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** What the headers told about limits; {@code null} if nothing. */
    public @Nullable RateLimits rateLimits() {
        return rateLimits;
    }

    /** How many attempts it took; 1 or more. */
    public int attempts() {
        return attempts;
    }

    /** From the start of the last attempt to the last byte of its answer. */
    public Duration elapsed() {
        return elapsed;
    }

    /** The status, attempts and time; nothing of the body. */
    @Override
    public String toString() {
        return "ImgurAnswer[status=" + status + ", attempts=" + attempts + ", elapsed=" + elapsed.toMillis() + " ms]";
    }
}
