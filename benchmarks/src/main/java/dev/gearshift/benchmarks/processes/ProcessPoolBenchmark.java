package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.PythonScript;
import dev.gearshift.benchmarks.comparison.Results;
import dev.gearshift.benchmarks.comparison.Table;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

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
                PythonScript python =
                        new PythonScript(options.python(), ProcessPoolBenchmark.class, "python_pools.py")) {
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            Contenders contenders = new Contenders(classCache, python);
            boolean isCached = contenders.defaults().here(classCache::fill);
            progress.println(isCached ? "The workers have a class cache." : "The workers have no class cache.");
            Rounds rounds = new Rounds(contenders, options.effort(), progress);
            List<Table> tables = new ArrayList<>();
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
            Results.write(comparison, comparison.markdown(), out, options.markdown(), options.json());
            return rounds.failed() ? 1 : 0;
        }
    }
}
