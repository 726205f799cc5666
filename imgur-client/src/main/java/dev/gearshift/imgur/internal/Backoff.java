package dev.gearshift.imgur.internal;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: a random part ("full jitter") of a span that doubles with each failure, so
 * that callers that failed together do not come back together. A {@code Retry-After} is obeyed instead, unless it asks
 * for no wait at all; who is asked to wait for longer than {@code longestWait} does not come back.
 *
 * @param base the first span
 * @param cap the longest span
 * @param longestWait the longest {@code Retry-After} that is waited for
 * @param random numbers from 0 up to but not including 1
 */
public record Backoff(Duration base, Duration cap, Duration longestWait, DoubleSupplier random) {

    /** Whether there is another attempt after what the last answer asked for. */
    public boolean waitsFor(@Nullable Duration retryAfter) {
        return retryAfter == null || retryAfter.compareTo(longestWait) <= 0;
    }

    /** The delay after so many failures (at least one), and what the last answer asked for. */
    public Duration delay(int failures, @Nullable Duration retryAfter) {
        if (retryAfter != null && !retryAfter.isZero()) {
            return retryAfter;
        }
        Duration span = base.multipliedBy(1L << Math.min(failures - 1, 20));
        Duration capped = span.compareTo(cap) < 0 ? span : cap;
        return Duration.ofNanos((long) (capped.toNanos() * random.getAsDouble()));
    }
}
