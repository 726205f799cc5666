package dev.gearshift.executors.redis;

import dev.gearshift.executors.redis.Shipment.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The tasks of one executor that are in Redis, as many as it may have there, and those that wait here for a place.
 *
 * <pre>
 *     send ---- a place is free ----> outstanding, counted ---- retries after a wait ----> not counted
 *       |                                 ^    |                                             |
 *       +---- none is ----> held ---------+    +---- answered, taken back ----> gone         +---- starts ----> counted
 * </pre>
 */
final class Outbox {
    /** The pauses between two attempts to reach Redis. */
    static final long LEAST_PAUSE_MILLIS = 5;

    static final long MOST_PAUSE_MILLIS = 250;

    private final int limit;
    private final RedisSettings settings;
    private final Link commands;

    /** What Redis may have, by reference. */
    private final ConcurrentMap<String, Shipment> outstanding = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final ArrayDeque<Shipment> held = new ArrayDeque<>();
    private int inRedis;
    private int withdrawn;

    private volatile boolean closed;

    /**
     * An empty one.
     *
     * @param limit how many tasks may be in Redis at once
     */
    Outbox(int limit, RedisSettings settings, Link commands) {
        this.limit = limit;
        this.settings = settings;
        this.commands = commands;
    }

    /** What became of an attempt to send. */
    private enum Sending {
        SENT,
        FULL,
        /** It was taken back meanwhile. */
        NEEDLESS
    }

    /**
     * Returns when Redis has it, or when it waits here for a place.
     *
     * @param whenUnknown is given it, before another is sent in its place, if whether Redis has it is not known
     * @throws LinkException if Redis was out of reach for longer than one is patient
     * @throws RejectedExecutionException if the queue is full and one does not wait for that, or Redis refuses, or the
     *     thread was interrupted
     */
    void send(Shipment shipment, Consumer<Shipment> whenUnknown) {
        if (!comesIn(shipment)) {
            return;
        }
        boolean sent = false;
        try {
            sent = isSent(shipment);
        } catch (LinkException e) {
            whenUnknown.accept(shipment);
            throw e;
        } finally {
            if (!sent) {
                outstanding.remove(shipment.reference(), shipment);
                left(shipment);
            }
        }
    }

