package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import java.util.Map;

/** What the workers know. */
public final class NoOpCatalog implements TaskCatalog {
    /** For the service loader. */
    public NoOpCatalog() {}

    @Override
    public Map<String, Class<? extends Task<?>>> tasks() {
        return Map.of("no-op", NoOp.class);
    }
}
