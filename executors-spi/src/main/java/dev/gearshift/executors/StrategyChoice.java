package dev.gearshift.executors;

import java.util.Optional;

/**
 * The strategy that was chosen, and who chose it.
 *
 * @param strategy the chosen one
 * @param chosenBy who chose it
 * @param said what named it, as one would write it ({@code -Dgearshift.strategy}, {@code GEARSHIFT_STRATEGY}); empty
 *     where nobody named it
 */
public record StrategyChoice(ConcurrencyStrategy strategy, ChosenBy chosenBy, Optional<String> said) {
    /** Who chose a strategy; earlier ones win. */
    public enum ChosenBy {
        /** The program, by id. */
        CALLER,
        /** The system property {@code gearshift.strategy}. */
        PROPERTY,
        /** The environment variable {@code GEARSHIFT_STRATEGY}. */
        ENVIRONMENT,
        /** The program's default, as nobody chose. */
        DEFAULT,
        /** The class path: it is the only one there. */
        ONLY_ONE
    }

    /** Opens an executor with the settings of the system properties and the environment. */
    public TaskExecutor open() {
        return open(StrategySettings.defaults());
    }

    /** Opens an executor; see {@link ConcurrencyStrategy#open}. */
    public TaskExecutor open(StrategySettings settings) {
        return strategy.open(settings);
    }
}
