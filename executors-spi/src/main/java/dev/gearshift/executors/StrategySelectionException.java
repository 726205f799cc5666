package dev.gearshift.executors;

import java.util.Optional;

/**
 * No strategy could be chosen. The message says what was asked for and by whom, what is on the class path and where,
 * and what to do, and ends with the place in the documentation.
 */
public final class StrategySelectionException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> requested;
    private final transient InstalledStrategies installed;

    StrategySelectionException(String message, Optional<String> requested, InstalledStrategies installed) {
        super(message);
        this.requested = requested;
        this.installed = installed;
    }

    /** The id that was asked for, if one was. */
    public Optional<String> requested() {
        return requested;
    }

    /** What is on the class path. */
    public InstalledStrategies installed() {
        return installed;
    }
}
