package dev.gearshift.imgur.internal;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Brings times that a server tells to this machine's clock: the two may differ by minutes. */
public final class ServerTime {
    /** What is farther off is no time to wait for. */
    private static final Duration FAR = Duration.ofDays(400);

    private ServerTime() {}

    /**
     * When it will be that time at the server, by this clock. The {@code Date} of the answer says what time it is there;
     * without one the clocks are taken to agree. Never early, and late by two seconds at most, as dates have whole ones.
     */
    public static Instant here(Instant there, HttpHeaders headers, Clock clock) {
        Instant date = date(headers);
        Duration ahead = date == null ? FAR : Duration.between(date, there);
        if (ahead.abs().compareTo(FAR) >= 0) {
            return there;
        }
        Instant here = clock.instant().plus(ahead);
        Instant whole = here.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(here) ? here : whole.plusSeconds(1);
    }

    private static @Nullable Instant date(HttpHeaders headers) {
        String value = headers.firstValue("Date").map(String::trim).orElse("");
        if (value.isEmpty()) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException nobodyCanReadIt) {
            return null;
        }
    }
}
