package dev.gearshift.benchmarks.processes;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The process pool beside the floor and beside Python's, by one command. */
public final class ProcessPoolBenchmark {
    private ProcessPoolBenchmark() {}

    /**
     * Runs it.
     *
     * @param out for the tables
     * @param progress for what is being done, and what fails
     * @return the exit code: 0 if all went well, 1 if something failed, 2 if it was told nonsense
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream progress) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            progress.println(e.getMessage());
            return 2;
        }
        if (options.help()) {
            out.print(Options.USAGE);
            return 0;
        }
        try (ClassCacheFolder classCache = new ClassCacheFolder();
                PythonScript python = new PythonScript(options.python())) {
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            Contenders contenders = new Contenders(classCache, python);
            boolean isCached = contenders.defaults().here(classCache::fill);
            progress.println(isCached ? "The workers have a class cache." : "The workers have no class cache.");
            Rounds rounds = new Rounds(contenders, options.effort(), progress);
            List<Comparison.Table> tables = new ArrayList<>();
            for (Group group : options.groups()) {
                tables.add(rounds.measure(group));
            }
            Comparison comparison = new Comparison(
                    LocalDate.now(ZoneId.systemDefault()).toString(),
                    Runtime.version().toString(),
                    python.version(),
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.getRuntime().availableProcessors(),
                    load,
                    isCached,
                    options.effort(),
                    tables);
            String markdown = Markdown.of(comparison);
            out.println(markdown);
            write(options.markdown(), markdown);
            write(
                    options.json(),
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(comparison));
            return rounds.failed() ? 1 : 0;
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
