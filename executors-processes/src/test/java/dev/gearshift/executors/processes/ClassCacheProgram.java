package dev.gearshift.executors.processes;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Opens a pool, and says with which flags its worker was started; perhaps leaves it open until there is a class cache. */
final class ClassCacheProgram {
    /** A system property: the file to which each worker adds a line before it runs tasks; if it is set. */
    static final String INITIALIZED = "gearshift.test.initialized";

    private ClassCacheProgram() {}

    /** The folder of the cache; whether to wait for it. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ProcessSettings settings = ProcessSettings.defaults().withClassCache(folder);
        if (System.getProperty(INITIALIZED) != null) {
            settings = settings.withInitializer(Initializer.class);
        }
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            String flag = executor.submit(new CacheFlag()).get(30, TimeUnit.SECONDS);
            System.out.println(executor.submit(new Echo(42)).get(30, TimeUnit.SECONDS) + " " + flag);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (Boolean.parseBoolean(arguments[1]) && !isThere(folder) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private static boolean isThere(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.anyMatch(file -> file.toString().matches(".*[.](jsa|aot|none)"));
        }
    }

    /** Leaves a trace. */
    static final class Initializer implements Runnable {
        @Override
        public void run() {
            try {
                Files.writeString(
                        Path.of(System.getProperty(INITIALIZED)),
                        "worker\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The flag of the worker's JVM that names its cache; empty for none. */
    record CacheFlag() implements Task<String> {
        @Override
        public String call() {
            return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(flag -> flag.startsWith("-XX:AOTCache=") || flag.startsWith("-XX:SharedArchiveFile="))
                    .findFirst()
                    .orElse("");
        }
    }
}
