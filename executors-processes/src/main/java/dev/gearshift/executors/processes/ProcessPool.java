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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one executor, the tasks that wait for one of them, and who gets which.
 *
 * <pre>
 *   submit --&gt; queue --&gt; idle worker --&gt; its socket --&gt; its process
 *                ^            ^                            |
 *                |            +------------- answer -------+
 *                +---- died before it started the task ----+----&gt; died after: that one task fails
 * </pre>
 *
 * <p>There is one queue, here, and a socket for each worker that nobody shares with it: a worker that dies, at whatever
 * moment, holds no lock and no place that another needs. Workers are started when a task waits and there are fewer than
 * allowed, counted from those that live.
 *
 * <p>One lock guards who has what. Nothing is spawned, written, read, encoded or told under it.
 */
final class ProcessPool implements RemoteWorkers {
    private static final System.Logger LOG = System.getLogger(ProcessPool.class.getName());

    /** So often a worker may die with a task that it has not started, before that is no accident. */
    private static final int MOST_DEATHS_BEFORE_START = 3;

    /** So many starts in a row fail before those who wait hear of it. */
    private static final int MOST_FAILED_STARTS = 3;

    private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final int parallelism;
    private final ProcessSettings settings;
    private final WireLimits limits;
    private final PoolFolder folder;
    private final List<String> command;
    private final ScheduledThreadPoolExecutor timer;
    private final Thread shutdownHook = new Thread(this::jvmEnds, "gearshift-pool-shutdown");

    private final Quarantine quarantine;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final ArrayDeque<Errand> queue = new ArrayDeque<>();
    private final ArrayDeque<WorkerProcess> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> workers = new LinkedHashSet<>();
    private final CrashLimit crashLimit;
    private int withdrawnInQueue;
    private int starting;
    private int startedEver;
    private int failedStarts;
    private long noStartBefore = System.nanoTime();
    private boolean closing;

