package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Set;

/** Opens executors that lie. */
class LyingStrategy implements ConcurrencyStrategy {
    /** How. */
    interface Opening {
        TaskExecutor open(ConcurrencyStrategy self, StrategySettings settings);
    }

    private final Set<Capability> capabilities;
    private final Opening opening;
    private final long maxPayload;

    LyingStrategy(Set<Capability> capabilities, Opening opening) {
        this(capabilities, Long.MAX_VALUE, opening);
    }

    LyingStrategy(Set<Capability> capabilities, long maxPayload, Opening opening) {
        this.capabilities = capabilities;
        this.maxPayload = maxPayload;
        this.opening = opening;
    }

    /** An executor that keeps every promise. */
    static TaskExecutor honest(ConcurrencyStrategy self, StrategySettings settings) {
        return Leftovers.keep(LocalTaskExecutor.pooled(self, settings, 2));
    }

    @Override
    public String id() {
        return "liar";
    }

    @Override
    public Artifact artifact() {
        return new Artifact("dev.gearshift", "executors-liar", "0");
    }

    @Override
    public String description() {
        return "breaks one rule";
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public long maxPayload() {
        return maxPayload;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        return opening.open(this, settings);
    }
}
