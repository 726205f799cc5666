package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import dev.gearshift.executors.testkit.StrategyContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All tasks of the kit, and those of the tests here. */
public final class TestCatalog implements TaskCatalog {
    @Override
    public Map<String, Class<? extends Task<?>>> tasks() {
        Map<String, Class<? extends Task<?>>> all = new HashMap<>();
        for (Class<?> home : List.of(StrategyContract.class, TestCatalog.class)) {
            for (String name : classesBeside(home)) {
                add(all, name, home);
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked") // looked at
    private static void add(Map<String, Class<? extends Task<?>>> all, String name, Class<?> home) {
        try {
            Class<?> type = Class.forName(name, false, home.getClassLoader());
            if (Task.class.isAssignableFrom(type) && (type.isRecord() || type.isEnum())) {
                String shortName = name.substring(name.lastIndexOf('.') + 1).replace('$', '-');
                all.put(home == TestCatalog.class ? shortName : "kit." + shortName, (Class<? extends Task<?>>) type);
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In its folder or its jar. */
    private static List<String> classesBeside(Class<?> home) {
        try {
            Path place = Path.of(
                    home.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return classesIn(place.resolve(folder(home)), home);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return classesIn(jar.getPath(folder(home)), home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String folder(Class<?> home) {
        return home.getPackageName().replace('.', '/');
    }

    private static List<String> classesIn(Path folder, Class<?> home) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> home.getPackageName() + "." + name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }
}
