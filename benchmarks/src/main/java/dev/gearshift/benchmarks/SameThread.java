package dev.gearshift.benchmarks;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Set;

/** Each task runs inside {@code submit}, so that nothing hides what the contract itself adds. */
final class SameThread implements ConcurrencyStrategy {
    @Override
    public String id() {
        return "same-thread";
    }

    @Override
    public Artifact artifact() {
        return new Artifact("dev.gearshift", "benchmarks", "0");
    }

    @Override
    public String description() {
        return "inside submit";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        return LocalTaskExecutor.on(this, settings, 1, Runnable::run, () -> {});
    }
}
