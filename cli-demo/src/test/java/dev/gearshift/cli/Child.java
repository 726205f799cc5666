package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, of the same Java and with the same compilers as this one; its words are in two files. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /** How this JVM compiles and collects. */
    private static final List<String> FLAGS = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-XX:"))
            .toList();

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it, and nothing that is set here for the command is set there. */
    static Child start(Path scratch, List<String> java, String... arguments) throws IOException {
        return start(scratch, Map.of(), java, arguments);
    }

    static Child start(Path scratch, Map<String, String> environment, List<String> java, String... arguments)
            throws IOException {
        return startIn(Path.of("").toAbsolutePath(), scratch, environment, java, arguments);
    }

    /** Starts it in that working directory. */
    static Child startIn(
            Path directory, Path scratch, Map<String, String> environment, List<String> java, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(java);
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("GEARSHIFT_") || name.startsWith("IMGUR_"));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return new Child(builder.start(), out, err);
    }

    /** The flags that run the all-in-one jar. */
    static List<String> jar() {
        return List.of("-jar", System.getProperty("gearshift.jar"));
    }

    /** Runs it to its end. */
    static Ran run(Path scratch, List<String> java, String... arguments) throws IOException, InterruptedException {
        return run(scratch, Map.of(), java, arguments);
    }

    static Ran run(Path scratch, Map<String, String> environment, List<String> java, String... arguments)
            throws IOException, InterruptedException {
        try (Child child = start(scratch, environment, java, arguments)) {
            return child.end();
        }
    }

    Ran end() throws IOException, InterruptedException {
        return end(PATIENCE_SECONDS);
    }

    /** The same, for one that takes longer on a busy machine. */
    Ran end(long seconds) throws IOException, InterruptedException {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as("the command ended within %d s; it said %s", seconds, Files.readString(err))
                .isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** What it has written to standard output so far. */
    String out() throws IOException {
        return Files.readString(out);
    }

    /** What it has written to standard error so far. */
    String err() throws IOException {
        return Files.readString(err);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** What Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** What {@code kill} does: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** What {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    Collection<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
