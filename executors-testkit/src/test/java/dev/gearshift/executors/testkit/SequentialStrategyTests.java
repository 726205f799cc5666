package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.local.SequentialStrategy;

final class SequentialStrategyTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new SequentialStrategy();
    }

    @Override
    public int width() {
        return 1;
    }
}
