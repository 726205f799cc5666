package dev.gearshift.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that measures, in a process of its own, so that each round begins anew and nothing else runs in it. */
public final class Host {
    private static final int LIMIT_SECONDS = 120;
    private static final List<String> PIN = List.of("taskset", "-c", "1");

    private Host() {}

    /** Whether processes can be kept to one CPU here. */
    public static boolean canPin() throws InterruptedException {
        List<String> command = new ArrayList<>(PIN);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // There is no such command.
        }
    }

    /**
     * Runs it to its end, and reads what it found. Nothing that it started is left.
     *
     * @param pinned whether it is kept to one CPU
     * @param environment what it has in its environment besides what is in this one's
     */
    public static Figures run(List<String> command, boolean pinned, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(pinned ? PIN : List.of());
        whole.addAll(command);
        Path output = Files.createTempFile("figures", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("It has not ended within " + LIMIT_SECONDS + " s: " + whole);
                }
            } finally {
                List<ProcessHandle> started = process.descendants().toList();
                process.destroyForcibly();
                started.forEach(ProcessHandle::destroyForcibly);
            }
            if (process.exitValue() != 0) {
                throw new IOException("It has ended with exit code " + process.exitValue() + ": " + whole);
            }
            return Figures.read(Files.readAllLines(output));
        } finally {
            Files.delete(output);
        }
    }
}
