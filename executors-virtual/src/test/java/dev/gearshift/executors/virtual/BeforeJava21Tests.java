package dev.gearshift.executors.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySelectionException;
import dev.gearshift.executors.StrategySettings;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** It loads where it cannot run, and says so. */
@Timeout(60)
@EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "there are virtual threads")
class BeforeJava21Tests {
    private static final String REASON = "it needs Java 21, this is "
            + Runtime.version().version().stream().map(String::valueOf).collect(Collectors.joining("."));

    private final VirtualStrategy virtual = new VirtualStrategy();

    @Test
    void saysWhy() {
        assertThat(virtual.unavailableBecause()).hasValue(REASON);
    }

    @Test
    void doesNotOpen() {
        assertThatIllegalStateException()
                .isThrownBy(() -> virtual.open(StrategySettings.defaults()))
                .withMessage("""
                        ConcurrencyStrategy "virtual" cannot run here: %s.
                        See docs/strategy-selection.md#unusable""", REASON);
    }

    @Test
    void isNotChosen() {
        assertThatExceptionOfType(StrategySelectionException.class)
                .isThrownBy(() -> ConcurrencyStrategies.choose("virtual"))
                .withMessageContaining(") cannot run here: " + REASON + ".\n");
    }
}
