package dev.gearshift.executors.processes;

import dev.gearshift.executors.local.RemoteJob;
import dev.gearshift.executors.wire.Parcel;
import dev.gearshift.executors.wire.TaskWire;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A task on its way: what travels of it, and where it is.
 *
 * <pre>
 *   at home --&gt; queued --&gt; sent --&gt; at home       its worker died before it started it, or another has time for it
 *      |          |  ^      |  |
 *      |          |  |      |  +-&gt; ended           the attempt is over; perhaps there is another
 *      |          |  +------|------- |
 *      +----------+---------+--------+-&gt; withdrawn from sent only if the worker has not claimed it, from ended only
 *                                                  once the engine has heard of the end
 * </pre>
 */
final class Errand extends RemoteJob {
    private static final Place AT_HOME = new Place();
    private static final Place QUEUED = new Place();
    private static final Place WITHDRAWN = new Place();

    private static final Parcel NOTHING = new Parcel(new byte[0], List.of());

    private final ProcessPool pool;
    private final TaskWire wire;
    private final TaskTimes times;
    private volatile Parcel parcel;
    private final AtomicReference<Place> place = new AtomicReference<>(AT_HOME);

    /** Who had it last; for messages. */
    private volatile String worker = "";

    /** How often its worker died before it started this; used under the pool's lock. */
    int deathsBeforeStart;

    /** Where an errand is. Told apart by identity, so that two trips to one worker are two places. */
    private static class Place {}

    /** At a worker, as the task with that number. All that changes is used under the pool's lock, but for the volatile. */
    static final class Trip extends Place {
        final Errand errand;
        final WorkerProcess worker;
        final long seq;
        final int attempt;

        /** How long it was expected to take, and what it weighs. */
        final long expectedNanos;

        final long bytes;

        /** Whether it was seen to have started; what the worker says later does not change that. */
        volatile boolean seenStarted;

        /** Whether the worker has said so in a frame. */
        boolean toldStarted;

        /** Whether it was told to stop. */
        boolean stopping;

        /** Whether it was taken back before the worker claimed it; the worker skips it, and says so. */
        boolean revoked;

        /** Whether the worker has answered it, or is gone. */
        boolean over;

        /** Ends it if it never says that it started. */
        @Nullable
        Future<?> watch;

        private Trip(Errand errand, WorkerProcess worker, long seq) {
            this.errand = errand;
            this.worker = worker;
            this.seq = seq;
            this.attempt = errand.attempt() + 1;
            this.expectedNanos = errand.times.expectedNanos();
            this.bytes = errand.parcel.length();
        }

        /** As far as one can know. */
        boolean hasStarted() {
            if (!seenStarted && worker.isClaimed(seq)) {
                seenStarted = true;
            }
            return seenStarted;
        }

        /** Takes it back, under the pool's lock; false if the worker has claimed it. */
        boolean revoke() {
            if (!revoked && !over && !seenStarted) {
                revoked = worker.revoke(seq);
                seenStarted = !revoked;
                if (revoked) {
                    worker.carriesOneLess();
                }
            }
            return revoked;
        }

        void unwatch() {
            if (watch != null) {
                watch.cancel(false);
                watch = null;
            }
        }
    }

    /** An attempt has ended. */
    private static final class Ended extends Place {
        private final int attempt;

        private Ended(int attempt) {
            this.attempt = attempt;
        }
    }

    Errand(ProcessPool pool, TaskWire wire, TaskTimes times, Parcel parcel) {
        this.pool = pool;
        this.wire = wire;
        this.times = times;
        this.parcel = parcel;
    }

    TaskWire wire() {
        return wire;
    }

    TaskTimes times() {
        return times;
    }

    String taskClass() {
        return wire.taskClass().getName();
    }

    Parcel parcel() {
        return parcel;
    }

    /** It waits for a worker; false if it was withdrawn. */
    boolean queued() {
        Place now = place.get();
        return (now == AT_HOME || now instanceof Ended) && place.compareAndSet(now, QUEUED);
    }

    /** It goes to the worker, which has been offered that number; null if it was withdrawn. */
    @Nullable
    Trip sent(WorkerProcess to, long seq) {
        Trip trip = new Trip(this, to, seq);
        worker = to.name();
        return place.compareAndSet(QUEUED, trip) ? trip : null;
    }

    /** The trip is over without a start; false if it was withdrawn from it. */
    boolean home(Trip trip) {
        return place.compareAndSet(trip, AT_HOME);
    }

    /** The attempt that the trip was for has ended, and the engine is about to hear of it. */
    void ended(Trip trip) {
        place.compareAndSet(trip, new Ended(trip.attempt));
    }

    @Override
    protected boolean withdraw(boolean stops) {
        while (true) {
            Place now = place.get();
            if (now == WITHDRAWN) {
                return true;
            }
            if (now instanceof Ended ended && attempt() < ended.attempt) {
                return false; // The engine has not heard of it yet, and will.
            }
            if (now instanceof Trip trip && !pool.revoke(trip)) {
                if (place.get() == trip) {
                    return false;
                }
            } else if (place.compareAndSet(now, WITHDRAWN)) {
                parcel = NOTHING;
                if (now == QUEUED) {
                    pool.withdrawnFromTheQueue();
                }
                return true;
            }
        }
    }

    boolean isWithdrawn() {
        return place.get() == WITHDRAWN;
    }

    /** Whether the other is equal to this. */
    boolean isLike(Errand other) {
        return wire.taskClass() == other.wire.taskClass() && parcel.isLike(other.parcel);
    }

    @Override
    protected boolean isRunning() {
        return place.get() instanceof Trip trip && trip.hasStarted();
    }

    @Override
    protected void stop() {
        if (place.get() instanceof Trip trip) {
            pool.stop(trip);
        }
    }

    @Override
    protected void unwanted() {
        if (place.get() instanceof Trip trip) {
            pool.unwanted(trip);
        }
    }

    @Override
    protected void over() {
        parcel = NOTHING;
    }

    @Override
    protected String worker() {
        return worker;
    }

    @Override
    public String toString() {
        return "task " + id() + " (" + taskClass() + ")";
    }
}
