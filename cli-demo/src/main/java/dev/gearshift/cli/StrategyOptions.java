package dev.gearshift.cli;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.StrategySettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command's tasks run: {@code --strategy} and {@code --parallelism}. */
final class StrategyOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-s", "--strategy"},
            paramLabel = "ID",
            description = "How the tasks run; \"gearshift strategies\" lists what is there.")
    private @Nullable String strategy;

    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "How many tasks run at once; the strategy's own default otherwise.")
    private @Nullable Integer parallelism;

    @Mixin
    private RedisOptions redis = new RedisOptions();

    /** The strategy that was asked for, else that default, else the only one there. */
    StrategyChoice choose(String defaultId) {
        redis.apply();
        return strategy == null
                ? ConcurrencyStrategies.chooseOr(defaultId)
                : ConcurrencyStrategies.choose(strategy.strip());
    }

    StrategySettings settings() {
        StrategySettings settings = StrategySettings.defaults();
        if (parallelism == null) {
            return settings;
        }
        if (parallelism < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--parallelism must be 1 or more, but is " + parallelism + ".");
        }
        return settings.withParallelism(parallelism);
    }

    /** Who chose it, for people: {@code virtual (chosen by default)}. */
    static String describe(StrategyChoice choice) {
        String by = switch (choice.chosenBy()) {
            case CALLER -> "--strategy";
            case PROPERTY, ENVIRONMENT -> choice.said().orElse("");
            case DEFAULT -> "default";
            case ONLY_ONE -> "being the only one on the class path";
        };
        return choice.strategy().id() + " (chosen by " + by + ")";
    }

    /** Whether its tasks run in other programs, perhaps on other machines. */
    static boolean runsElsewhere(StrategyChoice choice) {
        return choice.strategy().capabilities().contains(Capability.DISTRIBUTED);
    }

    /** What waits best: virtual threads where this Java has them, else threads. */
    static String defaultForWaiting() {
        return Runtime.version().feature() >= 21 ? "virtual" : "threads";
    }
}
