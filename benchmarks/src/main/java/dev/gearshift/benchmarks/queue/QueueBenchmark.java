package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.PythonScript;
import dev.gearshift.benchmarks.comparison.Results;
import dev.gearshift.benchmarks.comparison.Table;
import dev.gearshift.benchmarks.comparison.Turns;
import dev.gearshift.executors.redis.PrivateRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The strategy {@code redis} beside RQ and Celery, by one command. */
public final class QueueBenchmark {
    private static final Pattern VERSION = Pattern.compile("Redis version=([^,]+)");

    private QueueBenchmark() {}

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
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Turns turns = new Turns(options.effort().rounds(), progress);
        try (PythonScript python = new PythonScript(options.python(), QueueBenchmark.class, "python_queues.py")) {
            List<Table> tables = new ArrayList<>();
            for (Group group : options.groups()) {
                tables.add(measure(group, Contenders.of(group, python), turns, options.effort()));
            }
            Comparison comparison = new Comparison(
                    LocalDate.now(ZoneId.systemDefault()).toString(),
                    Runtime.version().toString(),
                    python.version(),
                    python.answer("versions"),
                    redisVersion(),
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.getRuntime().availableProcessors(),
                    load,
                    options.effort(),
                    tables);
            Results.write(comparison, comparison.markdown(), out, options.markdown(), options.json());
        }
        return turns.failed() ? 1 : 0;
    }

    private static Table measure(Group group, List<Contender> all, Turns turns, Effort effort)
            throws InterruptedException {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        all.forEach(contender -> contenders.put(contender.name(), contender));
        List<String> columns = List.copyOf(contenders.keySet());
        Map<String, Figures> found = turns.take(
                group.id(),
                columns,
                group.figures(),
                name -> Objects.requireNonNull(contenders.get(name)).measure(group, effort));
        List<Table.Row> rows = group.figures().stream()
                .map(figure -> Table.Row.of(figure, "all CPUs", columns, found, Targets.of(figure)))
                .toList();
        return new Table(group.id(), group.title(), rows);
    }

    /** As it says itself, in its log. */
    private static String redisVersion() throws IOException {
        try (PrivateRedis redis = PrivateRedis.start()) {
            Matcher version = VERSION.matcher(Files.readString(redis.folder().resolve("log")));
            return version.find() ? version.group(1) : "unknown";
        }
    }
}
