package dev.gearshift.executors.local;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What the tasks of one executor share in one JVM: each made once, closed in the reverse order. */
final class Resources {
    private static final System.Logger LOG = System.getLogger(Resources.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Class<?>, Object> made = new LinkedHashMap<>();

    /** The one of that type. Others who ask for any resource meanwhile wait until it is made. */
    <R> R get(Class<R> type, Supplier<? extends R> make) {
        lock.lock();
        try {
            Object resource = made.get(type);
            if (resource == null) {
                resource = make.get();
                made.put(type, resource);
            }
            return type.cast(resource);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List<Object> open;
        lock.lock();
        try {
            open = new ArrayList<>(made.values());
            made.clear();
        } finally {
            lock.unlock();
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i) instanceof AutoCloseable closeable) {
                close(closeable);
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.log(
                    Level.WARNING,
                    "Interrupted while closing a resource: "
                            + resource.getClass().getName(),
                    e);
        } catch (Exception e) {
            LOG.log(
                    Level.WARNING,
                    "A resource could not be closed: " + resource.getClass().getName(),
                    e);
        }
    }
}
