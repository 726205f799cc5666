package dev.gearshift.benchmarks;

import dev.gearshift.benchmarks.processes.ProcessPoolBenchmark;
import dev.gearshift.benchmarks.queue.QueueBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints their ratios as Markdown; the raw results go to a JSON file beside it.
 *
 * <pre>
 *   java -jar benchmarks/target/benchmarks.jar [--quick] [--out DIR]
 *   java -jar benchmarks/target/benchmarks.jar process-pool [--help]
 *   java -jar benchmarks/target/benchmarks.jar queue [--help]
 * </pre>
 */
public final class Main {
    private Main() {}

    /**
     * Runs them.
     *
     * @param args {@code --quick} for one short run of each; {@code --out DIR} for where the files go; or {@code
     *     process-pool} and its options, for the {@link ProcessPoolBenchmark}, or {@code queue} and its options, for the
     *     {@link QueueBenchmark}
     */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        if (!words.isEmpty() && words.get(0).equals("process-pool")) {
            System.exit(ProcessPoolBenchmark.run(words.subList(1, words.size()), System.out, System.err));
        }
        if (!words.isEmpty() && words.get(0).equals("queue")) {
            System.exit(QueueBenchmark.run(words.subList(1, words.size()), System.out, System.err));
        }
        boolean quick = words.contains("--quick");
        Path out = words.contains("--out") ? Path.of(words.get(words.indexOf("--out") + 1)) : Path.of(".");
        Files.createDirectories(out);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(SubmitCost.class.getSimpleName())
                .include(PoolCost.class.getSimpleName())
                .param("strategy", strategies())
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(out.resolve("benchmarks.json").toString());
        if (quick) {
            options.forks(1)
                    .warmupIterations(2)
                    .measurementIterations(3)
                    .warmupTime(TimeValue.milliseconds(300))
                    .measurementTime(TimeValue.milliseconds(300));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        String report = new Report(results).markdown() + "\n" + ObjectCount.markdown();
        Files.writeString(out.resolve("benchmarks.md"), report);
        System.out.println(report);
    }

    private static String[] strategies() {
        return Runtime.version().feature() >= 21
                ? new String[] {"threads", "virtual", "async"}
                : new String[] {"threads", "async"};
    }
}
