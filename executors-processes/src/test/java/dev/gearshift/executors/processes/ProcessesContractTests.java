package dev.gearshift.executors.processes;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import java.time.Duration;

/** With settings of their own, its subclasses. */
class ProcessesContractTests extends StrategyContract {
    @Override
    protected final ConcurrencyStrategy strategy() {
        return new ProcessesStrategy(processes());
    }

    /** Short lives: the second compiler costs more than it gives. */
    ProcessSettings processes() {
        return ProcessSettings.defaults().withJvmFlags("-XX:TieredStopAtLevel=1");
    }

    /** Starting a JVM takes its time, also on a busy machine; and one test tries all seeds. */
    @Override
    protected Duration deadline() {
        return Duration.ofSeconds(60L + 30L * Integer.getInteger("gearshift.testkit.seeds", 1));
    }

    @Override
    protected int rounds() {
        return 3;
    }

    @Override
    protected Duration moment() {
        return Duration.ofMillis(300);
    }
}
