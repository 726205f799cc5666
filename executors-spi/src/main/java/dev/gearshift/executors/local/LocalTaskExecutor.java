package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.ExecutorServiceView;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.ExecutorSnapshot.State;
import dev.gearshift.executors.Listeners;
import dev.gearshift.executors.MissingCapabilityException;
import dev.gearshift.executors.PortabilityCheck;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The executor of all strategies here. It keeps what every strategy promises (futures, timeouts, retries, streams,
 * closing, listeners), in this JVM; a strategy chooses only where the tasks run: on threads here, or on {@link
 * RemoteWorkers}.
 */
public final class LocalTaskExecutor implements TaskExecutor {
    /** What every strategy has that runs its tasks here. */
    public static final Set<Capability> CAPABILITIES = Set.of(Capability.RUNS_LAMBDAS, Capability.DELAYS);

    private static final System.Logger LOG = System.getLogger(LocalTaskExecutor.class.getName());

    private static final AtomicInteger OPENED = new AtomicInteger();

    /** How long {@link #close} waits for threads that have nothing left to do. */
    private static final long THREADS_GONE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So that short tasks on few workers do not wait for the consumer after each one. */
    private static final int LEAST_WINDOW = 32;

    /** Threads that start stages, and others that end them. Neither is to block; one that ends may, and makes room. */
    private static final int STAGE_THREADS = 2;

    private enum Phase {
        OPEN,
        CLOSING,
        ENDING,
        CLOSED
    }

    private final String name;
    private final ConcurrencyStrategy strategy;
    private final Set<Capability> capabilities;
    private final Listeners listeners;
    private final @Nullable PortabilityCheck portability;
    private final Workers workers;
    private final Timer timer;
    private final Resources resources = new Resources();

    private final OutstandingJobs outstanding = new OutstandingJobs();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();

    /** Whether what is accepted from now on would be missed by {@link #shutdownNow}. */
    private volatile boolean stopping;

    /** Who releases what is held, while he does. */
    private volatile @Nullable Thread ending;

    /** Whether the exit guard knows that this is busy; see there. */
    volatile boolean guarded;

    private LocalTaskExecutor(String name, ConcurrencyStrategy strategy, StrategySettings settings, Workers workers) {
        settings.checkFor(strategy);
        this.name = name;
        this.strategy = strategy;
        this.capabilities = strategy.capabilities();
        this.listeners = settings.listenersOf(strategy);
        this.portability = settings.portabilityCheck();
        this.workers = workers;
        this.timer = new Timer(name);
    }

    /**
     * Platform threads that are used again, named after the strategy.
     *
     * @param defaultParallelism how many, where the settings do not say
     */
    public static TaskExecutor pooled(ConcurrencyStrategy strategy, StrategySettings settings, int defaultParallelism) {
        String name = newName(strategy);
        return new LocalTaskExecutor(
                name,
                strategy,
                settings,
                new PooledWorkers(new ThreadPlaces(name, settings.parallelism().orElse(defaultParallelism))));
    }

    /**
     * A new thread for each task.
     *
     * @param defaultLimit how many tasks run at once at most, where the settings do not say
     * @param threads makes the threads; it names them. They should be daemons: what is accepted keeps the JVM anyway
     */
    public static TaskExecutor threadPerTask(
            ConcurrencyStrategy strategy, StrategySettings settings, int defaultLimit, ThreadFactory threads) {
        return new LocalTaskExecutor(
                newName(strategy),
                strategy,
                settings,
                new FreshThreads(
                        job -> threads.newThread(job).start(),
                        settings.parallelism().orElse(defaultLimit)));
    }

    /**
     * Few threads and many tasks in flight: an {@link AsyncTask} holds no thread while its stage is pending.
     *
     * @param threads how many run plain tasks, beside the few that start and end asynchronous ones
     * @param defaultLimit how many tasks are in flight at once at most, where the settings do not say
     */
    public static TaskExecutor staged(
            ConcurrencyStrategy strategy, StrategySettings settings, int threads, int defaultLimit) {
        String name = newName(strategy);
        return new LocalTaskExecutor(
                name,
                strategy,
                settings,
                new StageWorkers(
                        new ThreadPlaces(name, STAGE_THREADS),
                        new ThreadPlaces(name + "-plain", threads),
                        new ThreadPlaces(name + "-end", STAGE_THREADS),
                        settings.parallelism().orElse(defaultLimit)));
    }

    /**
     * Somebody's own executor, with a queue and limits of its own. What depends on a task runs on its thread, so with a
     * fixed number of threads a callback that blocks takes one of them away; and a task that is cancelled while it waits
     * there is kept until its turn. Give it threads enough, or use {@link #pooled} or {@link #threadPerTask}.
     *
     * @param parallelism how many tasks it runs at once, for {@link #window} and {@link #snapshot}
     * @param executor where each attempt of a task runs
     * @param onClose called once, when all tasks are over
     */
    public static TaskExecutor on(
            ConcurrencyStrategy strategy,
            StrategySettings settings,
            int parallelism,
            Executor executor,
            Runnable onClose) {
        return new LocalTaskExecutor(
                newName(strategy), strategy, settings, new GivenExecutor(executor, parallelism, onClose));
    }

