package dev.gearshift.executors.redis;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends exchanges that should have been over long ago: a write to a link that has gone silent has no limit of its own. One
 * daemon thread for all links of this JVM, there only while one of them is open.
 */
final class LinkWatch {
    private static final System.Logger LOG = System.getLogger(LinkWatch.class.getName());
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Set<Link> OPEN = new HashSet<>();
    private static @Nullable Thread thread;

    private LinkWatch() {}

    static synchronized void add(Link link) {
        OPEN.add(link);
        if (thread == null) {
            Thread started = new Thread(null, LinkWatch::watch, "gearshift-redis-links", 0, false);
            started.setDaemon(true);
            started.setContextClassLoader(ClassLoader.getSystemClassLoader());
            started.start();
            thread = started;
        }
    }

    static synchronized void remove(Link link) {
        if (OPEN.remove(link) && OPEN.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    private static void watch() {
        for (List<Link> open = open(); !open.isEmpty(); open = open()) {
            try {
                open.forEach(Link::endIfStuck);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "A connection to Redis cannot be looked after", e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** With none, the thread that asks is the last. */
    private static synchronized List<Link> open() {
        if (OPEN.isEmpty()) {
            thread = null;
        }
        return List.copyOf(OPEN);
    }
}
