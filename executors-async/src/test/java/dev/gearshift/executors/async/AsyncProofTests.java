package dev.gearshift.executors.async;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import dev.gearshift.executors.testkit.UnderLoad;
import org.junit.jupiter.api.Tag;

@Tag("proof")
@UnderLoad
final class AsyncProofTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new AsyncStrategy();
    }
}
