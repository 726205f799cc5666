package dev.gearshift.executors;

import java.util.Optional;
import java.util.Set;

/** A strategy that opens nothing. */
record BareStrategy(String id, Set<Capability> capabilities, Optional<String> unavailableBecause)
        implements ConcurrencyStrategy {
    static BareStrategy with(Capability... capabilities) {
        return new BareStrategy("bare", Set.of(capabilities), Optional.empty());
    }

    @Override
    public Artifact artifact() {
        return new Artifact("dev.sample", "executors-bare", "1.2.3");
    }

    @Override
    public String description() {
        return "nothing";
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        throw new AssertionError("not to be opened");
    }
}
