package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryTests {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @ParameterizedTest
    @CsvSource({
        "1, 100",
        "2, 200",
        "3, 400",
        "4, 800",
        "5, 1600",
        "6, 3200",
        "7, 6400",
        "8, 10000",
        "9, 10000",
        "100, 10000"
    })
    void theWaitDoublesUpToItsCapAndHalfOfItIsRandom(int attempt, long fullMillis) {
        long full = Duration.ofMillis(fullMillis).toNanos();

        LongSummaryStatistics waits = waits(Retry.upTo(200), attempt);

        assertThat(waits.getMin()).isBetween(full / 2, full / 2 + full / 20);
        assertThat(waits.getMax()).isBetween(full - full / 20, full);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 100, Integer.MAX_VALUE})
    void noWaitStaysNoWait(int attempt) {
        Retry retry = Retry.upTo(200).withBackoff(Duration.ZERO, Duration.ofSeconds(10));

        assertThat(retry.backoffNanos(attempt)).isZero();
        assertThat(Retry.none().backoffNanos(attempt)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 61, 62, 63, 64, 65, 66, 100, Integer.MAX_VALUE})
    void noWaitOverflows(int attempt) {
        assertThat(waits(Retry.upTo(200).withBackoff(Duration.ofNanos(1), FOREVER), attempt)
                        .getMin())
                .isNotNegative();
        assertThat(waits(Retry.upTo(200).withBackoff(Duration.ofDays(1), FOREVER), attempt)
                        .getMin())
                .isPositive();
        assertThat(waits(Retry.upTo(200).withBackoff(FOREVER, FOREVER), attempt).getMin())
                .isGreaterThanOrEqualTo(Long.MAX_VALUE / 2);
    }

    private static LongSummaryStatistics waits(Retry retry, int attempt) {
        return LongStream.generate(() -> retry.backoffNanos(attempt))
                .limit(1_000)
                .summaryStatistics();
    }

    @Test
    void againUpToTheLastAttemptOnTheNamedFailures() {
        Retry retry = Retry.upTo(3).on(IOException.class);

        assertThat(retry.again(1, new IOException())).isTrue();
        assertThat(retry.again(2, new FileNotFoundException())).isTrue();
        assertThat(retry.again(3, new IOException())).isFalse();
        assertThat(retry.again(1, new IllegalStateException())).isFalse();
        assertThat(Retry.upTo(2).again(1, new AssertionError())).isFalse();
        assertThat(Retry.none().again(1, new IOException())).isFalse();
    }

    @Test
    void theRangesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retry.upTo(0))
                .withMessage("attempts must be 1 or more, but is 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retry.upTo(2).onLostWorker(-1))
                .withMessage("lostWorkers must be 0 or more, but is -1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retry.upTo(2).withBackoff(Duration.ofMillis(-1), Duration.ofSeconds(1)))
                .withMessage("backoff must not be negative nor above maxBackoff, but is -1 ms of at most 1 s.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retry.upTo(2).withBackoff(Duration.ofMillis(2_500), Duration.ofSeconds(1)))
                .withMessage("backoff must not be negative nor above maxBackoff, but is 2.5 s of at most 1 s.");
    }
}
