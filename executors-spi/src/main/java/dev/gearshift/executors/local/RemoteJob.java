package dev.gearshift.executors.local;

import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import org.jspecify.annotations.Nullable;

/**
 * For strategies that leave this JVM: one accepted task, as whoever carries it sees it. The strategy extends this by what
 * it needs to carry it; the engine asks it to withdraw or stop, and hears from it what became of each attempt:
 * {@link #started} at most once, then once how it ended, on one thread at a time.
 */
public abstract class RemoteJob {
    private @Nullable LocalJob<?> job;

    /** For the strategies. */
    protected RemoteJob() {}

    final void of(LocalJob<?> accepted) {
        job = accepted;
    }

    @SuppressWarnings("NullAway") // set before anybody else has this
    private LocalJob<?> job() {
        return job;
    }

    /** The number that the executor gave the task. */
    public final long id() {
        return job().id();
    }

    /** How it is to be run. */
    public final TaskOptions options() {
        return job().options();
    }

    /** How often it was begun: 0 before the first attempt has started, or has ended unnoticed. */
    public final int attempt() {
        return job().attemptsBefore();
    }

    /** Whether {@link #started} should be called in the moment of the start. Else it may be left out. */
    public final boolean wantsToHearOfItsStart() {
        return job().options().timeout() != null || job().isHeard();
    }

    /** The attempt has started. Its timeout counts from now. */
    public final void started() {
        job().startsElsewhere();
    }

    /** The running attempt says how far it is. */
    public final void progressed(long done, long total) {
        job().progressed(done, total);
    }

    /**
     * The attempt has failed, and whoever runs it starts another one: for strategies that see to that themselves.
     *
     * @param backoffNanos in how long
     */
    public final void retrying(Throwable failure, long backoffNanos) {
        job().retriesElsewhere(failure, backoffNanos);
    }

    /** The attempt has returned, with the task's result. */
    public final void succeeded(@Nullable Object value) {
        job().endedElsewhere(value, null);
    }

    /**
     * The attempt has failed; after a {@link WorkerLostException} the job is executed again as often as its options allow.
     */
    public final void failed(Throwable failure) {
        job().endedElsewhere(null, failure);
    }

    /** Somebody else has cancelled it, where it waited or ran. */
    public final void cancelled() {
        job().cancelledElsewhere();
    }

    /** It was never started, and cannot be. */
    public final void couldNotStart(Throwable failure) {
        job().notStarted(failure);
    }

    /**
     * Takes it back if it has not started; does not wait. What was taken back once is never executed again.
     *
     * @param stops whether it is to be stopped, where that it has started turns out only later
     * @return false if its attempt has started, or is sure to
     */
    protected abstract boolean withdraw(boolean stops);

    /** Whether its attempt runs, as far as one can know. */
    protected abstract boolean isRunning();

    /** Interrupts the running attempt, and ends it by force if it goes on; does not wait. */
    protected abstract void stop();

    /** The running attempt may go on, but its result is not wanted; does not wait. */
    protected abstract void unwanted();

    /** It is over, and its future complete: what travelled need not be kept as long as the future is. */
    protected void over() {}

    /** See {@link TaskFuture#reference}. */
    protected String reference() {
        return Long.toString(id());
    }

    /** Who runs, or ran, the latest attempt. */
    protected abstract String worker();
}
