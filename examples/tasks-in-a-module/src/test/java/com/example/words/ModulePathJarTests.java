package com.example.words;

import static com.example.words.Java.APPLICATION;
import static com.example.words.Java.jar;
import static com.example.words.Java.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A modular application whose tasks are private. A strategy on the module path is resolved because the contract uses
 * what it provides: no {@code --add-modules}, no {@code requires}, no {@code opens}.
 */
@Timeout(120)
class ModulePathJarTests {
    private static final String APP = "com.example.words/com.example.words.App";

    @ParameterizedTest
    @CsvSource({"executors-threads, threads", "executors-async, async", "watched-strategy, watched"})
    void theOnlyStrategyOnThePathIsTaken(String artifactId, String id) throws Exception {
        Java.run("--module-path", withStrategies(artifactId), "-m", APP).hasCountedWith(id);
    }

    @Test
    void virtualThreadsCountOrSayWhyNot() throws Exception {
        Java.run("--module-path", withStrategies("executors-virtual"), "-m", APP)
                .hasCountedWithVirtualThreadsOrSaidWhyNot("");
    }

    @ParameterizedTest
    @CsvSource({"threads", "async", "watched", "sequential"})
    void ofSeveralTheNamedOneIsTaken(String id) throws Exception {
        Java.run(
                        "--module-path",
                        withStrategies("executors-threads", "executors-virtual", "executors-async", "watched-strategy"),
                        "-Dgearshift.strategy=" + id,
                        "-m",
                        APP)
                .hasCountedWith(id);
    }

    /** In the child the module path, the modules and the flag are the same. */
    @Test
    void inProcessesItCountsOnceItsPackageIsOpen() throws Exception {
        Java.run(
                        "--add-opens",
                        "com.example.words/com.example.words=dev.gearshift.executors.wire",
                        "--module-path",
                        withStrategies(Java.PROCESSES),
                        "-m",
                        APP)
                .hasCountedWith("processes");
    }

    @Test
    void inProcessesAPackageThatIsNotOpenIsRefusedWithTheLineToAdd() throws Exception {
        Java java = Java.run("--module-path", withStrategies(Java.PROCESSES), "-m", APP);

        assertThat(java.exitCode()).isEqualTo(1);
        assertThat(java.err())
                .contains("NotPortableException")
                .contains("opens com.example.words to dev.gearshift.executors.wire;");
    }

    @Test
    void aMessageNamesArtifactVersionAndJarOfEach() throws Exception {
        Java java = Java.run("--module-path", withStrategies("executors-threads", "watched-strategy"), "-m", APP);

        assertThat(java.exitCode()).isEqualTo(2);
        assertThat(java.err())
                .startsWith("2 ConcurrencyStrategies on the classpath and none chosen:")
                .containsPattern("- threads +\\(executors-threads [^,]+, file:.*executors-threads-.*\\.jar\\)")
                .containsPattern("- watched +\\(watched-strategy [^,]+, file:.*watched-strategy-.*\\.jar\\)");
    }

    @Test
    void withoutAStrategyTheMessageListsWhatToAdd() throws Exception {
        Java java = Java.run("--module-path", withStrategies(), "-m", APP);

        assertThat(java.exitCode()).isEqualTo(2);
        assertThat(java.err())
                .startsWith("No ConcurrencyStrategy on the classpath.")
                .contains("dev.gearshift:executors-threads:");
    }

    @Test
    void aStrategyOnTheClassPathServesAModularApplicationToo() throws Exception {
        Java.run("--module-path", withStrategies(), "-cp", jar("executors-threads"), "-m", APP)
                .hasCountedWith("threads");
    }

    @Test
    void theAnnotationsOfJSpecifyAreNotNeededToRun() throws Exception {
        Java java =
                Java.run("--show-module-resolution", "--module-path", withStrategies("executors-threads"), "-m", APP);

        assertThat(java.exitCode()).isZero();
        assertThat(java.out())
                .contains(
                        "root com.example.words ", "dev.gearshift.executors.spi binds dev.gearshift.executors.threads ")
                .doesNotContain("jspecify")
                .endsWith("threads: " + Java.WORDS + System.lineSeparator());
    }

    @Test
    void theAnnotationsOfJSpecifyAreNotNeededToCompile(@TempDir Path classes) throws Exception {
        Path sources = Path.of("src/main/java");

        Java javac = Java.tool(
                "javac",
                "-Xlint:all",
                "-Werror",
                "--module-path",
                jar("executors-spi"),
                "-d",
                classes,
                sources.resolve("module-info.java"),
                sources.resolve("com/example/words/App.java"));

        assertThat(javac).isEqualTo(new Java(0, "", ""));
        Java.run("--module-path", path(classes, jar("executors-spi"), jar("executors-threads")), "-m", APP)
                .hasCountedWith("threads");
    }

    @Test
    void theBaseOfTheJdkIsEnough() throws Exception {
        Java java = Java.run(
                "--limit-modules",
                "java.base,dev.gearshift.executors.threads",
                "--show-module-resolution",
                "--module-path",
                withStrategies("executors-threads"),
                "-m",
                APP);

        assertThat(java.exitCode()).isZero();
        assertThat(java.out()).doesNotContain("jdk.jfr").endsWith("threads: " + Java.WORDS + System.lineSeparator());
        assertThat(java.err()).isEmpty();
    }

    @Test
    void theFlightRecorderRecordsTheTasks(@TempDir Path folder) throws Exception {
        Path recording = folder.resolve("words.jfr");

        Java java = Java.run(
                "-XX:StartFlightRecording:filename=" + recording,
                "--module-path",
                withStrategies("executors-threads"),
                "-m",
                APP);

        assertThat(java.exitCode()).isZero();
        assertThat(tasks(recording)).hasSize(4).containsOnly("com.example.words.App$CountWords");
    }

    private static List<String> tasks(Path recording) throws IOException {
        return RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("gearshift.Task"))
                .map((RecordedEvent event) -> event.getString("taskType"))
                .toList();
    }

    private static String withStrategies(String... artifactIds) {
        return path(Stream.concat(
                        Stream.of(APPLICATION, jar("executors-spi")),
                        Stream.of(artifactIds).map(Java::jar))
                .toArray(Path[]::new));
    }
}
