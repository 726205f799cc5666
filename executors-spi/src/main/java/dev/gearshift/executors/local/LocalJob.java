package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One accepted task: its future, and its life.
 *
 * <pre>
 *                       abandon
 *             WAITING -----------------------------> OVER
 *              |   ^                                  ^
 *          run |   | retry                            |
 *              v   |            body ended            |
 *             RUNNING --------------------------------+
 *              |                                      |
 *              | abandon(true), timeout               |
 *              v                     body ended       |
 *             STOPPING -> STOPPED --------------------+
 * </pre>
 *
 * <p>Where an asynchronous task needs no thread, RUNNING is only the time until it has returned its stage; then it is
 * STAGED, which is like RUNNING but that stopping cancels the stage instead of interrupting a thread.
 *
 * <p>STOPPING lasts for the one call to {@code Thread.interrupt}: the body cannot end in between, so an interrupt never
 * reaches what the thread does next. The future may be complete long before the job is OVER.
 */
final class LocalJob<T extends @Nullable Object> extends TaskFuture<T> implements Runnable {
    private static final int WAITING = 0;
    private static final int RUNNING = 1;
    private static final int STOPPING = 2;
    private static final int STOPPED = 3;
    private static final int STAGED = 4;
    private static final int OVER = 5;

    private static final VarHandle STATE;
    private static final VarHandle DECIDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(LocalJob.class, "state", int.class);
            DECIDED = lookup.findVarHandle(LocalJob.class, "decided", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LocalTaskExecutor executor;
    private final Task<T> task;
    private final TaskOptions options;
    private final long id;

    private volatile int state = WAITING;

    private volatile boolean decided;

    private volatile @Nullable Future<?> alarm;

    /** Written before RUNNING is, by the thread that runs the attempt. */
    private @Nullable Thread runner;

    /** Written before STAGED is. */
    private @Nullable CompletableFuture<T> stage;

    private int attempt;
    private long waitingSince;
    private long startedAt;

    /** Links of {@link OutstandingJobs}, guarded there. */
    @Nullable
    LocalJob<?> previous;

    @Nullable
    LocalJob<?> next;

    LocalJob(LocalTaskExecutor executor, long id, Task<T> task, TaskOptions options) {
        this.executor = executor;
        this.id = id;
        this.task = task;
        this.options = options;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Task<T> task() {
        return task;
    }

    TaskOptions options() {
        return options;
    }

    boolean isWaiting() {
        return state == WAITING;
    }

    boolean isRunning() {
        int now = state;
        return now != WAITING && now != OVER;
    }

    boolean isOver() {
        return state == OVER;
    }

    void waitingFrom(long nanoTime) {
        waitingSince = nanoTime;
    }

    /** One attempt, on the calling thread. */
    @Override
    public void run() {
        runner = Thread.currentThread();
        attempt++;
        if (!STATE.compareAndSet(this, WAITING, RUNNING)) {
            executor.workers().bodyEnded(this);
            return;
        }
        started();
        LocalContext context = new LocalContext(this);
        TaskContext outer = context.begin();
        try {
            if (executor.workers().runsStages() && task instanceof AsyncTask<T> async) {
                beginStage(async);
            } else {
                runBody();
            }
        } finally {
            context.end(outer);
        }
    }

    private void runBody() {
        T value = null;
        Throwable failure = null;
        try {
            value = task.call();
        } catch (Throwable e) {
            failure = e;
        }
        ended(value, failure);
    }

    private void beginStage(AsyncTask<T> async) {
        CompletableFuture<T> begun;
        try {
            begun = async.callAsync().toCompletableFuture();
        } catch (Throwable e) {
            ended(null, e);
            return;
        }
        stage = begun;
        if (!STATE.compareAndSet(this, RUNNING, STAGED)) {
            awaitStopped();
            begun.cancel(true);
        }
        CompletableFuture<T> unused =
                begun.whenComplete((value, failure) -> executor.workers().finish(() -> {
                    LocalContext context = new LocalContext(this);
                    TaskContext outer = context.begin();
                    try {
                        ended(
                                value,
                                failure instanceof CompletionException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure);
                    } finally {
                        context.end(outer);
                    }
                }));
    }

    private void started() {
        if (executor.listeners().active()) {
            startedAt = System.nanoTime();
            executor.listeners().started(event());
        }
        if (options.timeout() != null) {
            int current = attempt;
            alarm = executor.later(() -> timedOut(current), TimeUnit.NANOSECONDS.convert(options.timeout()));
        }
    }

    @SuppressWarnings("NullAway") // value is a T wherever failure is null
    private void ended(@Nullable T value, @Nullable Throwable failure) {
        silence();
        if (failure != null && retries(failure)) {
            return;
        }
        leaveRunning();
        executor.workers().bodyEnded(this);
        if (!decide(failure == null ? TaskEvent.End.SUCCEEDED : TaskEvent.End.FAILED, failure)) {
            awaitSettled();
        } else if (failure == null) {
            settle(value);
        } else {
            settleExceptionally(failure);
        }
        executor.over(this);
    }

    /** Whoever decided otherwise is about to complete the future; until then the job is not over. */
    @SuppressWarnings("ThreadPriorityCheck") // for the instant between the decision and the completion
    private void awaitSettled() {
        while (!isDone()) {
            Thread.yield();
        }
    }

    private boolean retries(Throwable failure) {
        if (isDone() || decided || !options.retry().again(attempt, failure)) {
            return false;
        }
        long backoff = options.retry().backoffNanos(attempt);
        if (executor.listeners().active()) {
            executor.listeners().retrying(event(), failure, backoff);
            waitingSince = System.nanoTime();
        }
        if (!STATE.compareAndSet(this, RUNNING, WAITING) && !STATE.compareAndSet(this, STAGED, WAITING)) {
            return false;
        }
        executor.workers().bodyEnded(this);
        executor.startLater(this, backoff);
        return true;
    }

    private void leaveRunning() {
        if (!STATE.compareAndSet(this, RUNNING, OVER) && !STATE.compareAndSet(this, STAGED, OVER)) {
            awaitStopped();
            state = OVER;
        }
    }

    /** Waits out an interrupt that is just being delivered, and takes it back: it was meant for this task alone. */
    @SuppressWarnings("ThreadPriorityCheck") // for the length of one call to interrupt()
    private void awaitStopped() {
        while (state == STOPPING) {
            Thread.yield();
        }
        if (runner == Thread.currentThread()) {
            Thread.interrupted();
        }
    }

    @Override
    protected void abandon(boolean interrupt) {
        decide(TaskEvent.End.CANCELLED, null);
        if (!dropIfWaiting() && interrupt) {
            stop();
        }
    }

    private boolean dropIfWaiting() {
        boolean waited = STATE.compareAndSet(this, WAITING, OVER);
        if (waited) {
            silence();
            executor.over(this);
        }
        return waited;
    }

    /** Ends the job if it waits. */
    void couldNotStart(Throwable failure) {
        if (STATE.compareAndSet(this, WAITING, OVER)) {
            if (decide(TaskEvent.End.FAILED, failure)) {
                settleExceptionally(failure);
            }
            executor.over(this);
        }
    }

    /** Takes back a job that was never accepted, as nobody has its future. */
    boolean withdraw() {
        return STATE.compareAndSet(this, WAITING, OVER);
    }

    private void timedOut(int timedAttempt) {
        if (attempt != timedAttempt || (state != RUNNING && state != STAGED) || isDone() || options.timeout() == null) {
            return;
        }
        TaskTimeoutException failure =
                new TaskTimeoutException("Task " + id + " (" + task.getClass().getName() + ")", options.timeout());
        if (decide(TaskEvent.End.TIMED_OUT, failure)) {
            stop();
            executor.expire(this, () -> {
                settleExceptionally(failure);
                dropIfWaiting();
            });
        }
    }

    private void stop() {
        if (STATE.compareAndSet(this, RUNNING, STOPPING)) {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
            state = STOPPED;
        } else if (STATE.compareAndSet(this, STAGED, STOPPED)) {
            CompletableFuture<T> pending = stage;
            if (pending != null) {
                pending.cancel(true);
            }
        }
    }

    private void silence() {
        Future<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
            alarm = null;
        }
    }

    /** Keeps the alarm that starts it, unless it was abandoned meanwhile. */
    void ringsWith(Future<?> pending) {
        alarm = pending;
        if (isOver()) {
            silence();
        }
    }

    /** Counts and tells how it ended; the first word stands. Whoever cancels from outside has completed the future before. */
    private boolean decide(TaskEvent.End end, @Nullable Throwable failure) {
        if (!DECIDED.compareAndSet(this, false, true)) {
            return false;
        }
        executor.count(end);
        if (executor.listeners().active()) {
            executor.listeners().finished(event(), end, failure);
        }
        return true;
    }

    TaskEvent event() {
        long now = System.nanoTime();
        boolean hasStarted = startedAt != 0;
        Thread thread = runner;
        return executor.listeners()
                .event(
                        id,
                        task,
                        attempt,
                        thread == null ? null : thread.getName(),
                        waitingSince == 0 ? 0 : Math.max(0, (hasStarted ? startedAt : now) - waitingSince),
                        hasStarted ? Math.max(0, now - startedAt) : 0);
    }

    LocalTaskExecutor executor() {
        return executor;
    }

    int attempt() {
        return attempt;
    }

    String worker() {
        Thread thread = runner;
        return thread == null ? "" : thread.getName();
    }
}
