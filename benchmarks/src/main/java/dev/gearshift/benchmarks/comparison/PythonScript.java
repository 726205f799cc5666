package dev.gearshift.benchmarks.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A script that measures what Python has, as a file, since other processes of Python read it again. */
public final class PythonScript implements AutoCloseable {
    private final Path python;
    private final String name;
    private final Path folder;

    /**
     * Unpacks it.
     *
     * @param home the class beside which it is
     */
    public PythonScript(Path python, Class<?> home, String name) throws IOException {
        this.python = python;
        this.name = name;
        folder = Files.createTempDirectory("python");
        try (InputStream script = home.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException(name + " is not on the class path.");
            }
            Files.copy(script, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The command, but for its arguments; empty if there is no Python. */
    public Optional<List<String>> command() {
        return Files.isExecutable(python)
                // No cache of its bytecode, so that nothing else is in the folder.
                ? Optional.of(
                        List.of(python.toString(), "-B", folder.resolve(name).toString()))
                : Optional.empty();
    }

    /** What the Python says it is; empty if there is none. */
    public String version() throws IOException {
        return Files.isExecutable(python) ? output(List.of(python.toString(), "--version")) : "";
    }

    /** What the script says when it is run with one word; empty if there is no Python. */
    public String answer(String word) throws IOException {
        if (command().isEmpty()) {
            return "";
        }
        List<String> whole = new ArrayList<>(command().get());
        whole.add(word);
        return output(whole);
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve(name));
        Files.delete(folder);
    }
}
