package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.local.SequentialStrategy;
import org.junit.jupiter.api.Tag;

@Tag("proof")
@UnderLoad
final class SequentialProofTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new SequentialStrategy();
    }

    @Override
    public int width() {
        return 1;
    }
}
