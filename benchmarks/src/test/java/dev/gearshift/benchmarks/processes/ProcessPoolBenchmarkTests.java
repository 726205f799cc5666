package dev.gearshift.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.benchmarks.comparison.BenchmarkRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That it runs, and what it writes; never how fast anything is. */
@Tag("system")
@Timeout(300)
class ProcessPoolBenchmarkTests {
    private final BenchmarkRun benchmark = new BenchmarkRun(ProcessPoolBenchmark::run);

    @TempDir
    Path folder;

    @Test
    void aQuickRunMeasuresRoundTrips() throws Exception {
        aQuickRunMeasures("roundtrip");
    }

    @Tag("proof")
    @Test
    void aQuickRunMeasuresDeathsToo() throws Exception {
        aQuickRunMeasures("roundtrip,death");
    }

    private void aQuickRunMeasures(String groups) throws Exception {
        Path json = folder.resolve("pool.json");
        Path markdown = folder.resolve("pool.md");
        assertThat(benchmark.run(
                        "--quick", "--only", groups, "--json", json.toString(), "--markdown", markdown.toString()))
                .as(benchmark.progress())
                .isZero();
        JsonNode comparison = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(BenchmarkRun.stream(comparison.get("groups"))
                        .map(group -> group.get("group").asString()))
                .containsExactly(groups.split(","));
        for (JsonNode group : comparison.get("groups")) {
            for (JsonNode row : group.get("rows")) {
                assertRow(row);
            }
        }
        assertThat(Files.readString(markdown))
                .contains("### No-op round trip", "| p50, all CPUs, µs | ")
                .isEqualToIgnoringNewLines(benchmark.out());
    }

    private static void assertRow(JsonNode row) {
        BenchmarkRun.assertRow(row);
        assertThat(BenchmarkRun.stream(row.get("cells"))
                        .map(cell -> cell.get("contender").asString()))
                .startsWith("Gearshift")
                .endsWith("ProcessPoolExecutor", "multiprocessing.Pool", "pebble");
    }

    @Test
    void withoutPythonTheRestRuns() throws Exception {
        assertThat(benchmark.run(
                        "--quick",
                        "--only",
                        "memory",
                        "--python",
                        folder.resolve("none").toString()))
                .isZero();
        assertThat(benchmark.out()).contains("no Python,", "| no Python here | no Python here | no Python here |");
    }

    @Test
    void nonsenseIsAnsweredWithTheUsage() throws Exception {
        assertThat(benchmark.run("--only", "speed")).isEqualTo(2);
        assertThat(benchmark.progress()).isEqualToIgnoringNewLines("There is no group speed.\n\n" + Options.USAGE);
    }
}
