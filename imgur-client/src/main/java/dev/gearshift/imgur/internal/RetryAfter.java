package dev.gearshift.imgur.internal;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} in both its forms. */
public final class RetryAfter {
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private RetryAfter() {}

    /** How long the server asks to wait, not negative; {@code null} if it does not say, or says what nobody can read. */
    public static @Nullable Duration of(HttpHeaders headers, Clock clock) {
        String value = headers.firstValue("Retry-After").map(String::trim).orElse("");
        if (value.isEmpty()) {
            return null;
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > 9
                    ? Duration.ofSeconds(LONGEST_SECONDS)
                    : Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_SECONDS));
        }
        try {
            Instant when = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), ServerTime.here(when, headers, clock));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException neitherForm) {
            return null;
        }
    }
}
