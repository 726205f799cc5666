package dev.gearshift.executors.threads;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Set;

/**
 * {@code threads}: a pool of platform threads and one queue. Eight threads by default, enough for work that mostly
 * waits; for work that mostly computes, set {@code parallelism} to the number of processors.
 */
public final class ThreadsStrategy implements ConcurrencyStrategy {
    /** How many threads there are where the settings do not say. */
    public static final int DEFAULT_PARALLELISM = 8;

    /** For the service loader. */
    public ThreadsStrategy() {}

    @Override
    public String id() {
        return "threads";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(ThreadsStrategy.class, "executors-threads");
    }

    @Override
    public String description() {
        return "platform threads in this JVM";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        return LocalTaskExecutor.pooled(this, settings, DEFAULT_PARALLELISM);
    }
}
