package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Listeners;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.WorkerLostException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One accepted task: its future, and its life.
 *
 * <pre>
 *                   given up, could not start
 *        WAITING -----------------------------------------+
 *         |   ^                                           |
 *     run |   | retry                                     v
 *         v   |              body ended                  OVER
 *        RUNNING ------------------------------------->   ^
 *         |   |                                           |
 *         |   | given up, timeout                         |
 *         |   +----------> STOPPING -> STOPPED -----------+
 *         |                               ^   body ended  |
 *         | returned a stage              |               |
 *         v          given up, timeout    |               |
 *        STAGED --------------------------+               |
 *         |                                 stage ended   |
 *         +-----------------------------------------------+
 * </pre>
 *
 * <p>One word holds the phase, the number of the latest attempt, and whether the result is decided. So there is one
 * moment in which a job is given up, times out or ends; what was meant for one attempt never reaches another; and what
 * is decided while it waits never runs. A job that is given up goes on in its phase until the body has ended, but is
 * not retried.
 *
 * <p>STOPPING lasts for the one call to {@code Thread.interrupt}: the body cannot end in between, so an interrupt never
 * reaches what the thread does next.
 *
 * <p>Who decides also completes the future, after the listeners have heard of it. The job counts as unfinished until
 * its body has ended, and is listed until its future is complete too, in whichever order that happens.
 */
final class LocalJob<T extends @Nullable Object> extends TaskFuture<T> implements Runnable {
    private static final System.Logger LOG = System.getLogger(LocalJob.class.getName());

    private static final int WAITING = 0;
    private static final int RUNNING = 1;
    private static final int STAGED = 2;
    private static final int STOPPING = 3;
    private static final int STOPPED = 4;
    private static final int OVER = 5;

    private static final int PHASE = 0b111;
    private static final int DECIDED = 0b1000;
    private static final int COMPLETED = 0b10000;
    private static final long ATTEMPT = 0b100000;

