package dev.gearshift.executors.local;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For strategies: what the tasks of one executor share in one JVM, each made once, closed in the reverse order.
 * Thread-safe.
 */
public final class Resources {
    private static final System.Logger LOG = System.getLogger(Resources.class.getName());

    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final Map<Class<?>, Place> places = new HashMap<>();
    private final List<Object> made = new ArrayList<>();
    private boolean closed;

    /** None yet. */
    public Resources() {}

    /** Where one resource is, or is being made. */
    private static final class Place {
        final ReentrantLock making = new ReentrantLock();

        @Nullable
        Object resource;
    }

    /** The one of that type. Others who ask for it meanwhile wait until it is made. */
    public <R> R get(Class<R> type, Supplier<? extends R> make) {
        Place place = placeOf(type);
        if (place.making.isHeldByCurrentThread()) {
            throw new IllegalStateException("To make a " + type.getName() + " needs a " + type.getName() + ".");
        }
        try {
            place.making.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("Interrupted while another task makes the " + type.getName() + ".");
            cancelled.initCause(e);
            throw cancelled;
        }
        try {
            Object resource = place.resource;
            if (resource == null) {
                resource = keep(type, make.get());
                place.resource = resource;
            }
            return type.cast(resource);
        } finally {
            place.making.unlock();
        }
    }

    private Place placeOf(Class<?> type) {
        lock.lock();
        try {
            if (closed) {
                throw closed(type);
            }
            return places.computeIfAbsent(type, absent -> new Place());
        } finally {
            lock.unlock();
        }
    }

    private Object keep(Class<?> type, Object resource) {
        lock.lock();
        try {
            if (!closed) {
                made.add(resource);
                return resource;
            }
        } finally {
            lock.unlock();
        }
        close(resource);
        throw closed(type);
    }

    private static IllegalStateException closed(Class<?> type) {
        return new IllegalStateException("The executor is closed, and makes no " + type.getName()
                + " any more: ask for resources while the task runs.");
    }

    /** Closes all that were made. There are none from now on. */
    public void close() {
        List<Object> open;
        lock.lock();
        try {
            closed = true;
            open = new ArrayList<>(made);
            made.clear();
            places.clear();
        } finally {
            lock.unlock();
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            close(open.get(i));
        }
    }

    private static void close(Object resource) {
        if (resource instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.log(
                        Level.WARNING,
                        "A resource could not be closed: " + resource.getClass().getName(),
                        e);
            }
        }
    }
}
