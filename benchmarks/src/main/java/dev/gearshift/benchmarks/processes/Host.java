package dev.gearshift.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that measures, in a process of its own, so that each round begins anew and nothing else runs in it. */
final class Host {
    private static final int LIMIT_SECONDS = 120;
    private static final List<String> PIN = List.of("taskset", "-c", "1");

    private Host() {}

    /** Whether processes can be kept to one CPU here. */
    static boolean canPin() throws InterruptedException {
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

    /** Runs it to its end, and reads what it found. Nothing that it started is left. */
    static Figures run(List<String> command, Cpus cpus) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(cpus == Cpus.ONE ? PIN : List.of());
        whole.addAll(command);
        Path output = Files.createTempFile("figures", ".txt");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
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
