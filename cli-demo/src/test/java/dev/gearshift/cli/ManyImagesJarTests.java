package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** A thousand downloads at once, in a small heap. */
@Tag("system")
@Timeout(180)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
final class ManyImagesJarTests {
    private static final int IMAGES = 10_000;

    @TempDir
    private Path folder;

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
    void tenThousandImagesOnAThousandVirtualThreads() throws Exception {
        tenThousandImages("virtual");
    }

    @Test
    void tenThousandImagesOnFewThreads() throws Exception {
        assertThat(tenThousandImages("async").json().get("peakThreads").asInt()).isLessThanOrEqualTo(20);
    }

    private Ran tenThousandImages(String strategy) throws Exception {
        try (ImgurSimulator imgur = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImageBytes(1024)
                .withImages(IMAGES)
                .withLatency(Duration.ofMillis(50)))) {
            Path addresses = Files.write(
                    folder.resolve("addresses"),
                    imgur.images().stream()
                            .map(image -> image.link().toString())
                            .toList());
            Ran ran = Child.run(
                    folder,
                    List.of("-Xmx128m", "-jar", System.getProperty("gearshift.jar")),
                    "download",
                    "@" + addresses,
                    "--out",
                    folder.resolve("images").toString(),
                    "--strategy",
                    strategy,
                    "--parallelism",
                    "1000",
                    "--json");

            assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
            assertThat(ran.json().get("done").asInt()).isEqualTo(IMAGES);
            assertThat(ran.json().get("failed").asInt()).isZero();
            assertThat(imgur.stats().imageRequests()).isEqualTo(IMAGES);
            assertThat(imgur.stats().aborted()).isZero();
            assertThat(imgur.stats().peakInFlight()).isBetween(500L, 1000L);
            Served.assertHolds(folder.resolve("images"), imgur.images());
            return ran;
        }
    }
}
