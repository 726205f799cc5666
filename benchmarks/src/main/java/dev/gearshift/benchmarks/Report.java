package dev.gearshift.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The results side by side, as Markdown. */
final class Report {
    private final Map<String, RunResult> results = new TreeMap<>();

    Report(Collection<RunResult> all) {
        for (RunResult result : all) {
            String benchmark = result.getParams().getBenchmark();
            results.put(
                    benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1)
                            + parameter(result, "strategy")
                            + parameter(result, "tasks"),
                    result);
        }
    }

    private static String parameter(RunResult result, String name) {
        String value = result.getParams().getParam(name);
        return value == null ? "" : "/" + value;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("Java ")
                .append(Runtime.version())
                .append(", ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" processors. Scores are averages with JMH's 99.9 % error.\n\n");
        text.append("| one task on the calling thread | time | allocated |\n|---|---|---|\n");
        RunResult bare = results.get("SubmitCost.bare");
        RunResult contract = results.get("SubmitCost.contract");
        if (bare != null && contract != null) {
            text.append(row("bare `ExecutorService`", bare)).append(row("the contract over the same", contract));
            text.append(String.format(
                    Locale.ROOT,
                    "| added | %.0f ns | %.0f B |%n",
                    score(contract) - score(bare),
                    allocated(contract) - allocated(bare)));
        }
        text.append("\n| strategy | tasks | submit: JDK | ours | ratio | invokeAll: JDK | ours | ratio | map |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        results.forEach((key, map) -> {
            if (key.startsWith("PoolCost.oursMap/")) {
                text.append(poolRow(key.substring("PoolCost.oursMap".length()), map));
            }
        });
        text.append("\nMicroseconds for all tasks together.\n");
        return text.toString();
    }

    private String poolRow(String parameters, RunResult map) {
        String[] words = parameters.split("/", -1);
        return "| " + words[1] + " | " + words[2] + pair("Submit", parameters) + pair("InvokeAll", parameters) + " | "
                + micros(map) + " |\n";
    }

    private String pair(String what, String parameters) {
        RunResult bare = results.get("PoolCost.bare" + what + parameters);
        RunResult ours = results.get("PoolCost.ours" + what + parameters);
        return bare == null || ours == null
                ? " | | |"
                : " | " + micros(bare) + " | " + micros(ours) + " | "
                        + String.format(Locale.ROOT, "%.2f", score(ours) / score(bare));
    }

    private static String row(String name, RunResult result) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f ± %.1f ns | %.0f B |%n",
                name,
                score(result),
                result.getPrimaryResult().getScoreError(),
                allocated(result));
    }

    private static String micros(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%.0f ± %.0f",
                score(result),
                result.getPrimaryResult().getScoreError());
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double allocated(RunResult result) {
        for (Map.Entry<String, Result> secondary : result.getSecondaryResults().entrySet()) {
            if (secondary.getKey().endsWith("gc.alloc.rate.norm")) {
                return secondary.getValue().getScore();
            }
        }
        return Double.NaN;
    }
}
