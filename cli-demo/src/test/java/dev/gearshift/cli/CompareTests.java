package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class CompareTests {
    private static final int IMAGES = 16;
    private static final int IMAGE_BYTES = 3000;

    @TempDir
    private Path folder;

    private Set<Path> temporary = Set.of();

    @BeforeEach
    void rememberTemporaryFolders() throws IOException {
        temporary = temporaryFolders();
    }

    @AfterEach
    void leavesNoTemporaryFolderAndNoProcess() throws IOException {
        assertThat(temporaryFolders()).isEqualTo(temporary);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void printsBothTablesWithARowForEachStrategy() {
        Ran ran = compare("--latency", "20ms");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains(IMAGES + " images in the gallery; GIFs and albums left out.");
        assertThat(ran.out())
                .contains("Download: 16 images at 20 ms each (Java " + Runtime.version())
                .contains("Thumbnails: the same images, 128x128")
                .contains("seconds", "ideal", "faster", "images/s", "CPU s", "peak threads", "peak in flight")
                .endsWith("Every download was verified by size and SHA-256 against what the server has."
                        + System.lineSeparator());
        for (String strategy : List.of("async", "processes", "redis", "sequential", "threads", "virtual")) {
            assertThat(ran.out().lines().filter(line -> line.startsWith(strategy)))
                    .as("rows of %s in%n%s", strategy, ran.out())
                    .hasSize(2);
        }
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "there are virtual threads")
    void givesAStrategyThatCannotRunHereARowWithTheReason() {
        JsonNode report =
                compare("--latency", "1ms", "--strategies", "virtual", "--json").json();

        JsonNode row = report.get("downloads").get(1);
        assertThat(row.get("strategy").asString()).isEqualTo("virtual");
        assertThat(row.get("reason").asString()).startsWith("it needs Java 21");
        assertThat(row.get("seconds").isNull()).isTrue();
    }

    /** As where the temporary folder is on a disk from which no program may be run. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRedisThatCannotBeStartedIsARowWithTheReasonAndTheOthersRun() throws Exception {
        Path program = Files.createFile(folder.resolve("redis-server"));

        Ran ran = Child.run(
                folder,
                Map.of("REDIS_SERVER_BIN", program.toString()),
                Workers.java("compare"),
                "--count",
                "2",
                "--image-bytes",
                "2000",
                "--latency",
                "1ms",
                "--strategies",
                "redis,threads",
                "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode rows = ran.json().get("downloads");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).get("strategy").asString()).isEqualTo("redis");
        assertThat(rows.get(1).get("reason").asString())
                .startsWith("a server or a worker of its own cannot be started (Cannot run program \"" + program + "\"")
                .endsWith("): name a redis-server in REDIS_SERVER_BIN, and see to it that programs may be run from"
                        + " java.io.tmpdir.");
        assertThat(rows.get(2).get("failed").asInt()).isZero();
        assertThat(rows.get(2).get("seconds").isNull()).isFalse();
    }

    @Test
    void keepsWhatTheServerHasAndCountsAsTheServerDoes() throws IOException {
        Ran ran = compare("--strategies", "threads", "--latency", "20ms", "--json", "--out", folder.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode report = ran.json();
        assertThat(report.get("images").asInt()).isEqualTo(IMAGES);
        assertThat(report.get("latencySeconds").asDouble()).isEqualTo(0.02);
        assertThat(report.get("problems").isEmpty()).isTrue();
        assertThat(report.get("downloads")).hasSize(2);
        JsonNode sequential = report.get("downloads").get(0);
        JsonNode threads = report.get("downloads").get(1);
        assertThat(sequential.get("strategy").asString()).isEqualTo("sequential");
        assertThat(sequential.get("peakInFlight").asInt()).isEqualTo(1);
        assertThat(sequential.get("seconds").asDouble()).isGreaterThan(IMAGES * 0.02);
        assertThat(sequential.get("timesFaster").isNull()).isTrue();
        assertThat(threads.get("workers").asInt()).isEqualTo(8);
        assertThat(threads.get("peakInFlight").asInt()).isBetween(2, 8);
        assertThat(threads.get("idealSeconds").asDouble()).isEqualTo(0.04);
        assertThat(threads.get("failed").asInt()).isZero();
        double times =
                sequential.get("seconds").asDouble() / threads.get("seconds").asDouble();
        assertThat(threads.get("timesFaster").asDouble()).isCloseTo(times, withinPercentage(1));
        assertThat(report.get("thumbnails")).hasSize(2);

        // The same settings make the same pictures, here as in the process that served them.
        try (ImgurSimulator same = ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(IMAGES).withImageBytes(IMAGE_BYTES))) {
            Served.assertHolds(folder.resolve("sequential"), same.images());
            Served.assertHolds(folder.resolve("threads"), same.images());
            long bytes = same.images().stream().mapToLong(ServedImage::bytes).sum();
            double seconds = threads.get("seconds").asDouble();
            assertThat(threads.get("megabytesPerSecond").asDouble() * seconds * 1e6)
                    .isBetween(bytes - 1.0, bytes + 1.0);
        }
        assertThat(Served.names(folder.resolve("threads/thumbnails"))).hasSize(IMAGES);
        assertThat(folder.resolve("warm-up")).doesNotExist();
    }

    @Test
    void servesTheFilesOfAFolder() throws IOException {
        TestPictures.write(folder.resolve("a.jpg"), 300, 200);
        TestPictures.write(folder.resolve("b.png"), 200, 300);
        Files.writeString(folder.resolve("c.txt"), "no picture");

        Ran ran = gearshift(
                "compare", "--images", folder.toString(), "--latency", "1ms", "--strategies", "async", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().get("images").asInt()).isEqualTo(2);
        assertThat(ran.json().get("downloads").get(1).get("strategy").asString())
                .isEqualTo("async");
    }

    /** The server has told the hash of each file, and then one of them changes: as long as before, but other bytes. */
    @Test
    void noticesADownloadThatIsNotWhatTheServerHas() throws IOException {
        TestPictures.write(folder.resolve("a.jpg"), 300, 200);
        Path changed = TestPictures.write(folder.resolve("b.jpg"), 320, 200);
        Files.write(changed, new byte[] {0}, StandardOpenOption.APPEND); // Behind the picture, where no decoder looks.
        StringWriter err = new StringWriter() {
            private boolean done;

            @Override
            public void flush() {
                if (!done && toString().contains("images in the gallery")) {
                    done = true;
                    changeLastByte(changed);
                }
            }
        };

        Ran ran = Ran.run(
                "", err, "compare", "--images", folder.toString(), "--latency", "1ms", "--strategies", "threads");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("failed").doesNotContain("Every download was verified");
        assertThat(ran.out().lines().reduce((before, last) -> last).orElse(""))
                .matches("2 failed, such as: sequential: downloading: \\w+\\.jpg: does not match what the server has,"
                        + " by size and SHA-256");
    }

    private static void changeLastByte(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ran compare(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("compare", "--count", String.valueOf(IMAGES), "--image-bytes", String.valueOf(IMAGE_BYTES)));
        arguments.addAll(List.of(more));
        return gearshift(arguments.toArray(String[]::new));
    }

    private static Set<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "gearshift-compare-" + ProcessHandle.current().pid() + "-";
            return new HashSet<>(
                    files.filter(file -> file.getFileName().toString().startsWith(own))
                            .toList());
        }
    }
}
