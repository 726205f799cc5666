package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code download} of 2,000 images where one request in twenty goes wrong: what it says is there is whole, what it says is
 * not there is not, and running it again does the rest.
 */
@Tag("system")
final class FaultyDownloadTests {
    private static final int IMAGES = 2000;
    private static final int RUNS = 8;

    /** New images come to the front, of which the simulator does not tell the hashes. */
    private static final Fault NEWCOMERS = Fault.SHIFTED;

    /** Nothing comes any more: each costs the 30 s after which a download gives up waiting. */
    private static final List<Fault> ENDLESS = List.of(Fault.STALLED, Fault.SILENT);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource("threads, 1")
    @Timeout(120)
    void eachImageIsWholeOrReportedAndTheNextRunDoesTheRest(String strategy, long seed) throws IOException {
        download(strategy, seed, fault -> fault != NEWCOMERS && !ENDLESS.contains(fault));
    }

    @Tag("proof")
    @ParameterizedTest
    @CsvSource({"threads, 2", "async, 3", "threads, 4", "async, 5"})
    @Timeout(600)
    void soWithAllThatCanGoWrong(String strategy, long seed) throws IOException {
        download(strategy, seed, fault -> fault != NEWCOMERS);
    }

    private void download(String strategy, long seed, Predicate<Fault> wanted) throws IOException {
        Fault[] kinds = Arrays.stream(Fault.values()).filter(wanted).toArray(Fault[]::new);
        try (ImgurSimulator imgur = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(IMAGES)
                .withImageBytes(700)
                .withFaults(Faults.seed(seed).rate(0.05, kinds).withSlowness(Duration.ofMillis(300))))) {
            int exitCode = Main.FAILED;
            for (int run = 0; run < RUNS && exitCode != 0; run++) {
                Ran ran = gearshift(
                        "download",
                        "gallery:hot",
                        "--strategy",
                        strategy,
                        "--parallelism",
                        "32",
                        "--json",
                        "--api",
                        imgur.apiUri().toString(),
                        "--out",
                        out().toString());
                exitCode = ran.exitCode();
                if (exitCode == Main.FAILED && ran.out().isEmpty()) {
                    assertThat(ran.err()).contains("not listed: gallery:hot: Imgur ");
                    continue;
                }
                assertAccount(imgur, ran);
            }
            assertThat(exitCode).isZero();
            assertThat(Served.assertEachWhole(out(), imgur.images())).isEqualTo(IMAGES);
            assertThat(imgur.stats().overBudget()).isZero();
            assertThat(imgur.stats().faults().keySet()).hasSizeGreaterThan(10);
        }
    }

    private void assertAccount(ImgurSimulator imgur, Ran ran) throws IOException {
        JsonNode report = ran.json();
        int found = report.get("found").asInt();
        int there = report.get("done").asInt() + report.get("alreadyThere").asInt();
        List<String> failures = report.get("failures").findValuesAsString("what");
        assertThat(there + failures.size()).isEqualTo(found);
        assertThat(Served.assertEachWhole(out(), imgur.images()))
                .as("what is there is whole, and as many as were reported")
                .isGreaterThanOrEqualTo(there);
        assertThat(failures).allSatisfy(name -> assertThat(out().resolve(name)).doesNotExist());
        try (Stream<Path> files = Files.list(out())) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
        assertThat(ran.exitCode() == 0)
                .isEqualTo(failures.isEmpty()
                        && report.get("listing").get("notListed").isEmpty());
    }

    private Path out() {
        return folder.resolve("images");
    }
}