    /** Stands for the end of a task that was cancelled by another than its future. */
    private static final class CancelledElsewhere extends CancellationException {
        private static final long serialVersionUID = 1L;
    }

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(LocalJob.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LocalTaskExecutor executor;
    private final Task<T> task;
    private final TaskOptions options;
    private final long id;

    /** What travels, where the attempts run elsewhere. */
    private final @Nullable RemoteJob remote;

    /** Where it comes from, if this JVM runs it for another. */
    private final @Nullable Origin origin;

    private final Listeners listeners;

    private volatile long word;

    /** What starts it after a delay. */
    private volatile @Nullable Future<?> start;

    /** What ends the attempt; set and silenced on behalf of the attempt. */
    private @Nullable Future<?> timeout;

    /** Written before RUNNING is, by the thread that runs the attempt. */
    private @Nullable Thread runner;

    /** Written before STAGED is. */
    private @Nullable CompletableFuture<T> stage;

    /** How many attempts ended with their workers; changed by the attempts. */
    private int lostWorkers;

    private long waitingSince;
    private long startedAt;

    /** Links of {@link OutstandingJobs}, guarded there. */
    @Nullable
    LocalJob<?> previous;

    @Nullable
    LocalJob<?> next;

    LocalJob(
            LocalTaskExecutor executor,
            long id,
            Task<T> task,
            TaskOptions options,
            @Nullable RemoteJob remote,
            @Nullable Origin origin) {
        this.executor = executor;
        this.id = id;
        this.task = task;
        this.options = options;
        this.remote = remote;
        this.origin = origin;
        this.listeners =
                origin == null ? executor.listeners() : executor.listeners().with(origin.listener());
        if (remote != null) {
            remote.of(this);
        }
    }

    @Override
    public long id() {
        return origin == null ? id : origin.id();
    }

    /** The number that its own executor gave it: later ones are higher. */
    long number() {
        return id;
    }

    void whenOver(Runnable quick) {
        whenDone(quick);
    }

    @Override
    public String reference() {
        return remote == null ? super.reference() : remote.reference();
    }

    @Override
    public Task<T> task() {
        return task;
    }

    TaskOptions options() {
        return options;
    }

    @Nullable
    RemoteJob remote() {
        return remote;
    }

    boolean isWaiting() {
        return phase(word) == WAITING && !isRunningUnnoticed();
    }

    boolean isRunning() {
        int phase = phase(word);
        return phase != OVER && (phase != WAITING || isRunningUnnoticed());
    }

    /** Elsewhere, where nobody asked to hear of the start. */
    private boolean isRunningUnnoticed() {
        return remote != null && remote.isRunning();
    }

    boolean isOver() {
        return phase(word) == OVER;
    }

    boolean isDecided() {
        return (word & DECIDED) != 0;
    }

    /** The latest attempt; 0 before the first. */
    int attempt() {
        long begun = word / ATTEMPT;
        return (int) Math.min(begun == 0 || origin == null ? begun : begun + origin.attempt() - 1, Integer.MAX_VALUE);
    }

    /** How often it was begun, here and where it comes from. */
    int attemptsBefore() {
        return attempt() == 0 && origin != null ? origin.attempt() - 1 : attempt();
    }

    private static int phase(long word) {
        return (int) word & PHASE;
    }

    /** From the given word to another phase, with more added to it. */
    private boolean move(long from, int phase, long more) {
        return WORD.compareAndSet(this, from, (from & ~PHASE) + phase + more);
    }

    // An attempt.

    /** One attempt, on the calling thread. */
    @Override
    public void run() {
        long waiting = word;
        if (phase(waiting) != WAITING || !starts(waiting)) {
            executor.workers().bodyEnded(this);
            return;
        }
        inContext(this::attemptOnce);
    }

    private boolean starts(long waiting) {
        runner = Thread.currentThread();
        boolean started = move(waiting, RUNNING, ATTEMPT);
        if (!started) {
            runner = null; // It was given up, and keeps nothing.
        }
        return started;
    }

    private void attemptOnce() {
        T value = null;
        Throwable failure = null;
        try {
            started();
            if (executor.workers().runsStages() && task instanceof AsyncTask<T> async) {
                begin(async.callAsync().toCompletableFuture());
                return;
            }
            value = task.call();
        } catch (Throwable e) {
            failure = e;
        }
        ended(value, failure);
    }

    private void started() {
        tellStarted();
        limitTime();
    }

    private void tellStarted() {
        if (listeners.active()) {
            startedAt = System.nanoTime();
            listeners.started(event());
        }
    }

    private void limitTime() {
        if (options.timeout() != null) {
            int current = attempt();
            timeout = executor.later(() -> timedOut(current), TimeUnit.NANOSECONDS.convert(options.timeout()));
        }
    }

    private void begin(CompletableFuture<T> begun) {
        stage = begun;
        long running = word;
        while (phase(running) == RUNNING && !move(running, STAGED, 0)) {
            running = word;
        }
        CompletableFuture<T> unused =
                begun.whenComplete((value, failure) -> executor.workers().finish(() -> stageEnded(value, failure)));
        if (phase(running) != RUNNING) {
            awaitStopped();
            cancelAside(begun); // Whatever hangs on it may block, and this thread is one that starts others.
        }
    }

    // An attempt elsewhere.

    /** The attempt has started there; called by who hears of it, and by who wants to stop it and finds it so. */
    private void startedElsewhere(long waiting) {
        if (phase(waiting) == WAITING && move(waiting, RUNNING, ATTEMPT)) {
            inContext(this::tellStarted);
        }
    }

    /** The attempt has started there just now. Called by the one thread that also calls {@link #endedElsewhere}. */
    void startsElsewhere() {
        startedElsewhere(word);
        limitTime();
    }

    /** The attempt has ended there. Called once for each attempt. */
    @SuppressWarnings("unchecked") // what carried it has made it the task's result
    void endedElsewhere(@Nullable Object value, @Nullable Throwable failure) {
        startedElsewhere(word);
        inContext(() -> ended((T) value, failure));
    }

    /** The attempt has failed there, and another one follows. */
    void retriesElsewhere(Throwable failure, long backoffNanos) {
        startedElsewhere(word);
        silenceTimeout();
        long running = word;
        if ((running & DECIDED) == 0) {
            inContext(() -> waitsAgain(running, failure, backoffNanos));
        }
    }

    /** Nobody here has asked for it. */
    void cancelledElsewhere() {
        endedElsewhere(null, new CancelledElsewhere());
    }

    private void stageEnded(T value, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        inContext(() -> ended(value, cause == null ? failure : cause));
    }

    private void ended(@Nullable T value, @Nullable Throwable failure) {
        silenceTimeout();
        if (failure != null && retries(failure)) {
            return;
        }
        long before = leave();
        boolean decides = (before & DECIDED) == 0;
        if (decides) {
            tellEnd(failure);
        }
        executor.bodyOver();
        executor.workers().bodyEnded(this);
        if (decides) {
            complete(value, failure);
        } else if ((before & COMPLETED) != 0) {
            forgotten();
        }
    }

    /** Elsewhere, a timeout or a cancellation may have ended it that nobody here has noticed. */
    private void tellEnd(@Nullable Throwable failure) {
        if (failure == null) {
            told(TaskEvent.End.SUCCEEDED, null);
        } else if (remote != null && failure instanceof TaskTimeoutException) {
            told(TaskEvent.End.TIMED_OUT, failure);
        } else if (failure instanceof CancelledElsewhere) {
            told(TaskEvent.End.CANCELLED, null);
        } else {
            told(TaskEvent.End.FAILED, failure);
        }
    }

    private void silenceTimeout() {
        Future<?> pending = timeout;
        if (pending != null) {
            pending.cancel(false);
            timeout = null;
        }
    }

    private void complete(@Nullable T value, @Nullable Throwable failure) {
        if (hasDependents() && !executor.workers().mayBlock()) {
            aside(() -> completeHere(value, failure));
        } else {
            completeHere(value, failure);
        }
    }

    @SuppressWarnings("NullAway") // value is a T wherever failure is null
    private void completeHere(@Nullable T value, @Nullable Throwable failure) {
        try {
            if (failure == null) {
                settle(value);
            } else if (failure instanceof CancelledElsewhere) {
                settleCancelled();
            } else {
                settleExceptionally(failure);
            }
        } finally {
            forgotten();
        }
    }

    private boolean retries(Throwable failure) {
        long running = word;
        if ((running & DECIDED) != 0 || executor.workers().seesToRetries() || !isWorthRetrying(failure)) {
            return false;
        }
        long backoff = options.retry().backoffNanos(attempt());
        if (!waitsAgain(running, failure, backoff)) {
            return false;
        }
        executor.workers().bodyEnded(this);
        startAfter(backoff);
        return true;
    }

    private boolean waitsAgain(long running, Throwable failure, long backoff) {
        if (listeners.active()) {
            listeners.retrying(event(), failure, backoff);
            waitingSince = System.nanoTime();
            startedAt = 0;
        }
        return move(running, WAITING, 0);
    }

    /** A worker that died counts for itself; it is not the task's own failure. */
    private boolean isWorthRetrying(Throwable failure) {
        if (failure instanceof WorkerLostException && remote != null) {
            return ++lostWorkers <= options.retry().lostWorkers();
        }
        return options.retry().again(attempt() - lostWorkers, failure);
    }

    /** The body has ended, for good: the result is decided now, if it was not before. Returns the word as it was. */
    private long leave() {
        while (true) {
            long now = word;
            if (phase(now) == STOPPING || phase(now) == STOPPED) {
                awaitStopped();
                now = word;
            }
            if (move(now, OVER, DECIDED & ~now)) {
                return now;
            }
        }
    }

    /** Waits out an interrupt that is just being delivered, and takes it back: it was meant for this task alone. */
    @SuppressWarnings("ThreadPriorityCheck") // for the length of one call to interrupt()
    private void awaitStopped() {
        while (phase(word) == STOPPING) {
            Thread.yield();
        }
        if (runner == Thread.currentThread()) {
            Thread.interrupted();
        }
    }

    // Other ends.

    @Override
    protected boolean giveUp(boolean interrupt) {
        boolean first = giveUp(interrupt, this::cancel);
        if (!first && !LocalContext.isInsideAny()) {
            awaitResults(List.of(this)); // Whoever decided is about to complete this.
        }
        return first;
    }

    /** Cancels it for an executor that ends: whatever hangs on it, or on its stage, holds up no other job. */
    void abandon() {
        if (giveUp(true, this::cancelAside)) {
            cancelled(this::givenUp);
        }
    }

    /** Waits a moment until all are complete, whose ends were decided. */
    static void awaitEnds(List<LocalJob<?>> jobs) {
        awaitResults(jobs);
    }

    private boolean giveUp(boolean interrupt, Consumer<@Nullable CompletableFuture<T>> canceller) {
        while (true) {
            long now = word;
            if ((now & DECIDED) != 0) {
                if (interrupt) {
                    canceller.accept(stop());
                }
                return false;
            }
            if (phase(now) == WAITING) {
                if (drop(now, interrupt)) {
                    told(TaskEvent.End.CANCELLED, null);
                    executor.bodyOver();
                    return true;
                }
            } else if (move(now, phase(now), DECIDED)) {
                inContext(() -> {
                    if (interrupt) {
                        canceller.accept(stop());
                    } else if (remote != null) {
                        unwanted(remote);
                    }
                    told(TaskEvent.End.CANCELLED, null);
                });
                return true;
            }
        }
    }

    /** Cancels it if it waits and was never begun. */
    boolean cancelUnbegun() {
        long waiting = word;
        if (phase(waiting) != WAITING || waiting / ATTEMPT != 0 || !drop(waiting, true)) {
            return false;
        }
        told(TaskEvent.End.CANCELLED, null);
        executor.bodyOver();
        cancelled(this::forgotten);
        return true;
    }

    /** Completes it as cancelled; what depends on it may block, and is not for the calling thread. */
    private void cancelled(Runnable afterwards) {
        if (hasDependents()) {
            aside(() -> cancelledHere(afterwards));
        } else {
            cancelledHere(afterwards);
        }
    }

    /** Completes it on a thread that what depends on it may block. */
    private void aside(Runnable completion) {
        executor.aside(() -> {
            executor.mayBlock();
            inContext(completion);
        });
    }

    private void cancelledHere(Runnable afterwards) {
        try {
            settleCancelled();
        } finally {
            afterwards.run();
        }
    }

    /** It waits, and never runs; false if it does not wait any more. See {@link RemoteJob#withdraw}. */
    private boolean drop(long waiting, boolean stops) {
        if (remote != null && !remote.withdraw(stops)) {
            startedElsewhere(waiting);
            return false;
        }
        boolean dropped = move(waiting, OVER, DECIDED);
        if (dropped) {
            silenceStart();
            executor.workers().dropped(this);
        }
        return dropped;
    }

    /** The body may end sooner or later than whoever decided completes the future; the later one sees to the rest. */
    @Override
    protected void givenUp() {
        long before = (long) WORD.getAndBitwiseOr(this, (long) COMPLETED);
        if (phase(before) == OVER) {
            forgotten();
        }
    }

    private void forgotten() {
        executor.forget(this);
        runner = null;
        stage = null;
        if (remote != null) {
            remote.over();
        }
    }

    /** Ends the job if it waits. */
    private void couldNotStart(Throwable failure) {
        long waiting = word;
        if (phase(waiting) == WAITING && drop(waiting, true)) {
            told(TaskEvent.End.FAILED, failure);
            executor.bodyOver();
            settleAside(failure);
            forgotten();
        }
    }

    /** Takes back a job that was never accepted, so nobody has its future; false if it was given up, or has started. */
    boolean withdraw(Throwable rejection) {
        long waiting = word;
        if (phase(waiting) != WAITING || !drop(waiting, true)) {
            return false;
        }
        tell(TaskEvent.End.FAILED, rejection);
        settleExceptionally(rejection); // shutdownNow may have seen it meanwhile
        forgotten();
        executor.bodyOver();
        return true;
    }

    private void timedOut(int timedAttempt) {
        while (true) {
            long now = word;
            if (attempt() != timedAttempt || (phase(now) != RUNNING && phase(now) != STAGED)) {
                return;
            }
            if ((now & DECIDED) != 0) {
                cancel(stop()); // Given up, and let go on until now.
                return;
            }
            if (options.timeout() != null && move(now, phase(now), DECIDED)) {
                TaskTimeoutException failure = new TaskTimeoutException(
                        "Task " + id() + " (" + task.getClass().getName() + ")", options.timeout());
                cancelAside(stop());
                if (listeners.active()) {
                    executor.mayBlock();
                }
                told(TaskEvent.End.TIMED_OUT, failure);
                settleAside(failure);
                givenUp();
                return;
            }
        }
    }

    private void settleAside(Throwable failure) {
        if (hasDependents()) {
            executor.mayBlock();
        }
        settleExceptionally(failure);
    }

    /** Interrupts the body, or returns the stage that is to be cancelled; the result is decided. */
    private @Nullable CompletableFuture<T> stop() {
        while (true) {
            long now = word;
            if (phase(now) == RUNNING) {
                if (move(now, STOPPING, 0)) {
                    interrupt();
                    return null;
                }
            } else if (phase(now) == STAGED) {
                CompletableFuture<T> pending = stage;
                if (move(now, STOPPED, 0)) {
                    return pending;
                }
            } else {
                return null;
            }
        }
    }

    /** Whatever hangs on the stage runs now. */
    private void cancel(@Nullable CompletableFuture<T> pending) {
        if (pending == null) {
            return;
        }
        executor.mayBlock();
        try {
            inContext(() -> pending.cancel(true));
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "The stage of task " + id() + " cannot be cancelled; its result is dropped", e);
        }
    }

