package dev.gearshift.executors.async;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code async}: many tasks in flight on few threads, 1,000 by default. An {@link AsyncTask} holds no thread while it
 * waits; a plain task holds one of {@value #THREADS} others, so at most that many of those run at once.
 */
public final class AsyncStrategy implements ConcurrencyStrategy {
    /** How many tasks are in flight at once where the settings do not say. */
    public static final int DEFAULT_PARALLELISM = 1_000;

    /** How many threads run plain tasks. */
    public static final int THREADS = 4;

    /** For the service loader. */
    public AsyncStrategy() {}

    @Override
    public String id() {
        return "async";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(AsyncStrategy.class, "executors-async");
    }

    @Override
    public String description() {
        return "many tasks in flight on few threads in this JVM";
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(LocalTaskExecutor.CAPABILITIES);
        capabilities.add(Capability.NON_BLOCKING);
        return capabilities;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        return LocalTaskExecutor.staged(this, settings, THREADS, DEFAULT_PARALLELISM);
    }
}
