package dev.gearshift.executors.processes;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens a pool whose workers all start at once, and says how many tasks have ended well, and how many not. */
final class ManyStartsProgram {
    private static final int WORKERS = 4;

    private ManyStartsProgram() {}

    /** The folder of the class cache. */
    public static void main(String[] arguments) throws Exception {
        ProcessSettings settings = ProcessSettings.defaults().withClassCache(Path.of(arguments[0]));
        try (TaskExecutor executor = Pools.open(settings, WORKERS);
                Gate gate = new Gate()) {
            List<TaskFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                all.add(executor.submit(gate.task()));
            }
            gate.await(WORKERS);
            gate.open();
            for (TaskFuture<String> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
            ExecutorSnapshot after = executor.snapshot();
            System.out.println(after.succeeded() + " ended well, " + after.failed() + " badly");
            String flag = executor.submit(new ClassCacheProgram.CacheFlag()).get(30, TimeUnit.SECONDS);
            System.out.println("now " + (flag.isEmpty() ? "without a cache" : "with " + flag));
        }
    }
}
