package dev.gearshift.executors.virtual;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Optional;
import java.util.Set;

/**
 * {@code virtual}: a virtual thread for each task, 1,000 at once by default. Needs Java 21; loads on 17 and says so.
 */
public final class VirtualStrategy implements ConcurrencyStrategy {
    /** How many tasks run at once where the settings do not say. */
    public static final int DEFAULT_PARALLELISM = 1_000;

    /** For the service loader. */
    public VirtualStrategy() {}

    @Override
    public String id() {
        return "virtual";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(VirtualStrategy.class, "executors-virtual");
    }

    @Override
    public String description() {
        return "virtual threads in this JVM (Java 21 or later)";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public Optional<String> unavailableBecause() {
        return VirtualThreads.AVAILABLE
                ? Optional.empty()
                : Optional.of("it needs Java 21, this is " + VirtualThreads.thisJava());
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        settings.checkFor(this);
        return LocalTaskExecutor.threadPerTask(
                this, settings, DEFAULT_PARALLELISM, VirtualThreads.factory("gearshift-virtual-"));
    }
}
