package dev.gearshift.executors.local;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.util.Set;

/**
 * {@code sequential}: one task at a time, in the order of submission, on one thread of its own. The yardstick that the
 * others are measured against; there by name, and never chosen silently.
 */
public final class SequentialStrategy implements ConcurrencyStrategy {
    /** For the service loader. */
    public SequentialStrategy() {}

    @Override
    public String id() {
        return "sequential";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(SequentialStrategy.class, "executors-spi");
    }

    @Override
    public String description() {
        return "one task at a time, on one thread in this JVM";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        if (settings.parallelism().orElse(1) != 1) {
            throw new IllegalArgumentException("sequential runs one task at a time: parallelism must be 1, but is "
                    + settings.parallelism().getAsInt() + ".");
        }
        return LocalTaskExecutor.pooled(this, settings, 1);
    }
}