    ProcessPool(String name, int parallelism, ProcessSettings settings, WireLimits limits) {
        this.name = name;
        this.parallelism = parallelism;
        this.settings = settings;
        this.limits = limits;
        this.crashLimit = new CrashLimit(settings.crashLimit(), settings.crashWindow());
        this.quarantine = new Quarantine(settings.quarantineAfter());
        this.folder = PoolFolder.create();
        try {
            this.command = WorkerCommand.prepare(settings, parallelism, folder);
        } catch (IOException e) {
            folder.delete();
            throw new UncheckedIOException(e);
        }
        this.timer = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(null, runnable, name + "-kill-timer", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartCoreThread(); // Nothing that is urgent should need a thread first.
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    @Override
    public int parallelism() {
        return parallelism;
    }

    // Tasks.

    @Override
    public RemoteJob pack(Task<?> task) {
        checkLoader(task.getClass());
        TaskWire wire = TaskWire.of(task);
        return new Errand(this, task, wire, wire.encode(task, limits));
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
                queue.add(errand);
                serve();
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            errand.couldNotStart(refusal);
        }
    }

    /** Gives what waits to those who are idle, and starts those who are missing. Under the lock. */
    private void serve() {
        while (!queue.isEmpty() && !idle.isEmpty()) {
            WorkerProcess worker = idle.pop();
            if (worker.carries(queue.remove())) {
                watch(worker);
            } else {
                idle.push(worker);
            }
        }
        int missing = Math.min(parallelism - workers.size(), queue.size() - starting);
        if (missing <= 0 || closing) {
            return;
        }
        long wait = noStartBefore - System.nanoTime();
        if (wait > 0) {
            later(this::serveLater, Duration.ofNanos(wait));
            return;
        }
        for (int i = 0; i < missing; i++) {
            startOne();
        }
    }

    /** Nobody trusts a worker to claim what it is sent, nor to say that it has started. */
    private void watch(WorkerProcess worker) {
        Errand.Trip trip = worker.trip();
        Duration timeout = trip == null ? null : trip.errand.options().timeout();
        if (trip != null && timeout != null) {
            trip.watch = later(() -> killIfSilent(worker, trip), timeout, settings.startTimeout());
        }
        if (!worker.claimIsWatched) {
            worker.claimIsWatched = true;
            later(() -> killIfIdling(worker), settings.startTimeout());
        }
    }

    /** One that has neither started nor answered a task with a timeout long after that. */
    private void killIfSilent(WorkerProcess worker, Errand.Trip trip) {
        killIf(worker, () -> worker.trip() == trip && !trip.toldStarted);
    }

    /** One that has long had a task that it has not begun. Checked now and then, not for each task. */
    private void killIfIdling(WorkerProcess worker) {
        killIf(worker, () -> {
            worker.claimIsWatched = false;
            Errand.Trip trip = worker.trip();
            if (trip == null || trip.hasStarted()) {
                return false;
            }
            long left = TimeUnit.NANOSECONDS.convert(settings.startTimeout()) - (System.nanoTime() - trip.sentAt);
            if (left > 0) {
                worker.claimIsWatched = true;
                later(() -> killIfIdling(worker), Duration.ofNanos(left));
            }
            return left <= 0;
        });
    }

    /** From the moment of the decision on, the worker gets no other task. */
    private void killIf(WorkerProcess worker, BooleanSupplier isDue) {
        lock.lock();
        try {
            if (!isDue.getAsBoolean()) {
                return;
            }
            worker.is(State.ENDING);
        } finally {
            lock.unlock();
        }
        worker.kill();
    }

    private void serveLater() {
        lock.lock();
        try {
            serve();
        } finally {
            lock.unlock();
        }
    }

    private void startOne() {
        WorkerProcess worker = new WorkerProcess(this, name + "-worker-" + ++startedEver);
        try {
            worker.start();
            workers.add(worker);
            starting++;
        } catch (OutOfMemoryError e) {
            LOG.log(System.Logger.Level.WARNING, name + ": no thread can be started for another worker; tasks wait", e);
            later(this::serveLater, Duration.ofNanos(FIRST_BACKOFF_NANOS));
        }
    }

    /** The worker will not run it. It is free once it has said so: one that does not read is of no use to anybody. */
    void withdrawn(Errand.Trip trip) {
        lock.lock();
        try {
            trip.withdrawn = true;
            freeIfSkipped(trip);
        } finally {
            lock.unlock();
        }
    }

    /** The worker says that it was revoked. */
    void skipped(WorkerProcess worker, long seq) {
        lock.lock();
        try {
            Errand.Trip trip = worker.trip();
            if (trip != null && trip.seq == seq) {
                trip.skipped = true;
                freeIfSkipped(trip);
            }
        } finally {
            lock.unlock();
        }
    }

    private void freeIfSkipped(Errand.Trip trip) {
        if (trip.withdrawn && trip.skipped && trip.worker.trip() == trip) {
            trip.unwatch();
            isFree(trip.worker);
        }
    }

    /** Those that were cancelled while they waited are not kept for long. */
    void withdrawnFromTheQueue() {
        lock.lock();
        try {
            if (++withdrawnInQueue > queue.size() / 2) {
                queue.removeIf(Errand::isWithdrawn);
                withdrawnInQueue = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts it, and kills its worker if it is still there after the grace. */
    void stop(Errand.Trip trip) {
        WorkerProcess worker = trip.worker;
        lock.lock();
        try {
            if (worker.trip() != trip || trip.stopping) {
                return;
            }
            trip.stopping = true;
            worker.send(FrameKind.STOP, trip.seq);
            later(() -> killIf(worker, () -> worker.trip() == trip), settings.killGrace());
        } finally {
            lock.unlock();
        }
    }

    /** Tells the worker something about the task, if it still has it. */
    void tell(Errand.Trip trip, FrameKind what) {
        lock.lock();
        try {
            if (trip.worker.trip() == trip) {
                trip.worker.send(what, trip.seq);
            }
        } finally {
            lock.unlock();
        }
    }

    // Workers, on their own threads.

    Errand.@Nullable Trip tripOf(WorkerProcess worker) {
        lock.lock();
        try {
            return worker.trip();
        } finally {
            lock.unlock();
        }
    }

    void ready(WorkerProcess worker) {
        lock.lock();
        try {
            starting--;
            failedStarts = 0;
            isFree(worker);
        } finally {
            lock.unlock();
        }
    }

    /** The worker has answered its task; it takes another, unless that was the last. */
    void answered(WorkerProcess worker, Errand.Trip trip, boolean last) {
        lock.lock();
        try {
            trip.errand.ended(trip);
            trip.unwatch();
            worker.countDone();
            if (last) {
                worker.is(State.ENDING);
            }
            isFree(worker);
        } finally {
            lock.unlock();
        }
    }

    private void isFree(WorkerProcess worker) {
        worker.carriesNothing();
        if (worker.state() == State.ENDING) {
            later(worker::kill, settings.exitGrace()); // If it does not leave, or is not killed sooner.
        } else if (closing) {
            worker.end();
        } else {
            idle.push(worker);
            serve();
        }
    }

    /** A task that waits, and why it is not going to be started. */
    private record Refusal(Errand errand, RuntimeException why) {}

    /** The process is gone. What it had started is lost; what it had not goes to another. */
    void gone(WorkerProcess worker, CrashReport report) {
        Errand lost = null;
        WorkerLostException how = null;
        boolean crashed = false;
        List<Refusal> refusals = new ArrayList<>();
        lock.lock();
        try {
            workers.remove(worker);
            idle.remove(worker);
            Errand.Trip trip = worker.trip();
            if (trip != null) {
                trip.unwatch();
            }
            State before = worker.state();
            worker.isGone();
            if (trip != null && (trip.toldStarted || trip.hasStarted())) {
                lost = trip.errand;
                how = report.lost(lost);
                lost.ended(trip);
            } else if (trip != null && trip.errand.home(trip)) {
                queueAgain(trip.errand, report, refusals);
            }
            if (before == State.STARTING) {
                starting--;
                startFailed(report, refusals);
            } else if (before != State.ENDING) {
                crashed = true;
                crashed(how, refusals);
            }
            serve();
        } finally {
            lock.unlock();
        }
        if (lost != null && how != null) {
            if (crashed && quarantine.crashed(lost, how)) {
                refuseLike(lost);
            }
            lost.failed(how);
        }
        refusals.forEach(refusal -> refusal.errand().couldNotStart(refusal.why()));
    }

    /** A worker died with a task that it had not started, which is no fault of the task's. */
    private void queueAgain(Errand errand, CrashReport report, List<Refusal> refusals) {
        if (!errand.queued()) {
            return;
        }
        if (++errand.deathsBeforeStart < MOST_DEATHS_BEFORE_START) {
            queue.addFirst(errand);
        } else {
            refusals.add(new Refusal(errand, report.neverStarted(errand)));
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
        noStartBefore = System.nanoTime() + (FIRST_BACKOFF_NANOS << Math.min(failedStarts - 1, MOST_FAILED_STARTS));
        boolean nobodyLives = workers.size() == starting;
        if (nobodyLives && (failedStarts >= MOST_FAILED_STARTS || report.hopeless())) {
            failedStarts = 0;
            noStartBefore = System.nanoTime();
            refuseAll(
                    errand -> new WorkerStartException("Not started, " + errand + ". " + report.startFailure()),
                    refusals);
        }
    }

    /** Those that wait are not run either if they are the same task. */
    private void refuseLike(Errand quarantined) {
        List<Errand> alike = new ArrayList<>();
        lock.lock();
        try {
            queue.stream().filter(quarantined::isLike).forEach(alike::add);
            queue.removeAll(alike);
        } finally {
            lock.unlock();
        }
        for (Errand errand : alike) {
            QuarantineException refusal = quarantine.refusal(errand);
            if (refusal != null) {
                errand.couldNotStart(refusal);
            }
        }
    }

    private void refuseAll(Function<Errand, RuntimeException> why, List<Refusal> refusals) {
        queue.forEach(errand -> refusals.add(new Refusal(errand, why.apply(errand))));
        queue.clear();
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

    List<String> command() {
        return command;
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

    // The end.

    @Override
    public List<WorkerSnapshot> list() {
        Map<WorkerProcess, Long> memory = new LinkedHashMap<>();
        for (WorkerProcess worker : living()) {
            memory.put(worker, ResidentMemory.of(worker.pid()));
        }
        List<WorkerSnapshot> all = new ArrayList<>();
        lock.lock();
        try {
            memory.forEach((worker, bytes) -> all.add(worker.snapshot(bytes)));
        } finally {
            lock.unlock();
        }
        return all;
    }

    private List<WorkerProcess> living() {
        lock.lock();
        try {
            return List.copyOf(workers);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<WorkerProcess> last;
        List<WorkerProcess> hasNotStarted = new ArrayList<>();
        List<ProcessHandle> family = new ArrayList<>();
        living().forEach(worker -> family.addAll(worker.descendants()));
        lock.lock();
        try {
            closing = true;
            last = List.copyOf(workers);
            last.stream().filter(worker -> worker.state() == State.STARTING).forEach(hasNotStarted::add);
            idle.forEach(WorkerProcess::end);
            idle.clear();
        } finally {
            lock.unlock();
        }
        hasNotStarted.forEach(WorkerProcess::kill);
        if (!last.isEmpty()) {
            later(() -> last.forEach(WorkerProcess::kill), settings.exitGrace());
        }
        boolean interrupted = false;
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
    public void awaitGone(long millis) throws InterruptedException {
        timer.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * An idle pool that nobody closes goes with the JVM. One that is busy is left alone, as another hook may be about to
     * close it; if not, its workers end when the JVM has, and the next pool sweeps its folder.
     */
    private void jvmEnds() {
        List<WorkerProcess> all;
        lock.lock();
        try {
            all = List.copyOf(workers);
            if (!queue.isEmpty() || all.stream().anyMatch(worker -> worker.trip() != null)) {
                return;
            }
            closing = true;
        } finally {
            lock.unlock();
        }
        all.forEach(WorkerProcess::kill);
        folder.delete();
    }
}
