package dev.gearshift.executors.processes;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.time.Duration;

/** Pools for these tests. */
final class Pools {
    /** What workers print is not forwarded. */
    static final ProcessSettings QUIET = ProcessSettings.defaults().withOutput(ProcessSettings.Output.DISCARD);

    /** The same, and crashes have no consequences beyond their tasks. */
    static final ProcessSettings NO_LIMITS =
            QUIET.withCrashLimit(0, Duration.ofMinutes(1)).withQuarantineAfter(0);

    private Pools() {}

    static TaskExecutor open(ProcessSettings settings, int parallelism) {
        return new ProcessesStrategy(settings).open(StrategySettings.defaults().withParallelism(parallelism));
    }
}
