package dev.gearshift.executors.processes;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.WorkerSnapshot.State;
import dev.gearshift.executors.local.RemoteJob;
import dev.gearshift.executors.local.RemoteWorkers;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one executor: where the engine, the workers' threads and the clock come together.
 *
 * <pre>
 *   submit --&gt; Dispatch --&gt; WorkerProcess --&gt; its sockets --&gt; its process
 *                 ^                                            |
 *                 +------- answers, or dies before it starts --+--&gt; dies after: that one task fails
 * </pre>
 *
 * <p>There is one queue, here, and sockets for each worker that nobody shares with it: a worker that dies, at whatever
 * moment, holds no lock and no place that another needs. Workers are started when a task waits and there are fewer than
 * allowed, counted from those that live.
 *
 * <p>One lock guards who has what. Nothing is spawned, written, read, encoded or told under it: what is given under it is
 * sent by whoever gave it, when the lock is free again.
 */
final class ProcessPool implements RemoteWorkers {
    private static final System.Logger LOG = System.getLogger(ProcessPool.class.getName());

    /** So often a worker may die with a task that it has not started, before that is no accident. */
    private static final int MOST_DEATHS_BEFORE_START = 3;

    /** So many starts in a row fail before those who wait hear of it. */
    private static final int MOST_FAILED_STARTS = 3;

    /** Of the wait before another start, while nobody waits: up to almost a minute. */
    private static final int MOST_DOUBLINGS = 9;

    /** A program that takes no longer has no use for a machine that is busy with something else. */
    private static final Duration BEFORE_REHEARSAL = Duration.ofSeconds(2);

    private static final int MOST_REHEARSED = 100;

    private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final int parallelism;
    private final ProcessSettings settings;
    private final WireLimits limits;
    private final PoolFolder folder;
    private final Path arguments;
    private final @Nullable ClassCache classCache;
    private final ScheduledThreadPoolExecutor timer;
    private final Thread shutdownHook = new Thread(this::jvmEnds, "gearshift-pool-shutdown");

    private final Quarantine quarantine;
    private final Map<Class<?>, TaskTimes> times = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that are to be killed. */
    private final Queue<WorkerProcess> condemned = new ConcurrentLinkedQueue<>();

    /** Whether a worker that used it did not start, and none without it has since. */
    private volatile boolean cacheIsSuspect;

    // All guarded by the lock.
    private final Dispatch dispatch;
    private final CrashLimit crashLimit;
    private int startedEver;
    private int failedStarts;
    private long noStartBefore = System.nanoTime();
    private boolean servesLater;
    private @Nullable Rehearsal rehearsal;
    private boolean closing;

