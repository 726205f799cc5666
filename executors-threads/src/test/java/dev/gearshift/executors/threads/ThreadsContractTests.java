package dev.gearshift.executors.threads;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;

final class ThreadsContractTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new ThreadsStrategy();
    }
}
