package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RetryAfterTests {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0                             | PT0S
                    120                           | PT2M
                    Wed, 25 Nov 2026 12:00:30 GMT | PT30S
                    Wed, 25 Nov 2026 11:00:00 GMT | PT0S
                    99999999999999999999          | PT8760H
                    """)
    void bothForms(String value, Duration wait) {
        assertThat(of(value)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-3", "1.5", "Wed, 32 Nov 2026 12:00:30 GMT"})
    void whatNobodyCanReadIsNoWait(String value) {
        assertThat(of(value)).isNull();
    }

    /** The server's clock is an hour behind this one. */
    @Test
    void aDateIsReadByTheClockOfWhoToldIt() {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "date", List.of("Wed, 25 Nov 2026 11:00:00 GMT"),
                        "retry-after", List.of("Wed, 25 Nov 2026 11:00:30 GMT")),
                (name, value) -> true);

        assertThat(RetryAfter.of(headers, NOON)).isEqualTo(Duration.ofSeconds(30));
        assertThat(ServerTime.here(NOON.instant(), headers, NOON)).isEqualTo("2026-11-25T13:00:00Z");
    }

    @Test
    void aDateThatNobodyCanReadSaysNothing() {
        HttpHeaders headers = HttpHeaders.of(Map.of("date", List.of("noon")), (name, value) -> true);

        assertThat(ServerTime.here(NOON.instant(), headers, NOON)).isEqualTo(NOON.instant());
    }

    @Test
    void absentIsNoWait() {
        assertThat(RetryAfter.of(HttpHeaders.of(Map.of(), (name, value) -> true), NOON))
                .isNull();
    }

    private static @Nullable Duration of(String value) {
        return RetryAfter.of(HttpHeaders.of(Map.of("retry-after", List.of(value)), (n, v) -> true), NOON);
    }
}