    ProcessPool(String name, int parallelism, ProcessSettings settings, WireLimits limits) {
        this.name = name;
        this.parallelism = parallelism;
        this.settings = settings;
        this.limits = limits;
        this.dispatch = new Dispatch(this, parallelism, settings);
        this.crashLimit = new CrashLimit(settings.crashLimit(), settings.crashWindow());
        this.quarantine = new Quarantine(settings.quarantineAfter());
        this.folder = PoolFolder.create();
        this.timer = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(null, runnable, name + "-kill-timer", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<String> all = WorkerCommand.arguments(settings, parallelism, folder);
            this.arguments = WorkerCommand.write(all, folder);
            this.classCache = ClassCache.of(settings, all);
            timer.setRemoveOnCancelPolicy(true);
            timer.prestartCoreThread(); // Nothing that is urgent should need a thread first.
            if (classCache != null) {
                later(this::rehearse, BEFORE_REHEARSAL);
            }
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IOException | RuntimeException e) {
            timer.shutdownNow();
            folder.delete();
            throw e instanceof IOException cause ? new UncheckedIOException(cause) : (RuntimeException) e;
        }
        if (settings.spares() > 0) {
            later(this::serveNow);
        }
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    @Override
    public int window() {
        return 2 * parallelism * (1 + settings.prefetch());
    }

    @Override
    public int readAhead() {
        return 2 * parallelism * dispatch.carried();
    }

    // Tasks.

    @Override
    public RemoteJob pack(Task<?> task) {
        checkLoader(task.getClass());
        TaskWire wire = TaskWire.of(task);
        TaskTimes known = times.computeIfAbsent(wire.taskClass(), type -> new TaskTimes());
        return new Errand(this, wire, known, wire.pack(task, limits).detached());
    }

    /** A worker has the class path and the module path of this JVM, and nothing else. */
    private static void checkLoader(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        for (ClassLoader known = ClassLoader.getSystemClassLoader(); known != null; known = known.getParent()) {
            if (loader == known) {
                return;
            }
        }
        if (loader != null) {
            throw new NotPortableException(type.getName() + " was loaded by " + loader
                    + ", which a worker process does not have: put its classes on the class path or the module path that"
                    + " this JVM was started with.");
        }
    }

    @Override
    public void execute(RemoteJob job) {
        Errand errand = (Errand) job;
        RuntimeException refusal = quarantine.refusal(errand);
        lock.lock();
        try {
            if (!errand.queued()) {
                return;
            }
            if (refusal == null && closing) {
                refusal = new WorkerStartException("Not started, " + errand + ": this JVM is ending.");
            }
            if (refusal == null && crashLimit.isReached(System.nanoTime())) {
                refusal = crashLimit.exception(errand);
            }
            if (refusal == null) {
                if (dispatch.isNoneWaiting() && failedStarts > MOST_FAILED_STARTS) {
                    failedStarts = 0; // Nobody has waited for those.
                    noStartBefore = System.nanoTime();
                }
                dispatch.add(errand);
                serve();
            }
        } finally {
            unlock();
        }
        if (refusal != null) {
            errand.couldNotStart(refusal);
        }
    }

    /** Lets go of the lock; then what was given under it is sent, by whoever gave it. */
    private void unlock() {
        List<WorkerProcess> given = dispatch.toFlush();
        lock.unlock();
        given.forEach(WorkerProcess::flush);
    }

    // What follows, up to the next line like this, is done under the lock.

    /** Gives what waits to those who are idle, and starts those who are missing. */
    private void serve() {
        dispatch.serve();
        int missing = dispatch.missing();
        if (missing <= 0 || crashLimit.isReached(System.nanoTime())) {
            return;
        }
        long wait = noStartBefore - System.nanoTime();
        if (wait > 0) {
            serveLater(wait);
            return;
        }
        for (int i = 0; i < missing; i++) {
            startOne();
        }
    }

    private void serveLater(long nanos) {
        if (!servesLater) {
            servesLater = true;
            later(this::serveNow, Duration.ofNanos(nanos));
        }
    }

    private void startOne() {
        WorkerProcess worker = new WorkerProcess(this, name + "-worker-" + ++startedEver);
        try {
            worker.start();
            dispatch.starts(worker);
        } catch (OutOfMemoryError e) {
            LOG.log(System.Logger.Level.WARNING, name + ": no thread can be started for another worker; tasks wait", e);
            noStartBefore = System.nanoTime() + FIRST_BACKOFF_NANOS;
            serveLater(FIRST_BACKOFF_NANOS);
        }
    }

    /** Nobody trusts a worker to claim what it is sent, nor to say that it has started. */
    void watch(WorkerProcess worker) {
        Errand.Trip first = worker.first();
        Duration timeout = first == null ? null : first.errand.options().timeout();
        if (first != null && timeout != null && first.watch == null) {
            first.watch = later(() -> killIfSilent(worker, first), timeout, settings.startTimeout());
        }
        if (!worker.claimIsWatched) {
            worker.claimIsWatched = true;
            later(() -> killIfIdling(worker), settings.startTimeout());
        }
    }

    void shrinkLater(Duration wait) {
        later(() -> locked(dispatch::shrink), wait);
    }

    // What follows takes the lock where it needs it.

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            unlock();
        }
    }

    private void serveNow() {
        locked(() -> {
            servesLater = false;
            serve();
        });
    }

    /** One that has neither started nor answered a task with a timeout long after that. */
    private void killIfSilent(WorkerProcess worker, Errand.Trip trip) {
        killIf(worker, "was killed: it neither began a task nor answered it", () -> !trip.over && !trip.toldStarted);
    }

    /** One that has long had a task that it has not begun. Checked now and then, not for each task. */
    private void killIfIdling(WorkerProcess worker) {
        killIf(worker, "was killed: it did not begin a task that it was sent", () -> {
            worker.claimIsWatched = false;
            Errand.Trip first = worker.first();
            if (first == null || !first.revoked && first.hasStarted()) {
                return false;
            }
            long left =
                    TimeUnit.NANOSECONDS.convert(settings.startTimeout()) - (System.nanoTime() - worker.firstSince());
            if (left > 0) {
                worker.claimIsWatched = true;
                later(() -> killIfIdling(worker), Duration.ofNanos(left));
            }
            return left <= 0;
        });
    }

    /** From the moment of the decision on, the worker gets no other task. */
    private void killIf(WorkerProcess worker, @Nullable String why, BooleanSupplier isDue) {
        lock.lock();
        try {
            if (!isDue.getAsBoolean()) {
                return;
            }
            dispatch.leaves(worker);
        } finally {
            lock.unlock();
        }
        if (why != null) {
            worker.isKilledBecause(why);
        }
        kill(worker);
    }

    /** Ends it by force, with all that it started; together with others that are due. Does not wait. */
    void kill(WorkerProcess worker) {
        condemned.add(worker);
        later(this::killCondemned);
    }

    /** The same, unless it is gone by then. */
    void killLater(WorkerProcess worker, Duration wait) {
        later(() -> kill(worker), wait);
    }

    /** All that were due by now have come before this, as it was due only now. */
    private void killCondemned() {
        List<WorkerProcess> all = new ArrayList<>();
        for (WorkerProcess one = condemned.poll(); one != null; one = condemned.poll()) {
            all.add(one);
        }
        WorkerProcess.kill(all);
    }

    /** Takes back a task that is to be withdrawn; false if its worker has claimed it. */
    boolean revoke(Errand.Trip trip) {
        lock.lock();
        try {
            return trip.revoke();
        } finally {
            lock.unlock();
        }
    }

    void withdrawnFromTheQueue() {
        locked(dispatch::withdrawn);
    }

    /** Interrupts it, and kills its worker if it is still there after the grace. */
    void stop(Errand.Trip trip) {
        lock.lock();
        try {
            if (!trip.over && !trip.stopping) {
                trip.stopping = true;
                later(() -> killIf(trip.worker, null, () -> !trip.over), settings.killGrace());
                trip.worker.tell(FrameKind.STOP, trip.seq);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its result is not wanted any more. */
    void unwanted(Errand.Trip trip) {
        lock.lock();
        try {
            if (!trip.over) {
                trip.worker.tell(FrameKind.UNWANTED, trip.seq);
            }
        } finally {
            lock.unlock();
        }
    }

    // Workers, on their own threads.

    void ready(WorkerProcess worker) {
        if (cacheIsSuspect && classCache != null && !worker.usesClassCache()) {
            cacheIsSuspect = false;
            classCache.delete(); // Without it, they do start.
        }
        locked(() -> {
            failedStarts = 0;
            dispatch.isReady(worker);
            serve();
        });
    }

    /** The worker says that it has started that task. */
    Errand.Trip started(WorkerProcess worker, long seq) throws ProtocolException {
        lock.lock();
        try {
            Errand.Trip trip = runs(worker, seq);
            if (trip.toldStarted) {
                throw new ProtocolException("it started " + trip.errand + " twice");
            }
            trip.toldStarted = true;
            return trip;
        } finally {
            lock.unlock();
        }
    }

    /** The task with that number, if the worker still runs it. */
    Errand.@Nullable Trip running(WorkerProcess worker, long seq) {
        lock.lock();
        try {
            Errand.Trip first = worker.first();
            return first != null && first.seq == seq ? first : null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The worker has answered that task. It is given others, unless that was the last; then what waits behind goes to
     * others.
     *
     * @param nanos how long it took, as the worker says
     */
    Errand answered(WorkerProcess worker, long seq, long nanos, boolean last) throws ProtocolException {
        lock.lock();
        try {
            Errand.Trip trip = runs(worker, seq);
            trip.errand.ended(trip);
            trip.errand.times().took(nanos);
            worker.countDone();
            if (last) {
                dispatch.leaves(worker);
            }
            dispatch.proceeds(worker);
            serve();
            return trip.errand;
        } finally {
            unlock();
        }
    }

    /** The worker says that it has skipped that task, which was revoked. */
    void skipped(WorkerProcess worker, long seq) throws ProtocolException {
        lock.lock();
        try {
            Errand.Trip first = worker.first();
            if (first == null || first.seq != seq || !first.revoked) {
                throw new ProtocolException("it skipped a task that was not taken back");
            }
            dispatch.proceeds(worker);
            serve();
        } finally {
            unlock();
        }
    }

    private static Errand.Trip runs(WorkerProcess worker, long seq) throws ProtocolException {
        Errand.Trip first = worker.first();
        boolean mayRun = first != null && first.seq == seq && !first.revoked && worker.hasSent(seq);
        if (first == null || !mayRun || !first.hasStarted()) {
            if (first != null && mayRun) {
                first.seenStarted = true; // It says so, whatever the page says: nobody else runs it.
            }
            throw new ProtocolException("an answer for a task that it does not run");
        }
        return first;
    }

    /** A task that waits, and why it is not going to be started. */
    private record Refusal(Errand errand, RuntimeException why) {}

    /** The process is gone. What it had started is lost; what it had not goes to another. */
    void gone(WorkerProcess worker, CrashReport report) {
        List<Errand> lost = new ArrayList<>();
        WorkerLostException how = null;
        List<Refusal> refusals = new ArrayList<>();
        lock.lock();
        try {
            Errand.Trip first = worker.first();
            boolean isBeforeStart = first != null && !first.revoked && !first.hasStarted();
            boolean isBeforeAll = worker.state() == State.STARTING || isBeforeStart && worker.hasDoneNothing();
            boolean mayBeTheCache = isBeforeAll && worker.usesClassCache() && report.isOfTheJvm() && !closing;
            if (first != null && isBeforeStart && !mayBeTheCache) {
                countDeath(first, report, refusals);
            }
            dispatch.queueAgain(worker.trips());
            for (Errand.Trip trip : worker.trips()) {
                trip.unwatch();
                if (!trip.revoked) { // It cannot be taken back, whatever became of its page.
                    trip.errand.ended(trip);
                    lost.add(trip.errand);
                }
            }
            State before = dispatch.remove(worker);
            if (mayBeTheCache) {
                doWithoutCache(); // A start only takes longer.
            } else if (before == State.STARTING) {
                startFailed(report, refusals);
            } else if (before != State.ENDING) {
                how = lost.isEmpty() ? null : report.lost(lost.get(0));
                crashed(how, refusals);
                if (how != null) {
                    crashed(lost.get(0), how, refusals);
                }
            }
        } finally {
            lock.unlock();
        }
        for (Errand errand : lost) {
            errand.failed(how != null && errand == lost.get(0) ? how : report.lost(errand));
        }
        refusals.forEach(refusal -> refusal.errand().couldNotStart(refusal.why()));
        locked(this::serve);
    }

    /** A worker died with a task that it was about to start, which is no fault of the task's, unless it is too often. */
    private void countDeath(Errand.Trip trip, CrashReport report, List<Refusal> refusals) {
        if (++trip.errand.deathsBeforeStart >= MOST_DEATHS_BEFORE_START && Dispatch.takeBack(trip)) {
            refusals.add(new Refusal(trip.errand, report.neverStarted(trip.errand)));
        }
    }

    private void crashed(@Nullable WorkerLostException how, List<Refusal> refusals) {
        long now = System.nanoTime();
        crashLimit.crashed(now, how);
        if (crashLimit.isReached(now)) {
            refuseAll(crashLimit::exception, refusals);
        }
    }

    private void startFailed(CrashReport report, List<Refusal> refusals) {
        failedStarts++;
        noStartBefore = System.nanoTime() + (FIRST_BACKOFF_NANOS << Math.min(failedStarts - 1, MOST_DOUBLINGS));
        if (!dispatch.isNoneWaiting()
                && dispatch.isNobodyReady()
                && (failedStarts >= MOST_FAILED_STARTS || report.hopeless())) {
            failedStarts = 0;
            noStartBefore = System.nanoTime();
            refuseAll(
                    errand -> new WorkerStartException("Not started, " + errand + ". " + report.startFailure()),
                    refusals);
        }
    }

    private void doWithoutCache() {
        if (classCache != null) {
            classCache.discard();
            cacheIsSuspect = true;
        }
    }

    /** Those that wait are not run either if they are the same task, and that has crashed too often. */
    private void crashed(Errand errand, WorkerLostException how, List<Refusal> refusals) {
        Quarantine.Record record = quarantine.crashed(errand, how);
        if (record != null) {
            dispatch.removeLike(errand).forEach(alike -> refusals.add(new Refusal(alike, record.refusal(alike))));
        }
    }

    private void refuseAll(Function<Errand, RuntimeException> why, List<Refusal> refusals) {
        dispatch.removeAll().forEach(errand -> refusals.add(new Refusal(errand, why.apply(errand))));
    }

    // What the workers need.

    ProcessSettings settings() {
        return settings;
    }

    WireLimits limits() {
        return limits;
    }

    PoolFolder folder() {
        return folder;
    }

    /** The file from which workers are told how to start. */
    Path arguments() {
        return arguments;
    }

    /** Flags for a worker that is about to start. */
    List<String> classCacheFlags() {
        return classCache == null ? List.of() : classCache.flags();
    }

    /** Runs something after these waits, one after the other; never, if the pool is closed by then. */
    Future<?> later(Runnable what, Duration... waits) {
        long nanos = 0;
        for (Duration wait : waits) {
            long more = TimeUnit.NANOSECONDS.convert(wait);
            nanos = nanos > Long.MAX_VALUE - more ? Long.MAX_VALUE : nanos + more;
        }
        try {
            return timer.schedule(what, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Whether it was told to leave, or has said that it does. */
    boolean isLeaving(WorkerProcess worker) {
        lock.lock();
        try {
            return worker.state() == State.ENDING;
        } finally {
            lock.unlock();
        }
    }

    /** It has ended well, whatever happened to it before. */
    void endedWell(Errand errand) {
        quarantine.succeeded(errand);
    }

    /** Makes the class cache, beside all else. */
    private void rehearse() {
        lock.lock();
        try {
            if (!closing && classCache != null && rehearsal == null) {
                List<String> seen = times.keySet().stream()
                        .map(Class::getName)
                        .limit(MOST_REHEARSED)
                        .toList();
                rehearsal = new Rehearsal(this, name + "-rehearsal-0", classCache, seen);
                rehearsal.start();
            }
        } finally {
            lock.unlock();
        }
    }

    // The end.

    @Override
    public List<WorkerSnapshot> list() {
        List<WorkerSnapshot> all = new ArrayList<>();
        lock.lock();
        try {
            dispatch.workers().forEach(worker -> all.add(worker.snapshot()));
        } finally {
            lock.unlock();
        }
        all.replaceAll(ProcessPool::withMemory); // To ask for it takes a while.
        return all;
    }

    private static WorkerSnapshot withMemory(WorkerSnapshot worker) {
        return new WorkerSnapshot(
                worker.name(),
                worker.pid(),
                worker.state(),
                worker.task(),
                worker.taskId(),
                worker.tasksDone(),
                ResidentMemory.of(worker.pid()));
    }

    private List<WorkerProcess> living() {
        lock.lock();
        try {
            return dispatch.workers();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<WorkerProcess> last;
        List<WorkerProcess> hasNotStarted = new ArrayList<>();
        List<ProcessHandle> family = WorkerProcess.descendants(living());
        lock.lock();
        try {
            closing = true;
            last = dispatch.workers();
            last.stream().filter(worker -> worker.state() == State.STARTING).forEach(hasNotStarted::add);
            dispatch.close();
        } finally {
            unlock();
        }
        WorkerProcess.kill(hasNotStarted);
        last.forEach(worker -> killLater(worker, settings.exitGrace()));
        boolean interrupted = stopRehearsal();
        for (WorkerProcess worker : last) {
            interrupted |= awaitGone(worker);
        }
        family.forEach(ProcessHandle::destroyForcibly);
        timer.shutdownNow();
        forgetShutdownHook();
        folder.delete();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "It is running already", e);
        }
    }

    private boolean stopRehearsal() {
        Rehearsal begun;
        lock.lock();
        try {
            begun = rehearsal;
        } finally {
            lock.unlock();
        }
        if (begun != null) {
            try {
                begun.stop();
            } catch (InterruptedException e) {
                return true;
            }
        }
        return false;
    }

    private static boolean awaitGone(WorkerProcess worker) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.awaitGone();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
                worker.kill();
            }
        }
    }

    @Override
    public void awaitGone(long deadline) throws InterruptedException {
        timer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /**
     * An idle pool that nobody closes goes with the JVM. One that is busy is left alone, as another hook may be about to
     * close it; if not, its workers end when the JVM has, and the next pool sweeps its folder.
     */
    private void jvmEnds() {
        List<WorkerProcess> all;
        lock.lock();
        try {
            all = dispatch.workers();
            if (!dispatch.isNoneWaiting() || !all.stream().allMatch(WorkerProcess::carriesNothing)) {
                return;
            }
            closing = true;
            dispatch.close();
            if (rehearsal != null) {
                rehearsal.kill();
            }
        } finally {
            lock.unlock();
        }
        WorkerProcess.kill(all);
        folder.delete();
    }
}
