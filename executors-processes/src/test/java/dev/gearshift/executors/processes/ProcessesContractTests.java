package dev.gearshift.executors.processes;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import java.time.Duration;

final class ProcessesContractTests extends StrategyContract {
    @Override
    protected ConcurrencyStrategy strategy() {
        // Short lives: the second compiler costs more than it gives.
        return new ProcessesStrategy(ProcessSettings.defaults().withJvmFlags("-XX:TieredStopAtLevel=1"));
    }

    /** Starting a JVM takes its time, also on a busy machine. */
    @Override
    protected Duration deadline() {
        return Duration.ofSeconds(60);
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
