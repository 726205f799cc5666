package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.junit.jupiter.api.util.SetSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ClearSystemProperty(key = "gearshift.parallelism")
@ClearSystemProperty(key = "gearshift.checkPortable")
class SystemSettingsTests {
    @ParameterizedTest
    @CsvSource({
        "gearshift.strategy, GEARSHIFT_STRATEGY",
        "gearshift.parallelism, GEARSHIFT_PARALLELISM",
        "gearshift.checkPortable, GEARSHIFT_CHECK_PORTABLE"
    })
    void propertiesAndVariablesAreNamedAlike(String property, String variable) {
        assertThat(SystemSettings.variable(property)).isEqualTo(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "-3", "2.5", "99999999999"})
    void parallelismIsAWholeNumberAboveZero(String value) {
        SystemSettings setting = new SystemSettings(value, "GEARSHIFT_PARALLELISM");

        assertThatIllegalArgumentException()
                .isThrownBy(setting::positiveInt)
                .withMessage("GEARSHIFT_PARALLELISM must be a whole number above 0, but is \"" + value + "\".");
    }

    @Test
    @SetSystemProperty(key = "gearshift.parallelism", value = "x")
    void aMalformedParallelismNamesTheProperty() {
        assertThatIllegalArgumentException()
                .isThrownBy(StrategySettings::defaults)
                .withMessage("-Dgearshift.parallelism must be a whole number above 0, but is \"x\".");
    }

    @Test
    @SetSystemProperty(key = "gearshift.parallelism", value = "0")
    void zeroIsNoParallelism() {
        assertThatIllegalArgumentException()
                .isThrownBy(StrategySettings::defaults)
                .withMessage("-Dgearshift.parallelism must be a whole number above 0, but is \"0\".");
    }

    @Test
    @SetSystemProperty(key = "gearshift.checkPortable", value = "maybe")
    void checkPortableIsTrueOrFalse() {
        assertThatIllegalArgumentException()
                .isThrownBy(StrategySettings::defaults)
                .withMessage("-Dgearshift.checkPortable must be true or false, but is \"maybe\".");
    }
}
