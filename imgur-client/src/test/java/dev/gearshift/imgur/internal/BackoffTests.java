package dev.gearshift.imgur.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackoffTests {

    @Test
    void spansDoubleUpToTheCap() {
        Backoff backoff = backoff(1.0);

        assertThat(IntStream.rangeClosed(1, 6).mapToObj(n -> backoff.delay(n, null)))
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofMillis(1000),
                        Duration.ofMillis(1000));
        assertThat(backoff.delay(Integer.MAX_VALUE, null)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void jitterIsFull() {
        assertThat(backoff(0).delay(3, null)).isZero();
        assertThat(backoff(0.25).delay(3, null)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void retryAfterIsObeyedOrThereIsNoOtherAttempt() {
        assertThat(backoff(0).delay(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(backoff(0).waitsFor(Duration.ofMinutes(1))).isTrue();
        assertThat(backoff(0).waitsFor(Duration.ofSeconds(61))).isFalse();
        assertThat(backoff(0).waitsFor(null)).isTrue();
    }

    @Test
    void aWaitOfNothingIsNoReasonToComeBackAtOnce() {
        assertThat(backoff(0.5).delay(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(50));
        assertThat(backoff(0.5).delay(2, Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    }

    private static Backoff backoff(double random) {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1), () -> random);
    }
}
