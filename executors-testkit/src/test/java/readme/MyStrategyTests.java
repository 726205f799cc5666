package readme;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;

final class MyStrategyTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new MyStrategy();
    }
}
