package dev.gearshift.executors.redis;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a worker was told of tasks: to stop them, or to withdraw them if they have not begun. An order may be faster than
 * the task that it is for, so it is kept for a second. Thread-safe.
 */
final class Orders {
    private static final String WITHDRAW = "?";
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST = 10_000;

    private final ConcurrentMap<String, Long> since = new ConcurrentHashMap<>();

    /** The id of the task that an order is for. */
    static String id(String order) {
        return isWithdrawal(order) ? order.substring(WITHDRAW.length()) : order;
    }

    static boolean isWithdrawal(String order) {
        return order.startsWith(WITHDRAW);
    }

    /** Keeps one that was told just now, and drops old ones. */
    void keep(String order) {
        long now = System.nanoTime();
        since.values().removeIf(told -> now - told > KEPT_NANOS);
        if (since.size() < MOST) { // Else somebody writes what nobody is to stop.
            since.put(order, now);
        }
    }

    /** It was followed. */
    void followed(String order) {
        since.remove(order);
    }

    boolean isToBeStopped(String id) {
        return !since.isEmpty() && isNew(since.remove(id));
    }

    boolean isToBeWithdrawn(String id) {
        return !since.isEmpty() && isNew(since.remove(WITHDRAW + id));
    }

    private static boolean isNew(@Nullable Long told) {
        return told != null && System.nanoTime() - told <= KEPT_NANOS;
    }
}
