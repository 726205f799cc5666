package readme;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Set;

public final class MyStrategy implements ConcurrencyStrategy {
    @Override
    public String id() {
        return "mine";
    }

    @Override
    public Artifact artifact() {
        return new Artifact("com.example", "my-strategy", "1.0.0");
    }

    @Override
    public String description() {
        return "four threads in this JVM";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        return LocalTaskExecutor.pooled(this, settings, 4);
    }
}
