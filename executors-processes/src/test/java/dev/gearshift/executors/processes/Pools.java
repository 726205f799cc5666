package dev.gearshift.executors.processes;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;

/** Pools for these tests. */
final class Pools {
    private Pools() {}

    static TaskExecutor open(ProcessSettings settings, int parallelism) {
        return new ProcessesStrategy(settings).open(StrategySettings.defaults().withParallelism(parallelism));
    }
}