    private void cancelAside(@Nullable CompletableFuture<T> pending) {
        if (pending != null) {
            executor.aside(() -> cancel(pending));
        }
    }

    private void interrupt() {
        Thread thread = runner;
        try {
            if (remote != null) {
                remote.stop();
            } else if (thread != null) {
                thread.interrupt();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "Task " + id() + " cannot be stopped; its result is dropped", e);
        } finally {
            WORD.getAndAdd(this, (long) (STOPPED - STOPPING));
        }
    }

    /** What is decided is completed, whatever becomes of this. */
    private void unwanted(RemoteJob elsewhere) {
        try {
            elsewhere.unwanted();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "Task " + id() + " cannot be let go; its result is dropped", e);
        }
    }

    // Starting later.

    /** Has it run after a while; once it is accepted, whatever goes wrong ends in its future. */
    void startAfter(long nanos) {
        try {
            start = executor.later(this::startNow, nanos);
            if (isOver()) {
                silenceStart();
            }
        } catch (Throwable e) {
            couldNotStart(e);
        }
    }

    private void startNow() {
        try {
            if (executor.workers().mayRunAtOnce()) {
                executor.mayBlock();
            }
            executor.workers().execute(this);
        } catch (Throwable e) {
            couldNotStart(e);
        }
    }

    /** It was handed to a thread that could not be started. */
    void notRun(Throwable failure) {
        executor.workers().bodyEnded(this);
        notStarted(failure);
    }

    /** Whoever was to start it could not. */
    void notStarted(Throwable failure) {
        executor.aside(() -> couldNotStart(failure));
    }

    private void silenceStart() {
        Future<?> pending = start;
        if (pending != null) {
            pending.cancel(false);
            start = null;
        }
    }

    // What listeners hear.

    void submitted() {
        if (listeners.active()) {
            waitingSince = System.nanoTime();
            inContext(() -> listeners.submitted(event()));
        }
    }

    void progressed(long done, long total) {
        if (listeners.active() && !isDecided()) {
            listeners.progressed(event(), done, total);
        }
    }

    /** Counts and tells how it ended, on the thread that decided it. */
    private void told(TaskEvent.End end, @Nullable Throwable failure) {
        executor.count(end);
        tell(end, failure);
    }

    private void tell(TaskEvent.End end, @Nullable Throwable failure) {
        if (listeners.active()) {
            inContext(() -> listeners.finished(event(), end, failure));
        }
    }

    /** Marks the thread as one that would wait for itself if it waited for the job, or closed the executor. */
    private void inContext(Runnable step) {
        LocalContext context = new LocalContext(this);
        context.begin();
        try {
            step.run();
        } finally {
            context.end();
        }
    }

    private TaskEvent event() {
        long now = System.nanoTime();
        boolean hasStarted = startedAt != 0;
        return listeners.event(
                id(),
                task,
                attempt(),
                attempt() == 0 ? null : worker(),
                waitingSince == 0 ? 0 : Math.max(0, (hasStarted ? startedAt : now) - waitingSince),
                hasStarted ? Math.max(0, now - startedAt) : 0);
    }

    /** Whether anybody wants to hear what becomes of it. */
    boolean isHeard() {
        return listeners.active();
    }

    LocalTaskExecutor executor() {
        return executor;
    }

    /** The name of the thread or the process that runs, or ran, the latest attempt. */
    String worker() {
        if (remote != null) {
            return remote.worker();
        }
        Thread thread = runner;
        return thread == null ? "" : thread.getName();
    }
}
