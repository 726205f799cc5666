package dev.gearshift.benchmarks.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The script that measures Python's pools, as a file: a pool that spawns its workers has them read it again. */
final class PythonScript implements AutoCloseable {
    private static final String NAME = "python_pools.py";

    private final Path python;
    private final Path folder;

    PythonScript(Path python) throws IOException {
        this.python = python;
        folder = Files.createTempDirectory("python");
        try (InputStream script = PythonScript.class.getResourceAsStream(NAME)) {
            if (script == null) {
                throw new IOException(NAME + " is not on the class path.");
            }
            Files.copy(script, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The command, but for its arguments; empty if there is no Python. */
    Optional<List<String>> command() {
        return Files.isExecutable(python)
                // No cache of its bytecode, so that nothing else is in the folder.
                ? Optional.of(
                        List.of(python.toString(), "-B", folder.resolve(NAME).toString()))
                : Optional.empty();
    }

    /** What the Python says it is; empty if there is none. */
    String version() throws IOException {
        if (!Files.isExecutable(python)) {
            return "";
        }
        Process process = new ProcessBuilder(python.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
        Files.delete(folder);
    }
}