    /**
     * Workers outside this JVM: processes, or other machines. What travels is made on the submitter's thread. If nobody
     * closes the executor, its workers are let go once it is idle and unreachable.
     *
     * @param workers makes them, given the executor's name
     */
    public static TaskExecutor remote(
            ConcurrencyStrategy strategy, StrategySettings settings, Function<String, RemoteWorkers> workers) {
        settings.checkFor(strategy); // before anything is made
        String name = newName(strategy);
        RemoteWorkers made = workers.apply(name);
        try {
            RemotePlaces places = new RemotePlaces(made);
            LocalTaskExecutor executor = new LocalTaskExecutor(name, strategy, settings, places);
            places.letGoWithout(executor);
            return executor;
        } catch (Throwable e) {
            made.close();
            throw e;
        }
    }

    private static String newName(ConcurrencyStrategy strategy) {
        return "gearshift-" + strategy.id() + "-" + OPENED.incrementAndGet();
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
        return submit(task, options, null);
    }

    /**
     * The same for a worker that runs the tasks of another executor: the task sees the number and the attempt that it has
     * there.
     *
     * @param origin null for a task of this executor's own
     */
    @SuppressWarnings("ReferenceEquality") // a short cut for the usual case
    public <T extends @Nullable Object> TaskFuture<T> submit(
            Task<T> task, TaskOptions options, @Nullable Origin origin) {
        Objects.requireNonNull(task, "task");
        if (options != TaskOptions.defaults()) {
            for (Capability need : options.needs()) {
                if (!capabilities.contains(need)) {
                    throw new MissingCapabilityException(strategy.id(), need);
                }
            }
        }
        if (portability != null) {
            portability.check(task);
        }
        LocalJob<T> job = new LocalJob<>(this, ids.incrementAndGet(), task, options, workers.pack(task), origin);
        accept(job);
        return job;
    }

    /**
     * For such a worker: takes a task back that was never begun, as if it were cancelled.
     *
     * @param future of this executor
     * @return false if it has begun, or is over
     */
    public boolean withdraw(TaskFuture<?> future) {
        return future instanceof LocalJob<?> job && job.executor() == this && job.cancelUnbegun();
    }

    /**
     * For such a worker: runs something that never blocks when a task is over, and its future complete or about to be. What
     * hangs on a future itself may block, so it costs a thread.
     *
     * @param future of this executor
     */
    public void whenOver(TaskFuture<?> future, Runnable quick) {
        if (future instanceof LocalJob<?> job && job.executor() == this) {
            job.whenOver(quick);
        } else {
            throw new IllegalArgumentException(future + " is none of " + name + ".");
        }
    }

    private void accept(LocalJob<?> job) {
        outstanding.announce();
        if (phase.get() != Phase.OPEN) {
            bodyOver();
            throw rejection();
        }
        job.submitted();
        outstanding.add(job);
        try {
            if (stopping) {
                throw rejection();
            }
            if (!guarded) {
                ExitGuard.INSTANCE.hold(this);
            }
            long delay = TimeUnit.NANOSECONDS.convert(job.options().delay());
            if (delay > 0 && !workers.seesToRetries()) {
                job.startAfter(delay);
            } else {
                workers.execute(job);
            }
        } catch (Throwable e) {
            // Else somebody gave it up first, so it has ended as an accepted one.
            if (job.withdraw(e)) {
                throw e;
            }
        }
    }

    private RejectedExecutionException rejection() {
        return new RejectedExecutionException(name + " is closed and accepts no more tasks.");
    }

    @Override
    public ExecutorService asExecutorService() {
        return new ExecutorServiceView(this, new ExecutorServiceView.Lifecycle() {
            @Override
            public State state() {
                return LocalTaskExecutor.this.state();
            }

            @Override
            public void shutdown() {
                beginClosing(LocalTaskExecutor.this::endAside);
            }

            @Override
            public boolean awaitClosed(long nanos) throws InterruptedException {
                long started = System.nanoTime();
                return closed.await(nanos, TimeUnit.NANOSECONDS) && areSettled(nanos - (System.nanoTime() - started));
            }
        });
    }

    @Override
    public int window() {
        return Math.max(LEAST_WINDOW, workers.window());
    }

    @Override
    public int readAhead() {
        return Math.max(LEAST_WINDOW, workers.readAhead());
    }

    @Override
    public ExecutorSnapshot snapshot() {
        List<LocalJob<?>> jobs = outstanding.list();
        return new ExecutorSnapshot(
                strategy.id(),
                state(),
                workers.parallelism(),
                jobs.stream().filter(LocalJob::isWaiting).count(),
                jobs.stream().filter(LocalJob::isRunning).count(),
                succeeded.sum(),
                failed.sum(),
                cancelled.sum(),
                workers.list());
    }

    private State state() {
        Phase now = phase.get();
        if (now == Phase.OPEN) {
            return State.OPEN;
        }
        return now == Phase.CLOSED && outstanding.list().stream().allMatch(LocalJob::isDone)
                ? State.CLOSED
                : State.CLOSING;
    }

