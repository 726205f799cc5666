package dev.gearshift.executors.wire;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program in a JVM of its own, and takes what it prints. */
final class ChildJvm {
    private ChildJvm() {}

    static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(50, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(printed);
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What a program in a named module needs on its path. */
    static String modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.contains("jackson") || entry.contains("executors-") && !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
