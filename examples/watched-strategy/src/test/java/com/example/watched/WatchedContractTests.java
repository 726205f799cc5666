package com.example.watched;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;

/** It keeps every promise. */
final class WatchedContractTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new WatchedStrategy();
    }
}
