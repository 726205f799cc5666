package dev.gearshift.executors;

/** A capability was asked for that the strategy does not have. The message names the strategies that have it. */
public final class MissingCapabilityException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    private final Capability capability;

    /**
     * For strategies: the exception that names who has the capability.
     *
     * @param strategyId the strategy that was asked
     * @param capability what it lacks
     */
    public MissingCapabilityException(String strategyId, Capability capability) {
        super(SelectionMessages.missingCapability(strategyId, capability));
        this.capability = capability;
    }

    /** What was asked for. */
    public Capability capability() {
        return capability;
    }
}
