package dev.gearshift.executors;

import java.security.CodeSource;
import java.util.Optional;

/**
 * A strategy that was found.
 *
 * @param strategy the provider
 * @param origin the jar or folder it was loaded from, or {@code unknown}
 */
public record InstalledStrategy(ConcurrencyStrategy strategy, String origin) {
    /** Whether {@link ConcurrencyStrategy#unavailableBecause} has nothing to say. */
    public boolean runsHere() {
        return strategy.unavailableBecause().isEmpty();
    }

    static InstalledStrategy of(ConcurrencyStrategy strategy) {
        CodeSource source = strategy.getClass().getProtectionDomain().getCodeSource();
        return new InstalledStrategy(
                strategy,
                Optional.ofNullable(source)
                        .map(CodeSource::getLocation)
                        .map(Object::toString)
                        .orElse("unknown"));
    }
}
