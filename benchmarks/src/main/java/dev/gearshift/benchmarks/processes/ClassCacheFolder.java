package dev.gearshift.benchmarks.processes;

import dev.gearshift.executors.TaskExecutor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where the class cache of the workers is while this measures, so that it begins with none and leaves none. */
final class ClassCacheFolder implements AutoCloseable {
    static final String SETTING = "gearshift.processes.classCache";

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path folder = Files.createTempDirectory("class-cache");

    ClassCacheFolder() throws IOException {}

    Path path() {
        return folder;
    }

    /** Keeps a pool open until it has made its cache; false if it does not. */
    boolean fill() throws Exception {
        if (!isAllJars(System.getProperty("java.class.path"))) {
            return false; // Then there is no cache.
        }
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            TaskExecutor executor = GearshiftHost.warm(2);
            try {
                return comes(watch);
            } finally {
                executor.close();
            }
        }
    }

    private static boolean isAllJars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).allMatch(Files::isRegularFile);
    }

    private static boolean comes(WatchService watch) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            WatchKey key = watch.poll(LIMIT_NANOS - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            if (key == null) {
                return false;
            }
            for (WatchEvent<?> event : key.pollEvents()) {
                String name = String.valueOf(event.context());
                if (name.endsWith(".aot") || name.endsWith(".jsa")) {
                    return true;
                }
            }
            key.reset();
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
