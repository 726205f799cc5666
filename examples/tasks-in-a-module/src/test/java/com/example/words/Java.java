package com.example.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own: what it printed, and how it ended. */
record Java(int exitCode, String out, String err) {
    static final String WORDS = "{and=2, the=3, we=2, you=3}";

    /** The application as it was built. */
    static final Path APPLICATION = Path.of(System.getProperty("words.jar"));

    /** The application with all its dependencies in one jar. */
    static final Path ALL_IN_ONE = Path.of(System.getProperty("words.all-in-one.jar"));

    /** The JDK's tools for this Java. */
    private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

    /** The strategy that leaves the JVM, and what it needs. */
    static final String[] PROCESSES = {
        "executors-processes",
        "executors-wire",
        "jackson-dataformat-cbor",
        "jackson-core",
        "jackson-databind",
        "jackson-annotations"
    };

    static Java run(Object... arguments) throws IOException, InterruptedException {
        return tool("java", arguments);
    }

    static Java tool(String tool, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BIN.resolve(tool).toString()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        Path out = Files.createTempFile("words", ".out");
        Path err = Files.createTempFile("words", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GEARSHIFT_") || name.endsWith("JAVA_OPTIONS"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ended", command)
                    .isTrue();
            return new Java(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** A class path or module path of jars. */
    static String path(Path... jars) {
        return Stream.of(jars).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jar of a dependency. */
    static Path jar(String artifactId) {
        List<Path> found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().matches(artifactId + "-[0-9].*\\.jar"))
                .toList();
        assertThat(found).as("jars of %s on the test's class path", artifactId).hasSize(1);
        return found.get(0);
    }

    void hasCountedWith(String strategy) {
        assertThat(this).isEqualTo(new Java(0, strategy + ": " + WORDS + System.lineSeparator(), ""));
    }

    /** It counted, or, before Java 21, ended with the sentence why not. */
    void hasCountedWithVirtualThreadsOrSaidWhyNot(String askedForBy) {
        if (Runtime.version().feature() >= 21) {
            hasCountedWith("virtual");
        } else {
            assertThat(exitCode).isEqualTo(2);
            assertThat(out).isEmpty();
            assertThat(err.lines().findFirst().orElseThrow())
                    .startsWith("ConcurrencyStrategy \"virtual\" (executors-virtual ")
                    .contains(askedForBy + " cannot run here: it needs Java 21, this is " + thisJava())
                    .endsWith(".");
            assertThat(err.strip()).endsWith("See docs/strategy-selection.md#unusable");
        }
    }

    private static String thisJava() {
        return String.valueOf(Runtime.version().feature());
    }
}
