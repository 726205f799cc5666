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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
 *   submit --&gt; queue --&gt; worker that is idle, or --&gt; its socket --&gt; its process
 *                ^       has little left to do                         |
 *                |          ^                                          |
 *                |          +-------------------------- answer --------+
 *                +- taken back for one that is idle -------------------+
 *                +---- died before it started the task ----------------+----&gt; died after: that one task fails
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

    // All guarded by the lock.
    private final ArrayDeque<Errand> queue = new ArrayDeque<>();
    private final ArrayDeque<WorkerProcess> idle = new ArrayDeque<>();
    private final Set<WorkerProcess> workers = new LinkedHashSet<>();
    private final CrashLimit crashLimit;
    /** Those that have been given something that is not sent. */
    private final List<WorkerProcess> toFlush = new ArrayList<>();

    /** How many tasks a worker has at once, lately; read without the lock too. */
    private volatile int carried = 1;

    private int withdrawnInQueue;
    private int starting;
    private int startedEver;
    private int failedStarts;
    private long noStartBefore = System.nanoTime();
    private int leaving;
    private boolean servesLater;
    private boolean shrinksLater;
    private @Nullable Rehearsal rehearsal;
    private boolean closing;

    ProcessPool(String name, int parallelism, ProcessSettings settings, WireLimits limits) {
        this.name = name;
        this.parallelism = parallelism;
        this.settings = settings;
        this.limits = limits;
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
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IOException | RuntimeException e) {
            timer.shutdownNow();
            folder.delete();
            throw e instanceof IOException cause ? new UncheckedIOException(cause) : (RuntimeException) e;
        }
        if (classCache != null && classCache.isMissing()) {
            later(this::rehearse, BEFORE_REHEARSAL);
        }
        if (settings.spares() > 0) {
            later(this::serveLater);
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
        return 2 * parallelism * carried;
    }

    // Tasks.

    @Override
    public RemoteJob pack(Task<?> task) {
        checkLoader(task.getClass());
        TaskWire wire = TaskWire.of(task);
        TaskTimes known = times.computeIfAbsent(wire.taskClass(), type -> new TaskTimes());
        return new Errand(this, wire, known, wire.encode(task, limits));
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
            unlock();
        }
        if (refusal != null) {
            errand.couldNotStart(refusal);
        }
    }

    /** Lets go of the lock; then what was given under it is sent, by whoever gave it. */
    private void unlock() {
        if (toFlush.isEmpty()) {
            lock.unlock();
            return;
        }
        List<WorkerProcess> given = List.copyOf(toFlush);
        toFlush.clear();
        lock.unlock();
        given.forEach(WorkerProcess::flush);
    }

    // What follows, up to the next line like this, is done under the lock.

    /** Gives what waits to those who are idle, and starts those who are missing. */
    private void serve() {
        while (!idle.isEmpty() && busy() < parallelism) {
            WorkerProcess worker = idle.pop();
            if (worker.isSpent()) {
                end(worker);
            } else if (queue.isEmpty() ? !takesFromAnother(worker) : !give(worker, queue.remove())) {
                idle.push(worker);
                if (queue.isEmpty()) {
                    break;
                }
            }
        }
        int missing = missing();
        if (missing <= 0 || closing) {
            return;
        }
        long wait = noStartBefore - System.nanoTime();
        if (wait > 0) {
            if (!servesLater) {
                servesLater = true;
                later(this::serveLater, Duration.ofNanos(wait));
            }
            return;
        }
        for (int i = 0; i < missing; i++) {
            startOne();
        }
    }

    /** Those that neither start, nor leave, nor have nothing to do. */
    private int busy() {
        return workers.size() - leaving - starting - idle.size();
    }

    /** How many workers should be started. */
    private int missing() {
        int wanted = Math.min(parallelism, busy() + queue.size()) + settings.spares();
        int missing = wanted - (workers.size() - leaving);
        return missing > 0 && workers.size() > leaving && budgetLeft() <= 0 ? 0 : missing;
    }

    /** Gives a worker that has answered what it should have; without anything for it, it is idle. */
    private void supply(WorkerProcess worker) {
        if (worker.isLow()) {
            while (!queue.isEmpty() && !worker.isSpent() && worker.hasRoomFor(queue.element())) {
                give(worker, queue.remove());
            }
            int carries = Math.max(1, worker.carried());
            carried = queue.isEmpty() ? Math.max(carried, carries) : carries;
        }
        if (worker.carriesNothing()) {
            if (closing || worker.isSpent()) {
                end(worker);
            } else {
                idles(worker);
            }
        }
    }

    private void idles(WorkerProcess worker) {
        worker.is(State.IDLE);
        worker.idles();
        idle.push(worker);
        if (!shrinksLater && !settings.idleTimeout().isZero()) {
            shrinksLater = true;
            later(this::shrink, settings.idleTimeout());
        }
    }

    private void leaves(WorkerProcess worker) {
        if (worker.state() != State.ENDING) {
            worker.is(State.ENDING);
            leaving++;
        }
    }

    /** What another worker could take; endless without a budget. */
    private long budgetLeft() {
        if (settings.memoryBudget() == 0) {
            return Long.MAX_VALUE;
        }
        long largest = 0;
        long all = 0;
        for (WorkerProcess worker : workers) {
            largest = Math.max(largest, worker.residentBytes());
            all += worker.residentBytes();
        }
        return settings.memoryBudget() - all - largest;
    }

    /** Lets workers go while all together have too much memory: idle ones first, the one that has been so longest before. */
    private void keepWithinBudget(WorkerProcess worker) {
        if (settings.memoryBudget() == 0) {
            return;
        }
        long tooMuch = -settings.memoryBudget();
        for (WorkerProcess each : workers) {
            tooMuch += each.state() == State.ENDING ? 0 : each.residentBytes();
        }
        while (tooMuch > 0 && !idle.isEmpty()) {
            WorkerProcess longest = idle.removeLast();
            tooMuch -= longest.residentBytes();
            end(longest);
        }
        if (tooMuch > 0 && workers.size() - leaving > 1) {
            worker.isToGo();
        }
    }

    /** False if it was withdrawn. */
    private boolean give(WorkerProcess worker, Errand errand) {
        boolean isFirst = worker.carriesNothing();
        if (!worker.carries(errand)) {
            return false;
        }
        flushLater(worker);
        if (isFirst) {
            watch(worker);
        }
        return true;
    }

    private void end(WorkerProcess worker) {
        leaves(worker);
        worker.end();
        flushLater(worker);
        later(worker::kill, settings.exitGrace()); // If it does not leave.
    }

    private void flushLater(WorkerProcess worker) {
        if (toFlush.isEmpty() || toFlush.get(toFlush.size() - 1) != worker) {
            toFlush.add(worker);
        }
    }

    /**
     * Nothing waits here, so half of what waits behind another's task goes to this worker; whoever is done first takes
     * half of the rest, until nothing waits while somebody is idle.
     */
    private boolean takesFromAnother(WorkerProcess worker) {
        WorkerProcess busiest = worker;
        for (WorkerProcess other : workers) {
            busiest = other.behind() > busiest.behind() ? other : busiest;
        }
        List<Errand.Trip> trips = busiest.trips();
        int most = (busiest.behind() + 1) / 2;
        Deque<Errand> taken = new ArrayDeque<>();
        for (int i = trips.size() - 1; i > 0 && taken.size() < most; i--) {
            if (takeBack(trips.get(i))) {
                taken.addFirst(trips.get(i).errand);
            }
        }
        boolean any = false;
        for (Errand errand : taken) {
            any |= give(worker, errand);
        }
        return any;
    }

    /** Queues it again if its worker has not claimed it, to be given to another; false if it has, or it was withdrawn. */
    private static boolean takeBack(Errand.Trip trip) {
        return !trip.revoked && trip.revoke() && trip.errand.home(trip) && trip.errand.queued();
    }

    /** Nobody trusts a worker to claim what it is sent, nor to say that it has started. */
    private void watch(WorkerProcess worker) {
        Errand.Trip first = worker.first();
        Duration timeout = first == null ? null : first.errand.options().timeout();
        if (first != null && timeout != null) {
            first.watch = later(() -> killIfSilent(worker, first), timeout, settings.startTimeout());
        }
        if (!worker.claimIsWatched) {
            worker.claimIsWatched = true;
            later(() -> killIfIdling(worker), settings.startTimeout());
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
            noStartBefore = System.nanoTime() + FIRST_BACKOFF_NANOS;
            later(this::serveLater, Duration.ofNanos(FIRST_BACKOFF_NANOS));
        }
    }

    // What follows takes the lock where it needs it.

    /** Lets those go that have had nothing to do for long. */
    private void shrink() {
        lock.lock();
        try {
            shrinksLater = false;
            long most = TimeUnit.NANOSECONDS.convert(settings.idleTimeout());
            while (idle.size() > settings.spares() && !closing) {
                long left = most - (System.nanoTime() - idle.getLast().idleSince());
                if (left > 0) {
                    shrinksLater = true;
                    later(this::shrink, Duration.ofNanos(left));
                    return;
                }
                end(idle.removeLast());
            }
        } finally {
            unlock();
        }
    }

    private void serveLater() {
        lock.lock();
        try {
            servesLater = false;
            serve();
        } finally {
            unlock();
        }
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
            leaves(worker);
        } finally {
            lock.unlock();
        }
        if (why == null) {
            worker.kill();
        } else {
            worker.kill(why);
        }
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
        lock.lock();
        try {
            starting--;
            failedStarts = 0;
            if (worker.state() != State.ENDING) {
                idles(worker);
                serve();
            }
        } finally {
            unlock();
        }
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
            keepWithinBudget(worker);
            if (last) {
                leaves(worker);
            }
            proceeds(worker);
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
            proceeds(worker);
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

    /** It is done with its first task. */
    private void proceeds(WorkerProcess worker) {
        worker.answersFirst();
        if (worker.state() == State.ENDING) {
            queueAgain(worker.trips());
            serve();
            later(worker::kill, settings.exitGrace()); // If it does not leave, or is not killed sooner.
            return;
        }
        supply(worker);
        if (worker.first() != null) {
            watch(worker);
        }
        serve();
    }

    /** In their order, before all others. */
    private void queueAgain(List<Errand.Trip> trips) {
        for (int i = trips.size() - 1; i >= 0; i--) {
            if (takeBack(trips.get(i))) {
                queue.addFirst(trips.get(i).errand);
            }
        }
    }

    /** A task that waits, and why it is not going to be started. */
    private record Refusal(Errand errand, RuntimeException why) {}

    /** The process is gone. What it had started is lost; what it had not goes to another. */
    void gone(WorkerProcess worker, CrashReport report) {
        List<Errand> lost = new ArrayList<>();
        WorkerLostException how = null;
        boolean crashed = false;
        List<Refusal> refusals = new ArrayList<>();
        lock.lock();
        try {
            workers.remove(worker);
            idle.remove(worker);
            State before = worker.state();
            if (before == State.ENDING) {
                leaving--;
            }
            Errand.Trip first = worker.first();
            for (Errand.Trip trip : worker.trips()) {
                trip.unwatch();
                if (!trip.revoked && (trip.toldStarted || trip.hasStarted())) {
                    trip.errand.ended(trip);
                    lost.add(trip.errand);
                }
            }
            if (first != null && lost.isEmpty()) {
                countDeath(first, report, refusals);
            }
            queueAgain(worker.trips());
            worker.isGone();
            if (before == State.STARTING) {
                starting--;
                startFailed(report, refusals);
            } else if (before != State.ENDING) {
                crashed = true;
                how = lost.isEmpty() ? null : report.lost(lost.get(0));
                crashed(how, refusals);
            }
        } finally {
            lock.unlock();
        }
        for (Errand errand : lost) {
            WorkerLostException failure = report.lost(errand);
            Quarantine.Record record = crashed && errand == lost.get(0) ? quarantine.crashed(errand, failure) : null;
            if (record != null) {
                refuseLike(errand, record);
            }
            errand.failed(failure);
        }
        refusals.forEach(refusal -> refusal.errand().couldNotStart(refusal.why()));
        lock.lock();
        try {
            serve();
        } finally {
            unlock();
        }
    }

    /** A worker died with a task that it was about to start, which is no fault of the task's, unless it is too often. */
    private void countDeath(Errand.Trip trip, CrashReport report, List<Refusal> refusals) {
        if (++trip.errand.deathsBeforeStart >= MOST_DEATHS_BEFORE_START && takeBack(trip)) {
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
        if (classCache != null) {
            classCache.discard(); // Perhaps it is that; without it, a start only takes longer.
        }
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
    private void refuseLike(Errand quarantined, Quarantine.Record record) {
        List<Errand> alike = new ArrayList<>();
        lock.lock();
        try {
            queue.removeIf(errand -> quarantined.isLike(errand) && alike.add(errand));
        } finally {
            lock.unlock();
        }
        alike.forEach(errand -> errand.couldNotStart(record.refusal(errand)));
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
            idle.forEach(this::end);
            idle.clear();
        } finally {
            unlock();
        }
        hasNotStarted.forEach(WorkerProcess::kill);
        if (!last.isEmpty()) {
            later(() -> last.forEach(WorkerProcess::kill), settings.exitGrace());
        }
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
            if (!queue.isEmpty() || !all.stream().allMatch(WorkerProcess::carriesNothing)) {
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
