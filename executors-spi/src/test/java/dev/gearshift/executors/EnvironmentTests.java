package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What environment variables do, each in a JVM of its own. */
@Timeout(120)
class EnvironmentTests {
    @TempDir
    Path temp;

    private ProviderFolder threads;
    private ProviderFolder virtual;

    @BeforeEach
    void compile() throws Exception {
        threads = ProviderFolder.of(temp.resolve("threads"), "Threads", "threads");
        virtual = ProviderFolder.of(temp.resolve("virtual"), "Virtual", "virtual");
    }

    @Test
    void theVariableChoosesAndWinsOverTheDefault() throws Exception {
        assertThat(run(Map.of("GEARSHIFT_STRATEGY", " virtual "), List.of(), "threads"))
                .isEqualTo("""
                virtual ENVIRONMENT Optional[GEARSHIFT_STRATEGY]
                OptionalInt.empty false
                """);
    }

    @Test
    void thePropertyWinsOverTheVariable() throws Exception {
        assertThat(run(
                        Map.of(
                                "GEARSHIFT_STRATEGY", "virtual",
                                "GEARSHIFT_PARALLELISM", "3",
                                "GEARSHIFT_CHECK_PORTABLE", "false"),
                        List.of(
                                "-Dgearshift.strategy=threads",
                                "-Dgearshift.parallelism=7",
                                "-Dgearshift.checkPortable=true")))
                .isEqualTo("""
                        threads PROPERTY Optional[-Dgearshift.strategy]
                        OptionalInt[7] true
                        """);
    }

    @Test
    void blankCountsAsAbsent() throws Exception {
        assertThat(run(
                        Map.of(
                                "GEARSHIFT_STRATEGY",
                                " ",
                                "GEARSHIFT_PARALLELISM",
                                "",
                                "GEARSHIFT_CHECK_PORTABLE",
                                "\t"),
                        List.of(),
                        "threads"))
                .isEqualTo("""
                        threads DEFAULT Optional.empty
                        OptionalInt.empty false
                        """);
    }

    @Test
    void aBlankPropertyLeavesItToTheVariable() throws Exception {
        assertThat(run(
                        Map.of(
                                "GEARSHIFT_STRATEGY", "threads",
                                "GEARSHIFT_PARALLELISM", "3",
                                "GEARSHIFT_CHECK_PORTABLE", "TRUE"),
                        List.of("-Dgearshift.strategy=", "-Dgearshift.parallelism= ", "-Dgearshift.checkPortable=")))
                .isEqualTo("""
                        threads ENVIRONMENT Optional[GEARSHIFT_STRATEGY]
                        OptionalInt[3] true
                        """);
    }

    @Test
    void aMessageNamesTheVariableThatAsked() throws Exception {
        assertThat(run(Map.of("GEARSHIFT_STRATEGY", "thread"), List.of(), "virtual"))
                .isEqualTo("""
                No ConcurrencyStrategy is called "thread" (asked for by GEARSHIFT_STRATEGY). Did you mean "threads"?
                On the classpath: sequential, threads, virtual. \
                Not on the classpath: async (%1$s:executors-async:%2$s), \
                processes (%1$s:executors-processes:%2$s), \
                redis (%1$s:executors-redis:%2$s).
                Looked with class loader app. In a shaded jar, check that META-INF/services files are merged.
                See docs/strategy-selection.md#unknown-name
                """.formatted(KnownStrategies.SPI.groupId(), KnownStrategies.SPI.version()));
    }

    @Test
    void aMessageNamesTheVariableThatIsMalformed() throws Exception {
        assertThat(run(Map.of("GEARSHIFT_PARALLELISM", "many"), List.of(), "threads"))
                .isEqualTo("GEARSHIFT_PARALLELISM must be a whole number above 0, but is \"many\".\n");
    }

    @Test
    void whatCouldNotBeLoadedIsLoggedOnceAChoiceIsMade() throws Exception {
        threads.listed("Absent");

        assertThat(run(Map.of(), List.of(), "threads"))
                .contains("WARNING: A ConcurrencyStrategy could not be loaded: Provider sample.Absent not found")
                .contains("threads DEFAULT Optional.empty");
    }

    private String run(Map<String, String> environment, List<String> flags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Duser.language=en");
        command.addAll(flags);
        command.add("-cp");
        command.add(Stream.of(
                        ProviderFolder.folderOf(ConcurrencyStrategies.class),
                        ProviderFolder.folderOf(PrintsItsChoice.class),
                        threads.path(),
                        virtual.path())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(PrintsItsChoice.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GEARSHIFT_")
                        || name.endsWith("JAVA_OPTIONS")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said.replace(System.lineSeparator(), "\n");
        } finally {
            process.destroyForcibly();
        }
    }
}
