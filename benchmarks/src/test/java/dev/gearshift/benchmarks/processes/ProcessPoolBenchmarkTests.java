package dev.gearshift.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That it runs, and what it writes; never how fast anything is. */
@Tag("once")
@Timeout(300)
class ProcessPoolBenchmarkTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aQuickRunMeasures() throws Exception {
        Path json = folder.resolve("pool.json");
        Path markdown = folder.resolve("pool.md");
        assertThat(run(
                        "--quick",
                        "--only",
                        "roundtrip,death",
                        "--json",
                        json.toString(),
                        "--markdown",
                        markdown.toString()))
                .as(progress.toString(StandardCharsets.UTF_8))
                .isZero();
        JsonNode comparison = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(stream(comparison.get("groups"))
                        .map(group -> group.get("group").asString()))
                .containsExactly("roundtrip", "death");
        for (JsonNode group : comparison.get("groups")) {
            for (JsonNode row : group.get("rows")) {
                assertRow(row);
            }
        }
        assertThat(Files.readString(markdown))
                .contains("### No-op round trip", "| p50, all CPUs, µs | ")
                .isEqualToIgnoringNewLines(out.toString(StandardCharsets.UTF_8));
    }

    /** Each contender has its number or says why not, and Gearshift has it wherever this machine allows. */
    private static void assertRow(JsonNode row) {
        assertThat(stream(row.get("cells")).map(cell -> cell.get("contender").asString()))
                .startsWith("Gearshift")
                .endsWith("ProcessPoolExecutor", "multiprocessing.Pool", "pebble");
        for (JsonNode cell : row.get("cells")) {
            assertThat(cell.get("median").isNumber() || cell.get("absent").isString())
                    .as(cell.toString())
                    .isTrue();
        }
        JsonNode ours = row.get("cells").get(0);
        if (ours.get("absent").isNull()) {
            assertThat(ours.get("samples").size()).isPositive();
            assertThat(ours.get("min").asDouble())
                    .isLessThanOrEqualTo(ours.get("median").asDouble());
            assertThat(ours.get("max").asDouble())
                    .isGreaterThanOrEqualTo(ours.get("median").asDouble());
        } else {
            assertThat(ours.get("absent").asString()).endsWith(" here");
        }
    }

    @Test
    void withoutPythonTheRestRuns() throws Exception {
        assertThat(run(
                        "--quick",
                        "--only",
                        "memory",
                        "--python",
                        folder.resolve("none").toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("no Python,", "| no Python here | no Python here | no Python here |");
    }

    @Test
    void nonsenseIsAnsweredWithTheUsage() throws Exception {
        assertThat(run("--only", "speed")).isEqualTo(2);
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("There is no group speed.\n\n" + Options.USAGE);
    }

    private int run(String... arguments) throws Exception {
        return ProcessPoolBenchmark.run(List.of(arguments), print(out), print(progress));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }
}
