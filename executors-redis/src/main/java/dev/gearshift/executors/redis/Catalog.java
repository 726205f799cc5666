package dev.gearshift.executors.redis;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import dev.gearshift.executors.wire.TaskWire;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All tasks that have names here. Immutable. */
final class Catalog {
    private static @Nullable Catalog ofThisJvm;

    private final Map<String, Class<? extends Task<?>>> byName = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /**
     * What the catalogs on the class path or module path have.
     *
     * @throws IllegalStateException if two tasks have the same name
     */
    static Catalog installed() {
        Catalog all = new Catalog();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (TaskCatalog catalog : ServiceLoader.load(TaskCatalog.class, context)) {
            catalog.tasks().forEach((name, type) -> all.add(name, type, catalog));
        }
        return all;
    }

    /** The same, read once in each JVM that runs tasks; again if that has failed. */
    static synchronized Catalog ofThisJvm() {
        Catalog known = ofThisJvm;
        if (known == null) {
            boolean interrupted = Thread.interrupted(); // An interrupt would close the files that are read.
            try {
                known = installed();
                ofThisJvm = known;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return known;
    }

    private void add(String name, Class<? extends Task<?>> type, TaskCatalog catalog) {
        Class<?> other = byName.put(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException("The task name \"" + name + "\" stands for " + other.getName() + " and, in "
                    + catalog.getClass().getName() + ", for " + type.getName() + ": rename one.");
        }
        names.put(type, name);
    }

    /**
     * The name of a class of tasks.
     *
     * @throws NotPortableException if it has none
     */
    String nameOf(TaskWire wire) {
        String name = names.get(wire.taskClass());
        if (name == null) {
            throw new NotPortableException(wire.taskClass().getName()
                    + " has no name that workers would know: list it in a TaskCatalog, here and where the workers are,"
                    + " and the catalog in META-INF/services/" + TaskCatalog.class.getName() + ".");
        }
        return name;
    }

    /** The class of tasks of that name, or null. */
    @Nullable
    Class<? extends Task<?>> find(String name) {
        return byName.get(name);
    }

    /** All names, in order. */
    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}
