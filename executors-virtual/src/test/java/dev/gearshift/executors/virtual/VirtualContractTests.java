package dev.gearshift.executors.virtual;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
final class VirtualContractTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new VirtualStrategy();
    }
}
