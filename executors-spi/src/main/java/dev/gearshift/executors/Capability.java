package dev.gearshift.executors;

/**
 * What a strategy can do beyond the promises that all of them keep. Asking for one that is absent ({@link
 * StrategySettings#requiring}, or an option of {@link TaskOptions}) throws {@link MissingCapabilityException}.
 */
public enum Capability {
    /** Any task runs, also a lambda or an object that could not leave this JVM. */
    RUNS_LAMBDAS("runs lambdas"),
    /** A waiting task costs no thread: the strategy runs the stages of asynchronous tasks. */
    NON_BLOCKING("runs tasks without blocking a thread"),
    /** A task starts only after {@link TaskOptions#delay}. */
    DELAYS("delays tasks"),
    /** Tasks of higher {@link TaskOptions#priority} start first. */
    PRIORITIES("orders tasks by priority"),
    /** Tasks go to a named {@link TaskOptions#queue}. */
    QUEUES("has named queues"),
    /** A crash, a leak or a native fault of one task cannot harm this JVM. */
    ISOLATED("isolates tasks from this JVM"),
    /** A timeout ends the work, also where the task ignores interrupts. */
    HARD_TIMEOUT("ends the work at a timeout"),
    /** {@code cancel(true)} ends the work, also where the task ignores interrupts. */
    KILLS_RUNNING("kills running tasks"),
    /** Workers may be on other machines. */
    DISTRIBUTED("runs on other machines");

    private final String phrase;

    Capability(String phrase) {
        this.phrase = phrase;
    }

    /** A verb phrase for messages, such as {@code kills running tasks}. */
    public String phrase() {
        return phrase;
    }
}
