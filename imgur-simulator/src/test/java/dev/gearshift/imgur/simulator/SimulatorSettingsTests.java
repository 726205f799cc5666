package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
final class SimulatorSettingsTests {

    private final SimulatorSettings defaults = SimulatorSettings.defaults();

    @Test
    void defaultsAreTheArticlesGallery() {
        assertThat(defaults)
                .isEqualTo(new SimulatorSettings(
                        0,
                        91,
                        Duration.ZERO,
                        230_400,
                        1,
                        null,
                        true,
                        new CreditLimits(500, 2000, 12_500, 1250, Duration.ofHours(1)),
                        Duration.ofDays(28),
                        20 << 20,
                        false,
                        false,
                        Faults.none()));
    }

    @Test
    void eachValueOutsideItsRangeIsRefusedInOneSentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withPort(70_000))
                .withMessage("The port must be from 0 to 65535 (0 takes any free one), not 70000.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withImages(0))
                .withMessage("The gallery needs at least 1 image, not 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withLatency(Duration.ofMillis(-1)))
                .withMessage("The latency must be from 0 to 1 hour, not PT-0.001S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withImageBytes(511))
                .withMessage("An image takes from 512 to 8388608 bytes, not 511.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withImages(10_000))
                .withMessage("10000 images of 230400 bytes are more than the 512 MiB the simulator holds in memory;"
                        + " lower one of the two, or serve a folder.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withFolder(Path.of("no-such-folder")))
                .withMessage("The images folder no-such-folder does not exist or is not a folder.");
    }

    @Test
    void argumentsCarryTheSettings(@TempDir Path folder) {
        SimulatorSettings settings = defaults.withPort(1234)
                .withImageBytes(1024)
                .withImages(12_345)
                .withLatency(Duration.ofMillis(250))
                .withSeed(-7)
                .withRequireClientId(false)
                .withCredits(new CreditLimits(1, 2, 3, 4, Duration.ofSeconds(5)))
                .withTokenLifetime(Duration.ofSeconds(6))
                .withMaxUploadBytes(7)
                .withHideMature(true)
                .withOddLinks(true)
                .withFaults(Faults.seed(8).rate(0.05, "/3/", Fault.RESET).next(9, Fault.SLOW));
        assertThat(parsed(settings)).isEqualTo(settings);
        SimulatorSettings ofFolder =
                defaults.withFolder(folder.toAbsolutePath()).withImages(3);
        assertThat(parsed(ofFolder)).isEqualTo(ofFolder);
    }

    @Test
    void argumentsTakeLatencyInThreeForms() {
        assertThat(SimulatorMain.settings("--latency", "200ms").latency()).isEqualTo(Duration.ofMillis(200));
        assertThat(SimulatorMain.settings("--latency", "1.5s").latency()).isEqualTo(Duration.ofMillis(1500));
        assertThat(SimulatorMain.settings("--latency", "1500").latency()).isEqualTo(Duration.ofMillis(1500));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorMain.settings("--latency", "soon"))
                .withMessage("--latency takes 200ms, 1s or 1500, not 'soon'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorMain.settings("--colour", "red"))
                .withMessage("--colour is not an option of the simulator.");
    }

    private static SimulatorSettings parsed(SimulatorSettings settings) {
        return SimulatorMain.settings(SimulatorMain.arguments(settings).toArray(String[]::new));
    }
}
