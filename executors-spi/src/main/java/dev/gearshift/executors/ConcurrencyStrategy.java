package dev.gearshift.executors;

import java.util.Optional;
import java.util.Set;

/**
 * A way to run tasks: what a module provides, found by {@link java.util.ServiceLoader}. A few lines that say what it is
 * and open the executor; it must load on every Java that the project supports, and say in {@link #unavailableBecause}
 * if it cannot run on this one. Thread-safe.
 */
public interface ConcurrencyStrategy {
    /** The name it is chosen by: lower-case letters, digits and dashes, unique among the installed ones. */
    String id();

    /** Where it comes from. */
    Artifact artifact();

    /** What it is, in a phrase without a full stop: {@code platform threads in this JVM}. */
    String description();

    /** What it can do beyond the promises that all keep. */
    Set<Capability> capabilities();

    /** The largest task or result that it carries, in bytes; {@code Long.MAX_VALUE} where nothing is copied. */
    default long maxPayload() {
        return Long.MAX_VALUE;
    }

    /** Why it cannot run here, as the end of "it cannot run here: ...": {@code it needs Java 21, this is 17.0.15}. */
    default Optional<String> unavailableBecause() {
        return Optional.empty();
    }

    /**
     * Opens an executor.
     *
     * @throws MissingCapabilityException if the settings require what it cannot do
     * @throws IllegalArgumentException if a setting does not fit it
     * @throws IllegalStateException if it cannot run here
     */
    TaskExecutor open(StrategySettings settings);
}
