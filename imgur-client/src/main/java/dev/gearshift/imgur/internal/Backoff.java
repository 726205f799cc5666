package dev.gearshift.imgur.internal;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: a random part ("full jitter") of a span that doubles with each failure, so
 * that callers that failed together do not come back together. A {@code Retry-After} is obeyed instead, unless it asks
 * for no wait at all.
 *
 * @param base the first span
 * @param cap the longest span
 * @param retryAfterCap the longest {@code Retry-After} obeyed in full
 * @param random numbers from 0 up to but not including 1
 */
public record Backoff(Duration base, Duration cap, Duration retryAfterCap, DoubleSupplier random) {

    /** The delay after so many failures (at least one), and what the last answer asked for. */
    public Duration delay(int failures, @Nullable Duration retryAfter) {
        if (retryAfter != null && !retryAfter.isZero()) {
            return retryAfter.compareTo(retryAfterCap) < 0 ? retryAfter : retryAfterCap;
        }
        Duration span = base.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration capped = span.compareTo(cap) < 0 ? span : cap;
        return Duration.ofNanos((long) (capped.toNanos() * random.getAsDouble()));
    }
}
