package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskOptionsTests {
    private final TaskOptions options = TaskOptions.defaults();

    @Test
    void aTimeoutIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTimeout(Duration.ZERO))
                .withMessage("timeout must be positive, but is 0 ms.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTimeout(Duration.ofSeconds(-2)))
                .withMessage("timeout must be positive, but is -2 s.");
        assertThat(options.withTimeout(Duration.ofNanos(1)).withTimeout(null)).isEqualTo(options);
    }

    @Test
    void aDelayIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withDelay(Duration.ofMillis(-5)))
                .withMessage("delay must not be negative, but is -5 ms.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withDelay(Duration.ofSeconds(Long.MIN_VALUE)))
                .withMessage("delay must not be negative, but is -9223372036854775808 s.");
    }

    @Test
    void whatIsSetNeedsACapability() {
        assertThat(options.withTimeout(Duration.ofSeconds(1))
                        .withRetry(Retry.upTo(3))
                        .needs())
                .isEmpty();
        assertThat(options.withDelay(Duration.ofNanos(1)).needs()).containsExactly(Capability.DELAYS);
        assertThat(options.withPriority(-1).needs()).containsExactly(Capability.PRIORITIES);
        assertThat(options.withQueue("slow").needs()).containsExactly(Capability.QUEUES);
        assertThat(options.withQueue("slow").withQueue(null).needs()).isEmpty();
    }
}
