package dev.gearshift.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where the results go. */
public final class Results {
    private Results() {}

    /**
     * Writes them.
     *
     * @param comparison for the JSON
     * @param markdownFile where that goes besides {@code out}; null for nowhere
     * @param jsonFile null for nowhere
     */
    public static void write(
            Object comparison, String markdown, PrintStream out, @Nullable Path markdownFile, @Nullable Path jsonFile)
            throws IOException {
        out.println(markdown);
        write(markdownFile, markdown);
        write(
                jsonFile,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(comparison));
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
