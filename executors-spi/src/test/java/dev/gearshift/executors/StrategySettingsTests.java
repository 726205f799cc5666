package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.api.util.SetSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ClearSystemProperty(key = "gearshift.parallelism")
@ClearSystemProperty(key = "gearshift.checkPortable")
class StrategySettingsTests {
    @Test
    void nothingIsSetByDefault() {
        assertThat(StrategySettings.defaults())
                .isEqualTo(new StrategySettings(OptionalInt.empty(), false, Set.of(), List.of()));
    }

    @Test
    @SetSystemProperty(key = "gearshift.parallelism", value = " 12 ")
    @SetSystemProperty(key = "gearshift.checkPortable", value = "True")
    void propertiesAreTheDefaultsAndCodeWins() {
        StrategySettings settings = StrategySettings.defaults();

        assertThat(settings.parallelism()).hasValue(12);
        assertThat(settings.checkPortable()).isTrue();
        assertThat(settings.withParallelism(3).parallelism()).hasValue(3);
        assertThat(settings.withCheckPortable(false).checkPortable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void parallelismIsOneOrMore(int parallelism) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategySettings.defaults().withParallelism(parallelism))
                .withMessage("parallelism must be 1 or more, but is " + parallelism + ".");
    }

    @Test
    void requirementsAddUp() {
        StrategySettings settings = StrategySettings.defaults()
                .requiring(Capability.ISOLATED)
                .requiring(Capability.DELAYS, Capability.ISOLATED);

        assertThat(settings.required()).containsExactlyInAnyOrder(Capability.DELAYS, Capability.ISOLATED);
    }

    @Test
    void whatIsRequiredMustBeThere() {
        StrategySettings settings = StrategySettings.defaults().requiring(Capability.ISOLATED, Capability.QUEUES);

        settings.checkFor(BareStrategy.with(Capability.QUEUES, Capability.ISOLATED));
        assertThatExceptionOfType(MissingCapabilityException.class)
                .isThrownBy(() -> settings.checkFor(BareStrategy.with(Capability.ISOLATED)))
                .satisfies(missing -> assertThat(missing.capability()).isEqualTo(Capability.QUEUES));
    }

    @Test
    void aStrategyThatCannotRunHereDoesNotOpen() {
        BareStrategy strategy = new BareStrategy("future", Set.of(), Optional.of("it needs Java 99"));

        assertThatIllegalStateException()
                .isThrownBy(() -> StrategySettings.defaults().checkFor(strategy))
                .withMessage("""
                        ConcurrencyStrategy "future" cannot run here: it needs Java 99.
                        See docs/strategy-selection.md#unusable""");
    }

    @Test
    void checkPortableNeedsACheck() {
        assertThat(StrategySettings.defaults().portabilityCheck()).isNull();
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        StrategySettings.defaults().withCheckPortable(true).portabilityCheck())
                .withMessage("""
                        gearshift.checkPortable is on, but nothing on the classpath can check tasks. \
                        Add dev.gearshift:executors-wire:%s as a runtime dependency, or turn the setting off.
                        See docs/strategy-selection.md#check-portable""", KnownStrategies.SPI.version());
    }
}
