package dev.gearshift.executors.processes;

import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Opens pools whose workers use a class cache and do not start, each for another reason; says for each how its task ended and
 * whether the cache is still there.
 */
final class CacheBlameProgram {
    private CacheBlameProgram() {}

    /** The folder of the class cache. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ProcessSettings settings = Pools.QUIET.withClassCache(folder);
        run("late", settings.withStartTimeout(Duration.ofNanos(1)));
        run("throws", settings.withInitializer(Throws.class));
        run("exits", settings.withInitializer(Exits.class));
        run("killed", settings.withInitializer(Killed.class));
        run("fails always", settings.withInitializer(FailsAlways.class));
        run("fails with the cache", settings.withInitializer(FailsWithTheCache.class));
    }

    /** The JVM ignores a cache that is none. */
    private static void run(String why, ProcessSettings settings) throws Exception {
        Path folder = Objects.requireNonNull(settings.classCache());
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            PoolFolder other = PoolFolder.create();
            try {
                ClassCache cache =
                        Objects.requireNonNull(ClassCache.of(settings, WorkerCommand.arguments(settings, 1, other)));
                if (cache.isMissing()) {
                    cache.made(Files.writeString(other.resolve("written"), "nothing that a JVM could use"));
                }
            } finally {
                other.delete();
            }
            Object end = executor.submit(new Echo(1))
                    .handle((value, failure) ->
                            failure == null ? "well" : failure.getClass().getSimpleName())
                    .get(30, TimeUnit.SECONDS);
            System.out.println(why + ": " + end + ", " + (isThere(folder) ? "kept" : "deleted"));
        }
    }

    private static boolean isThere(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isPresent();
        }
    }

    private static boolean hasCache() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(flag -> flag.startsWith("-XX:AOTCache=") || flag.startsWith("-XX:SharedArchiveFile="));
    }

    /** Fails. */
    static final class Throws implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Ends the JVM. */
    static final class Exits implements Runnable {
        @Override
        public void run() {
            Runtime.getRuntime().halt(7);
        }
    }

    /** Is killed, as for want of memory. */
    static final class Killed implements Runnable {
        @Override
        public void run() {
            try {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
                Thread.currentThread().join();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Ends like a JVM that cannot begin. */
    static final class FailsAlways implements Runnable {
        @Override
        public void run() {
            Runtime.getRuntime().halt(1);
        }
    }

    /** The same, but not without the cache. */
    static final class FailsWithTheCache implements Runnable {
        @Override
        public void run() {
            if (hasCache()) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
