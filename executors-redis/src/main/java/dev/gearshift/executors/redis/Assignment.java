package dev.gearshift.executors.redis;

import dev.gearshift.executors.TaskFuture;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A task that a worker has: from the moment it was delivered until Redis knows how it ended. Thread-safe. */
final class Assignment {
    /** Why its task is stopped before its end. */
    enum Stop {
        /** Somebody cancelled it. */
        CANCELLED,
        /** Another worker has it now. */
        LOST,
        /** The worker ends, and gives it back. */
        RETURNED
    }

    private final String queue;
    private final String entryId;
    private final Entry.Raw raw;

    /** How often its worker was lost while it had this entry. */
    private final int deaths;

    /** Which attempt this is; written before it runs. */
    private volatile int attempt;

    // Guarded by this.
    private @Nullable TaskFuture<?> future;
    private @Nullable Stop stop;

    /** How many of its worker's places it takes; written before it runs. */
    private volatile int places = 1;

    private final long taken = System.nanoTime();
    private volatile boolean handedBack;
    private volatile boolean withdrawn;
    private volatile boolean startTold;
    private volatile long startedAt;

    Assignment(String queue, String entryId, Entry.Raw raw, int deaths) {
        this.queue = queue;
        this.entryId = entryId;
        this.raw = raw;
        this.deaths = deaths;
    }

    String queue() {
        return queue;
    }

    String entryId() {
        return entryId;
    }

    Entry.Raw raw() {
        return raw;
    }

    /** Empty if the entry has no proper one. */
    String id() {
        return raw.id();
    }

    int deaths() {
        return deaths;
    }

    void takes(int all) {
        places = all;
    }

    int places() {
        return places;
    }

    void isAttempt(int number) {
        attempt = number;
    }

    int attempt() {
        return attempt;
    }

    /** It runs. What was to stop it stops it now. */
    void runs(TaskFuture<?> running) {
        boolean unwanted;
        synchronized (this) {
            future = running;
            unwanted = stop != null;
        }
        if (unwanted) {
            running.cancel(true);
        }
    }

    /** Stops it; the first reason counts. */
    void stop(Stop reason) {
        TaskFuture<?> running;
        synchronized (this) {
            if (stop == null) {
                stop = reason;
            }
            running = future;
        }
        if (running != null) {
            running.cancel(true);
        }
    }

    synchronized @Nullable Stop stopped() {
        return stop;
    }

    void startedNow() {
        startedAt = System.nanoTime() | 1;
    }

    /** Whether it was given to the strategy so long ago, and has not started. */
    boolean hasWaited(Duration limit) {
        return startedAt == 0 && System.nanoTime() - taken >= limit.toNanos();
    }

    /** Takes it back from the strategy; false if it has started. */
    boolean handBack(Predicate<TaskFuture<?>> withdraw) {
        TaskFuture<?> waiting;
        synchronized (this) {
            waiting = future;
        }
        if (waiting == null) {
            return false;
        }
        handedBack = true;
        return withdraw.test(waiting);
    }

    /** Takes it back from the strategy for good; false if it has started, or is not there yet. */
    boolean withdraw(Predicate<TaskFuture<?>> withdraw) {
        withdrawn = true;
        TaskFuture<?> waiting;
        synchronized (this) {
            waiting = future;
        }
        return waiting != null && withdraw.test(waiting);
    }

    /** Whether its submitter does not want it if it has not started. */
    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Whether it was to be taken back. */
    boolean isHandedBack() {
        return handedBack;
    }

    /** In terms of {@code nanoTime}; 0 if it has not started. */
    long startedAt() {
        return startedAt;
    }

    /** Whether its submitter was not told of the start yet; it counts as told from now on. */
    synchronized boolean tellsStart() {
        boolean tells = !startTold;
        startTold = true;
        return tells;
    }
}
