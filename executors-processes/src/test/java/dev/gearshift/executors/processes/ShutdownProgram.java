package dev.gearshift.executors.processes;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends while its pool is busy, and closes the pool in a shutdown hook. */
final class ShutdownProgram {
    private static final List<TaskFuture<?>> ACCEPTED = new ArrayList<>();

    private ShutdownProgram() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        TaskExecutor executor = Pools.open(ProcessSettings.defaults(), 1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            executor.close();
                            ExecutorSnapshot end = executor.snapshot();
                            System.out.println("closed, with " + end.succeeded() + " done");
                        },
                        "closing"));
        for (int i = 0; i < 20; i++) {
            ACCEPTED.add(executor.submit(new KillScheduleTests.Pause(TimeUnit.MILLISECONDS.toNanos(20))));
        }
        System.exit(0);
    }
}
