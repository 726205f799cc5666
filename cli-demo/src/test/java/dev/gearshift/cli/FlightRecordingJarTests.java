package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jfr print --events gearshift.Task} shows of a {@code compare}. */
@Timeout(90)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
final class FlightRecordingJarTests {
    private static final int IMAGES = 6;
    private static final Duration LATENCY = Duration.ofMillis(30);

    @TempDir
    private Path folder;

    @Test
    void compareRecordsEachTaskWithStrategyWaitRunAndOutcome() throws Exception {
        Path recording = folder.resolve("compare.jfr");
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

        List<RecordedEvent> tasks = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("gearshift.Task"))
                .toList();
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
}
