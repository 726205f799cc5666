package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.InstalledStrategies;
import dev.gearshift.executors.InstalledStrategy;
import dev.gearshift.executors.StrategyChoice;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "strategies",
        description = "Lists the strategies on the class path, whether each can run here, and which is taken and why.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class StrategiesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    record Row(
            String id,
            String description,
            String artifact,
            String origin,
            List<String> capabilities,
            @Nullable String unavailableBecause) {
        static Row of(InstalledStrategy installed) {
            ConcurrencyStrategy strategy = installed.strategy();
            return new Row(
                    strategy.id(),
                    strategy.description(),
                    strategy.artifact().toString(),
                    installed.origin(),
                    strategy.capabilities().stream().map(Enum::name).sorted().toList(),
                    strategy.unavailableBecause().orElse(null));
        }
    }

    record Choices(String download, String thumbnails) {}

    record Report(List<Row> strategies, List<String> failures, Choices chosen) {}

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        InstalledStrategies installed = ConcurrencyStrategies.installed();
        StrategyChoice download = ConcurrencyStrategies.chooseOr(StrategyOptions.defaultForWaiting());
        StrategyChoice thumbnails = ConcurrencyStrategies.chooseOr("threads");
        Report report = new Report(
                installed.strategies().stream().map(Row::of).toList(),
                installed.failures(),
                new Choices(StrategyOptions.describe(download), StrategyOptions.describe(thumbnails)));
        if (json) {
            JsonOutput.print(out, report);
            return 0;
        }
        for (Row row : report.strategies()) {
            out.printf("%-12s %s%n", row.id(), row.description());
            out.printf("%-12s %s, from %s%n", "", row.artifact(), row.origin());
            out.printf("%-12s %s%n", "", String.join(", ", row.capabilities()));
            if (row.unavailableBecause() != null) {
                out.printf("%-12s cannot run here: %s%n", "", row.unavailableBecause());
            }
        }
        report.failures().forEach(failure -> out.println("could not be loaded: " + failure));
        out.println();
        out.println("download takes   " + report.chosen().download());
        out.println("thumbnails takes " + report.chosen().thumbnails());
        out.flush();
        return 0;
    }
}