    /** Waits for the futures of jobs that are over; those who complete them are about to. */
    private boolean areSettled(long nanos) throws InterruptedException {
        long started = System.nanoTime();
        for (LocalJob<?> job : outstanding.list()) {
            try {
                job.get(nanos - (System.nanoTime() - started), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | CancellationException e) {
                continue; // It is complete, and how is not for us.
            } catch (TimeoutException e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        refuseWithin("close()");
        beginClosing(this::end);
        boolean interrupted = false;
        while (true) {
            try {
                closed.await();
                areSettled(Long.MAX_VALUE);
                awaitThreads(THREADS_GONE_NANOS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        refuseWithin("close(Duration)");
        beginClosing(this::endAside);
        long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(limit));
        long started = System.nanoTime();
        try {
            if (closed.await(nanos, TimeUnit.NANOSECONDS) && areSettled(nanos - (System.nanoTime() - started))) {
                awaitThreads(nanos - (System.nanoTime() - started));
            } else {
                shutdownNow();
            }
        } catch (InterruptedException e) {
            shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void refuseWithin(String method) {
        if (LocalContext.isInside(this) || Thread.currentThread() == ending) {
            throw new IllegalStateException(method + " was called by a task of " + name
                    + " itself, by what depends on one, or by what closes with it, and would wait for itself for ever:"
                    + " call it elsewhere, or call shutdownNow().");
        }
    }

    /**
     * Accepts no more.
     *
     * @param ending closes all that is held, if nothing is left to do
     */
    private void beginClosing(Runnable ending) {
        if (phase.compareAndSet(Phase.OPEN, Phase.CLOSING)) {
            workers.closing();
        }
        if (ends()) {
            ending.run();
        }
    }

    /** Not for long: what depends on a task may still run on some, for as long as it likes. */
    private void awaitThreads(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(nanos, THREADS_GONE_NANOS);
        workers.awaitGone(deadline);
        timer.awaitGone(deadline);
    }

    @Override
    public List<Task<?>> shutdownNow() {
        stopping = true;
        beginClosing(this::endAside);
        List<Task<?>> neverStarted = new ArrayList<>();
        List<LocalJob<?>> jobs = outstanding.list();
        workers.withdrawing(jobs);
        // Those that wait come first: stopping one that runs frees a worker, which would start the next of them.
        for (LocalJob<?> job : jobs) {
            if (job.cancelUnbegun()) {
                neverStarted.add(job.task());
            }
        }
        jobs.forEach(LocalJob::abandon);
        if (!LocalContext.isInsideAny()) {
            LocalJob.awaitEnds(jobs);
        }
        return neverStarted;
    }

    /** Once it is closing, nothing is accepted any more, so what is counted only becomes less. */
    private boolean ends() {
        return phase.get() == Phase.CLOSING
                && outstanding.count() == 0
                && phase.compareAndSet(Phase.CLOSING, Phase.ENDING);
    }

    /** Keeps the JVM, as the thread that does it would not. */
    private void endAside() {
        try {
            ExitGuard.INSTANCE.hold(this);
        } catch (Throwable e) {
            LOG.log(Level.WARNING, name + " is closed in a JVM that may exit meanwhile", e);
        }
        timer.aside(this::end);
    }

    private void end() {
        ending = Thread.currentThread();
        timer.mayBlock();
        try {
            workers.close();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, name + " could not close the executor that it was given", e);
        } finally {
            resources.close();
            timer.close();
            ExitGuard.INSTANCE.release(this);
            phase.set(Phase.CLOSED);
            ending = null;
            closed.countDown();
        }
    }

    // What the jobs need.

    Workers workers() {
        return workers;
    }

    Listeners listeners() {
        return listeners;
    }

    Resources resources() {
        return resources;
    }

    boolean isBusy() {
        return outstanding.count() > 0 || !outstanding.isEmpty() || phase.get() == Phase.ENDING;
    }

    /** Runs something after a while, on a thread for callbacks. */
    Future<?> later(Runnable callback, long nanos) {
        return timer.schedule(callback, nanos);
    }

    /** Runs something soon, on a thread for callbacks. */
    void aside(Runnable callback) {
        timer.aside(callback);
    }

    /** If the calling thread is one for callbacks: what it does next may block, so others go on elsewhere. */
    void mayBlock() {
        timer.mayBlock();
    }

    void count(TaskEvent.End end) {
        switch (end) {
            case SUCCEEDED -> succeeded.increment();
            case FAILED, TIMED_OUT -> failed.increment();
            case CANCELLED -> cancelled.increment();
        }
    }

    /**
     * One unfinished job fewer: rejected, or its body will not run again. Its future may not be complete yet, and must
     * not wait until all is closed.
     */
    void bodyOver() {
        if (outstanding.dismiss() && ends()) {
            endAside();
        }
    }

    /** The body will not run again, and the future is complete. */
    void forget(LocalJob<?> job) {
        outstanding.remove(job);
    }

    @Override
    public String toString() {
        return name;
    }
}
