package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.ServerTime;
import dev.gearshift.imgur.internal.SmallModels;
import dev.gearshift.imgur.model.Credits;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer told about Imgur's limits, in its headers or as the answer to {@code GET /3/credits}. Many answers carry
 * only some of them, or none: what was not told is {@code null}, which never means 0. Times are by this machine's clock,
 * however far it is from Imgur's: they are read with the answer's {@code Date} in mind.
 *
 * @param clientLimit credits a day for the application
 * @param clientRemaining credits the application has left today
 * @param userLimit credits an hour for this address or user
 * @param userRemaining credits this address or user has left
 * @param userReset when {@code userRemaining} starts over
 * @param postLimit uploads and other posts an hour
 * @param postRemaining posts left
 * @param postReset when {@code postRemaining} starts over
 */
public record RateLimits(
        @Nullable Long clientLimit,
        @Nullable Long clientRemaining,
        @Nullable Long userLimit,
        @Nullable Long userRemaining,
        @Nullable Instant userReset,
        @Nullable Long postLimit,
        @Nullable Long postRemaining,
        @Nullable Instant postReset) {
    private static final RateLimits NONE = new RateLimits(null, null, null, null, null, null, null, null);

    /** {@code null} if the headers tell nothing. {@code UserReset} is a time, the reset of posts a number of seconds. */
    static @Nullable RateLimits of(HttpHeaders headers, Clock clock) {
        Long userReset = number(headers, "X-RateLimit-UserReset");
        Long postReset = number(headers, "X-Post-Rate-Limit-Reset");
        RateLimits limits = new RateLimits(
                number(headers, "X-RateLimit-ClientLimit"),
                number(headers, "X-RateLimit-ClientRemaining"),
                number(headers, "X-RateLimit-UserLimit"),
                number(headers, "X-RateLimit-UserRemaining"),
                userReset == null ? null : ServerTime.here(Instant.ofEpochSecond(userReset), headers, clock),
                number(headers, "X-Post-Rate-Limit-Limit"),
                number(headers, "X-Post-Rate-Limit-Remaining"),
                postReset == null ? null : clock.instant().plusSeconds(postReset));
        return limits.equals(NONE) ? null : limits;
    }

    /** What the answer to {@code GET /3/credits} tells: what is not in its headers, as of a cache, is in its body. */
    static @Nullable RateLimits ofCredits(HttpHeaders headers, Map<?, ?> json, Clock clock) {
        RateLimits told = of(headers, clock);
        if (!(json.get("data") instanceof Map<?, ?> data)) {
            return told;
        }
        RateLimits first = told == null ? NONE : told;
        Credits body = SmallModels.credits(data);
        Instant reset = body.userReset() == null ? null : ServerTime.here(body.userReset(), headers, clock);
        RateLimits all = new RateLimits(
                either(first.clientLimit, body.clientLimit()),
                either(first.clientRemaining, body.clientRemaining()),
                either(first.userLimit, body.userLimit()),
                either(first.userRemaining, body.userRemaining()),
                first.userReset == null ? reset : first.userReset,
                first.postLimit,
                first.postRemaining,
                first.postReset);
        return all.equals(NONE) ? null : all;
    }

    private static @Nullable Long either(@Nullable Long first, @Nullable Long second) {
        return first == null && second != null && second >= 0 ? second : first;
    }

    /**
     * How long until this address's or user's credits start over; {@code null} if some are left, or that is not told, or
     * the time told is over.
     */
    @Nullable
    Duration untilUserReset(Clock clock) {
        if (userRemaining == null || userRemaining > 0 || userReset == null) {
            return null;
        }
        Duration wait = Duration.between(clock.instant(), userReset);
        return wait.isNegative() || wait.isZero() ? null : wait;
    }

    private static @Nullable Long number(HttpHeaders headers, String name) {
        String text = headers.firstValue(name).map(String::trim).orElse("");
        boolean plain = !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.valueOf(text) : null;
    }
}