    /** Whether there is room for it in Redis; else it waits here. */
    private boolean comesIn(Shipment shipment) {
        lock.lock();
        try {
            if (!shipment.options().delay().isZero()) {
                return true; // It takes no place before it starts.
            }
            if (inRedis >= limit) {
                held.add(shipment);
                return false;
            }
            count(shipment, true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when Redis has it; false if it was taken back. */
    private boolean isSent(Shipment shipment) {
        long until = System.nanoTime() + settings.patience().toNanos();
        for (long pause = LEAST_PAUSE_MILLIS; ; pause = Math.min(MOST_PAUSE_MILLIS, 2 * pause)) {
            try {
                Sending sending = trySend(shipment);
                if (sending != Sending.FULL) {
                    return sending == Sending.SENT;
                }
                if (settings.whenFull() == RedisSettings.WhenFull.REJECT) {
                    throw new QueueFullException(shipment.queue(), settings.queueCap());
                }
            } catch (LinkException e) {
                if (closed || System.nanoTime() - until > 0) {
                    throw e;
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new RejectedExecutionException(
                        "Interrupted while the task waited to be sent to the queue " + shipment.queue() + ".");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
    }

    /**
     * Sends it, without waiting for room.
     *
     * @throws LinkException if there was no answer
     * @throws RejectedExecutionException if Redis refuses
     */
    private Sending trySend(Shipment shipment) {
        shipment.lock.lock();
        try {
            if (shipment.state() == State.WITHDRAWN || shipment.state() == State.ENDED) {
                return Sending.NEEDLESS;
            }
            List<Object> arguments = new ArrayList<>();
            arguments.add(shipment.reference());
            arguments.add(settings.queueCap());
            arguments.add(shipment.attempt() == 0 ? shipment.options().delay().toMillis() : 0);
            arguments.addAll(shipment.fields());
            outstanding.put(shipment.reference(), shipment);
            shipment.tried = true;
            commands.call(Script.ENQUEUE, shipment.queue(), arguments.toArray());
            shipment.now(State.SENT);
            return Sending.SENT;
        } catch (JedisDataException e) {
            if (QueueFullException.isSaidBy(e)) {
                return Sending.FULL;
            }
            throw new RejectedExecutionException(
                    "Redis at " + settings.uri() + " refuses the task: " + e.getMessage(), e);
        } finally {
            shipment.lock.unlock();
        }
    }

    /** Sends what Redis has lost once more; false if nobody waits for it, or there is no room. */
    boolean isSentAgain(Shipment shipment) {
        return outstanding.get(shipment.reference()) == shipment && trySend(shipment) == Sending.SENT;
    }

    /** It takes no place any more, or not for a while: the next may go. */
    void left(Shipment shipment) {
        lock.lock();
        try {
            count(shipment, false);
        } finally {
            lock.unlock();
        }
        sendHeld();
    }

    /** It has started, so it takes a place, even if there was none for it; unless it has left for good meanwhile. */
    void cameBack(Shipment shipment) {
        lock.lock();
        try {
            if (outstanding(shipment.reference()) == shipment) {
                count(shipment, true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Redis has it no more, so it has ended, or was withdrawn, and nobody waits for its worker; false if it was before. */
    boolean leaves(Shipment shipment, State as) {
        return leaves(shipment, as, each -> true);
    }

    /**
     * The same, of one that is like that.
     *
     * @param which is asked under the lock of the task
     */
    boolean leaves(Shipment shipment, State as, Predicate<Shipment> which) {
        shipment.lock.lock();
        try {
            boolean leaves = shipment.state() == State.SENT && which.test(shipment);
            shipment.workerHeard();
            if (!leaves) {
                return false;
            }
            shipment.now(as);
        } finally {
            shipment.lock.unlock();
        }
        gone(shipment);
        return true;
    }

    /** Redis has it no more, and nobody waits for an answer. */
    void gone(Shipment shipment) {
        if (outstanding.remove(shipment.reference(), shipment)) {
            left(shipment);
        }
    }

    /** Under the lock. */
    private void count(Shipment shipment, boolean counts) {
        if (shipment.counted != counts) {
            shipment.counted = counts;
            inRedis += counts ? 1 : -1;
        }
    }

    /** Sends those that wait here as far as there is room, without waiting; none while Redis is out of reach. */
    void sendHeld() {
        while (!commands.isDown()) {
            Shipment next;
            lock.lock();
            try {
                next = inRedis < limit ? held.poll() : null;
                if (next == null) {
                    return;
                }
                count(next, true);
            } finally {
                lock.unlock();
            }
            if (!goes(next)) {
                return;
            }
        }
    }

    /** Sends one that was held; false if the rest has to wait. */
    private boolean goes(Shipment next) {
        boolean waits = false;
        try {
            Sending sending = trySend(next);
            if (sending == Sending.SENT) {
                return true;
            }
            waits = sending == Sending.FULL;
        } catch (LinkException e) {
            waits = true; // The inbox thread tries again.
        } catch (RuntimeException | Error e) {
            next.couldNotStart(e);
        }
        outstanding.remove(next.reference(), next);
        lock.lock();
        try {
            count(next, false);
            if (waits) {
                held.addFirst(next);
            }
        } finally {
            lock.unlock();
        }
        return !waits;
    }

    /** One was taken back that may wait here. They are not kept for long, also while there is no room for the next. */
    void withdrawn() {
        lock.lock();
        try {
            if (++withdrawn > held.size() / 2) {
                held.removeIf(shipment -> shipment.state() == State.WITHDRAWN);
                withdrawn = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes those out that wait here for a place and are like that. */
    List<Shipment> takeHeld(Predicate<Shipment> which) {
        List<Shipment> taken = new ArrayList<>();
        lock.lock();
        try {
            held.removeIf(shipment -> which.test(shipment) && taken.add(shipment));
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** What Redis may have under this reference; null if nobody here waits for it. */
    @Nullable
    Shipment outstanding(String reference) {
        return outstanding.get(reference);
    }

    /** All that Redis may have, as it changes. */
    Collection<Shipment> outstanding() {
        return outstanding.values();
    }

    /** Nobody waits any more until Redis is within reach. */
    void close() {
        closed = true;
    }
}
