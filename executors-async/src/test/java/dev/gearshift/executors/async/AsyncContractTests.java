package dev.gearshift.executors.async;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;

final class AsyncContractTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new AsyncStrategy();
    }
}
