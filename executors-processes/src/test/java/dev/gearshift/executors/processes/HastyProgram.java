package dev.gearshift.executors.processes;

import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** Shuts a pool down as soon as its worker has a process. */
final class HastyProgram {
    private HastyProgram() {}

    /** The folder of the class cache. */
    public static void main(String[] arguments) {
        ProcessSettings settings = ProcessSettings.defaults().withClassCache(Path.of(arguments[0]));
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            executor.submit(new Echo(1));
            Awaitility.await()
                    .pollInSameThread()
                    .until(() -> executor.snapshot().workers().stream().anyMatch(worker -> worker.pid() > 0));
            executor.shutdownNow();
        }
    }
}
