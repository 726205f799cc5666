package dev.gearshift.benchmarks.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.benchmarks.comparison.BenchmarkRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That it runs, and what it writes; never how fast anything is. */
@Tag("system")
@Timeout(300)
class QueueBenchmarkTests {
    private final BenchmarkRun benchmark = new BenchmarkRun(QueueBenchmark::run);

    @TempDir
    Path folder;

    @Test
    void aQuickRunMeasuresRoundTripsWithoutPython() throws Exception {
        aQuickRunMeasures("roundtrip", "--python", folder.resolve("none").toString());
    }

    @Tag("proof")
    @Test
    void aQuickRunMeasuresAll() throws Exception {
        aQuickRunMeasures("roundtrip,backlog");
    }

    @Test
    void aQuickRunMeasuresWhatATaskCosts() throws Exception {
        Path json = folder.resolve("queue.json");

        assertThat(benchmark.run("--quick", "--only", "cost", "--json", json.toString()))
                .as(benchmark.progress())
                .isZero();

        JsonNode rows = JsonMapper.shared()
                .readTree(Files.readString(json))
                .get("groups")
                .get(0)
                .get("rows");
        assertThat(rows).hasSize(Group.COST.figures().size());
        for (JsonNode row : rows) {
            assertThat(row.get("cells").get(0).get("median").asDouble())
                    .as(row.toString())
                    .isBetween(1.0, 10_000.0);
        }
    }

    private void aQuickRunMeasures(String groups, String... more) throws Exception {
        Path json = folder.resolve("queue.json");
        Path markdown = folder.resolve("queue.md");
        List<String> options = new ArrayList<>(
                List.of("--quick", "--only", groups, "--json", json.toString(), "--markdown", markdown.toString()));
        options.addAll(List.of(more));
        assertThat(benchmark.run(options.toArray(String[]::new)))
                .as(benchmark.progress())
                .isZero();
        JsonNode comparison = JsonMapper.shared().readTree(Files.readString(json));
        for (JsonNode group : comparison.get("groups")) {
            for (JsonNode row : group.get("rows")) {
                BenchmarkRun.assertRow(row);
                assertThat(BenchmarkRun.stream(row.get("cells"))
                                .map(cell -> cell.get("contender").asString()))
                        .containsExactly(
                                "Gearshift, threads",
                                "Gearshift, threads, 16 at once",
                                "Gearshift, processes",
                                "RQ SimpleWorker",
                                "RQ Worker",
                                "Celery");
                assertThat(row.get("cells").get(1).get("median").isNumber()).isTrue();
            }
        }
        assertThat(Files.readString(markdown))
                .contains("### No-op round trip", "| p50, one worker, ms | ")
                .isEqualToIgnoringNewLines(benchmark.out());
    }

    @Test
    void nonsenseIsAnsweredWithTheUsage() throws Exception {
        assertThat(benchmark.run("--fast")).isEqualTo(2);
        assertThat(benchmark.progress()).isEqualToIgnoringNewLines("There is no option --fast.\n\n" + Options.USAGE);
    }
}
