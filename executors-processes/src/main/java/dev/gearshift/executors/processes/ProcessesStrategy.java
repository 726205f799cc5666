package dev.gearshift.executors.processes;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.wire.WireLimits;
import java.util.Set;

/**
 * {@code processes}: a pool of child JVMs. A crash, a leak or an endless loop costs one task and one process: the pool
 * replaces it, and nobody else notices. As many workers as processors by default, started when they are needed.
 */
public final class ProcessesStrategy implements ConcurrencyStrategy {
    private static final long MAX_PAYLOAD = WireLimits.DEFAULT.maxBytes();

    /** So that a task which is one array of that many bytes has room for the rest. */
    private static final int AROUND_IT = 1024;

    private final ProcessSettings settings;

    /** For the service loader: with what properties and environment say. */
    public ProcessesStrategy() {
        this(ProcessSettings.defaults());
    }

    /** With settings of its own. */
    public ProcessesStrategy(ProcessSettings settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "processes";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(ProcessesStrategy.class, "executors-processes");
    }

    @Override
    public String description() {
        return "a pool of child JVMs";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DELAYS, Capability.ISOLATED, Capability.HARD_TIMEOUT, Capability.KILLS_RUNNING);
    }

    @Override
    public long maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public TaskExecutor open(StrategySettings with) {
        Nesting.check();
        int parallelism = with.parallelism().orElse(Runtime.getRuntime().availableProcessors());
        return LocalTaskExecutor.remote(
                this,
                with,
                name -> new ProcessPool(
                        name, parallelism, settings, WireLimits.DEFAULT.withMaxBytes(MAX_PAYLOAD + AROUND_IT)));
    }
}
