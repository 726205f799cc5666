package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of a {@code compare} has, for programs and for {@code jfr print --events gearshift.Task}. */
@Timeout(90)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
final class FlightRecordingJarTests {
    private static final int IMAGES = 6;
    private static final Duration LATENCY = Duration.ofMillis(30);

    @TempDir
    private static Path folder;

    private static Path recording;

    @BeforeAll
    static void record() throws Exception {
        recording = folder.resolve("compare.jfr");
        Ran ran = Child.run(
                folder,
                List.of("-XX:StartFlightRecording=filename=" + recording, "-jar", System.getProperty("gearshift.jar")),
                "compare",
                "--count",
                String.valueOf(IMAGES),
                "--latency",
                LATENCY.toMillis() + "ms",
                "--image-bytes",
                "2048",
                "--strategies",
                "threads");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    @Test
    void compareRecordsEachTaskWithStrategyWaitRunAndOutcome() throws Exception {
        List<RecordedEvent> tasks = recordedTasks();
        Map<String, List<RecordedEvent>> byStrategy =
                tasks.stream().collect(Collectors.groupingBy(event -> event.getString("strategy")));

        assertThat(byStrategy).containsOnlyKeys("sequential", "threads");
        assertThat(tasks)
                .allSatisfy(task -> {
                    assertThat(task.getString("outcome")).isEqualTo("SUCCEEDED");
                    assertThat(task.getString("worker")).startsWith("gearshift-" + task.getString("strategy"));
                    assertThat(task.getInt("attempt")).isEqualTo(1);
                    assertThat(task.getString("failure")).isNull();
                })
                .filteredOn(task -> task.getString("taskType").endsWith("DownloadImage"))
                .hasSizeGreaterThanOrEqualTo(2 * IMAGES)
                .allSatisfy(task -> assertThat(task.getDuration("ran")).isGreaterThanOrEqualTo(LATENCY));
        // One after another: the last of them waited for all the others.
        assertThat(tasks.stream()
                        .filter(task -> task.getString("strategy").equals("sequential"))
                        .map(task -> task.getDuration("waited"))
                        .max(Duration::compareTo))
                .hasValueSatisfying(
                        waited -> assertThat(waited).isGreaterThanOrEqualTo(LATENCY.multipliedBy(IMAGES - 1)));
    }

    @Test
    void jfrPrintShowsThemToo() throws Exception {
        Path jfr = Path.of(System.getProperty("java.home"), "bin", "jfr");
        Assumptions.assumeTrue(Files.isExecutable(jfr), () -> "This Java has no " + jfr + ".");
        Path output = folder.resolve("printed.txt");
        Process print = new ProcessBuilder(jfr.toString(), "print", "--events", "gearshift.Task", recording.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = print.waitFor(60, TimeUnit.SECONDS);
        print.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended && print.exitValue() == 0).as(printed).isTrue();

        List<String> tasks = Pattern.compile("gearshift\\.Task \\{.*?\\R}", Pattern.DOTALL)
                .matcher(printed)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(tasks)
                .hasSameSizeAs(recordedTasks())
                .allSatisfy(task -> assertThat(task)
                        .containsPattern(" strategy = \"(sequential|threads)\"\\R")
                        .containsPattern(" taskId = \\d+\\R")
                        .containsPattern(" waited = [\\d.,]+ [mun]?s\\R")
                        .containsPattern(" ran = [\\d.,]+ [mun]?s\\R")
                        .containsPattern(" outcome = \"SUCCEEDED\"\\R"));
        assertThat(tasks).filteredOn(task -> task.contains("\"sequential\"")).hasSizeGreaterThanOrEqualTo(IMAGES);
        assertThat(tasks).filteredOn(task -> task.contains("\"threads\"")).hasSizeGreaterThanOrEqualTo(IMAGES);
    }

    private static List<RecordedEvent> recordedTasks() throws IOException {
        return RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("gearshift.Task"))
                .toList();
    }
}
