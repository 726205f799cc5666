package dev.gearshift.executors.virtual;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import dev.gearshift.executors.testkit.UnderLoad;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Tag("proof")
@UnderLoad
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
final class VirtualProofTests extends StrategyContract {
    @Override
    public ConcurrencyStrategy strategy() {
        return new VirtualStrategy();
    }
}
