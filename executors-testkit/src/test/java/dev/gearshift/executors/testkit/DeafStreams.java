package dev.gearshift.executors.testkit;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;

/** Streams that never cancel one of their tasks. */
final class DeafStreams extends LyingExecutor {
    private final LyingFuture.Deaf deaf;

    DeafStreams(TaskExecutor honest, StrategySettings settings, String name) {
        super(honest, settings);
        this.deaf = (future, interrupt) -> future.isOf(name);
    }

    @Override
    TaskExecutor streams() {
        return this;
    }

    @Override
    LyingFuture.Faults faults() {
        return deaf;
    }
}
