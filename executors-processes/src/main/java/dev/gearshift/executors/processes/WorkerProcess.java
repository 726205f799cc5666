package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.WireFormatException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One worker, as the pool has it: what it carries, the talk with its process, and a thread that starts it, listens to it,
 * and buries it. Nothing that it says is trusted: what no worker says costs it its life, and no other anything.
 *
 * <pre>
 *   STARTING --hello--&gt; IDLE &lt;--tasks, answers--&gt; BUSY
 *       |                |                         |
 *       +----------------+-------------------------+--&gt; ENDING --&gt; gone, from the pool too
 * </pre>
 *
 * <p>What it carries is in the order in which it was sent: the first is the one that it runs, the others wait behind that.
 */
final class WorkerProcess {
    private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());

    /** So many words that it has not read, and it reads none. */
    private static final int MOST_UNREAD = 10_000;

    /** A worker is given as much ahead as is expected to keep it busy for that long, within these bounds. */
    private static final long AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final int MOST_BYTES_AHEAD = 32 * 1024;
    private static final long BETWEEN_MEASURES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ProcessPool pool;
    private final String name;
    private final Thread thread;
    private final ChildProcess child;

    // Written by the thread of this, before it is IDLE.
    private long readySince;
    private @Nullable StartBoard board;
    private @Nullable FrameChannel talk;
    private @Nullable Outbox outbox;
    private @Nullable TaskFeed feed;

    // Guarded by the pool's lock.
    private WorkerSnapshot.State state = WorkerSnapshot.State.STARTING;
    private final ArrayDeque<Errand.Trip> trips = new ArrayDeque<>();

    /** How many of these were not taken back. */
    private int wanted;

    private long expectedNanos;
    private long bytesAhead;
    private long lastSeq;
    private long firstSince;
    private long tasksDone;

    /** Whether somebody is going to look whether it claims what it is sent. */
    boolean claimIsWatched;

    private long given;
    private boolean toGo;
    private long idleSince;

    // Used by the thread of this.
    private long measuredAt;
    private boolean usesClassCache;

    /** As it was last seen; 0 before, -1 where that is not to be known. */
    private volatile long residentBytes;

    private volatile long residentAtFirst;

    /** Why it ended, if that is not for the process to say. */
    private volatile @Nullable String problem;

    /** Whether starting another would end the same. */
    private volatile boolean hopeless;

    WorkerProcess(ProcessPool pool, String name) {
        this.pool = pool;
        this.name = name;
        child = new ChildProcess(pool, name, this::classCacheFlags, true);
        thread = new Thread(null, this::live, name, 0, false);
        thread.setDaemon(true);
    }

    String name() {
        return name;
    }

    void start() {
        thread.start();
    }

    void awaitGone() throws InterruptedException {
        if (thread != Thread.currentThread()) {
            thread.join();
        }
    }

    // What the pool does, under its lock.

    WorkerSnapshot.State state() {
        return state;
    }

    void is(WorkerSnapshot.State now) {
        state = now;
    }

    boolean carriesNothing() {
        return trips.isEmpty();
    }

    /** The one that it runs, or is about to; null if it carries nothing. */
    Errand.@Nullable Trip first() {
        return trips.peek();
    }

    /** Since when that is the first. */
    long firstSince() {
        return firstSince;
    }

    /** All that it carries. */
    List<Errand.Trip> trips() {
        return List.copyOf(trips);
    }

    int carried() {
        return trips.size();
    }

    /** How many wait behind the first, without those that were taken back. */
    int behind() {
        Errand.Trip first = trips.peek();
        return first == null || first.revoked ? wanted : wanted - 1;
    }

    /** One of them was taken back. */
    void carriesOneLess() {
        wanted--;
    }

    /** Whether it has done, or grown, so much that it takes no more tasks. */
    boolean isSpent() {
        ProcessSettings settings = pool.settings();
        return toGo
                || settings.maxTasks() > 0 && given >= settings.maxTasks()
                || given > 0 // Else none might ever run a task.
                        && (settings.maxMemory() > 0 && residentBytes > settings.maxMemory() || isOld());
    }

    private boolean isOld() {
        ProcessSettings settings = pool.settings();
        return !settings.maxAge().isZero()
                && System.nanoTime() - readySince > TimeUnit.NANOSECONDS.convert(settings.maxAge());
    }

    /** Whether it alone has more than that, and had not at first. */
    boolean hasOutgrown(long bytes) {
        return residentBytes > bytes && residentAtFirst <= bytes;
    }

    /** It takes no more tasks. */
    void isToGo() {
        toGo = true;
    }

    /** How many tasks it may still be given. */
    int mayTake() {
        return pool.settings().maxTasks() == 0
                ? Integer.MAX_VALUE
                : (int) Math.max(0, pool.settings().maxTasks() - given);
    }

    boolean isOnItsWay() {
        return toGo || state == WorkerSnapshot.State.ENDING;
    }

    /** Whether it is started with a class cache. Used by the thread of this. */
    boolean usesClassCache() {
        return usesClassCache;
    }

    /** In memory, as it was last seen; 0 if it has not been, -1 if it cannot. */
    long residentBytes() {
        return residentBytes;
    }

    /** Since when it has had nothing to do, in {@code System.nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    void idles() {
        state = WorkerSnapshot.State.IDLE;
        idleSince = System.nanoTime();
    }

    /** Whether it has so little to do that it should have more. */
    boolean isLow() {
        return trips.size() <= pool.settings().prefetch() / 2 && (trips.isEmpty() || expectedNanos <= AHEAD_NANOS / 2);
    }

    /** Whether it may have that one too. */
    boolean hasRoomFor(Errand errand) {
        return trips.isEmpty()
                || trips.size() <= pool.settings().prefetch()
                        && !isSpent()
                        && expectedNanos + errand.times().expectedNanos() <= AHEAD_NANOS
                        && bytesAhead + errand.parcel().length() <= MOST_BYTES_AHEAD;
    }

    /** Gives it a task, which leaves with the next {@link #flush}; false if that was withdrawn. */
    boolean carries(Errand errand) {
        long seq = lastSeq + 1;
        ready(board).offer(seq);
        Errand.Trip trip = errand.sent(this, seq);
        if (trip == null) {
            return false;
        }
        lastSeq = seq;
        given++;
        if (trips.isEmpty()) {
            firstSince = System.nanoTime();
        }
        trips.add(trip);
        wanted++;
        expectedNanos += trip.expectedNanos;
        bytesAhead += trip.bytes;
        state = WorkerSnapshot.State.BUSY;
        ready(feed).give(trip);
        return true;
    }

    /** The first is answered. */
    void answersFirst() {
        Errand.Trip first = trips.remove();
        wanted -= first.revoked ? 0 : 1;
        first.over = true;
        first.unwatch();
        expectedNanos -= first.expectedNanos;
        bytesAhead -= first.bytes;
        firstSince = System.nanoTime();
    }

    void countDone() {
        tasksDone++;
    }

    boolean hasDoneNothing() {
        return tasksDone == 0;
    }

    /** It is buried: whoever still thinks that it carries something thinks wrong. */
    void isGone() {
        trips.forEach(trip -> trip.over = true);
        trips.clear();
        wanted = 0;
        state = WorkerSnapshot.State.ENDING;
    }

    /** Lets it leave in good order, with the next {@link #flush}. */
    void end() {
        ready(feed).end();
    }

    /** Says something of a task to it. */
    void tell(FrameKind kind, long seq) {
        if (ready(outbox).waiting() > MOST_UNREAD) {
            isKilledBecause("was killed: it does not read what it is told");
            pool.kill(this);
        } else {
            ready(outbox).post(kind, ByteBuffer.allocate(8).putLong(seq).array());
        }
    }

    /** What it is just now, without its memory. */
    WorkerSnapshot snapshot() {
        Errand errand = trips.isEmpty() ? null : trips.element().errand;
        return new WorkerSnapshot(
                name,
                pid(),
                state,
                errand == null ? null : errand.taskClass(),
                errand == null ? 0 : errand.id(),
                tasksDone,
                -1);
    }

    // Thread-safe.

    /** Sends what it was given. Does not wait. */
    void flush() {
        ready(feed).flush();
    }

    /** -1 before there is one. */
    long pid() {
        return child.pid();
    }

    boolean revoke(long seq) {
        return ready(board).revoke(seq);
    }

    /** Whether it can have read that task. */
    boolean hasSent(long seq) {
        return ready(feed).hasSent(seq);
    }

    boolean isClaimed(long seq) {
        return ready(board).isClaimed(seq);
    }

    /** Ends it by force, with all that it started. */
    void kill() {
        child.kill();
    }

    /** Is to be known of its end, if it is not over yet. */
    void isKilledBecause(String why) {
        problem = why;
    }

    /** Ends them all by force, with all that they started. */
    static void kill(List<WorkerProcess> workers) {
        ChildProcess.kill(children(workers));
    }

    /** What their tasks started, and what those did. */
    static List<ProcessHandle> descendants(List<WorkerProcess> workers) {
        return ChildProcess.descendants(children(workers));
    }

    private static List<ChildProcess> children(List<WorkerProcess> workers) {
        return workers.stream().map(worker -> worker.child).toList();
    }

    private static <T> T ready(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The worker is not ready.");
        }
        return part;
    }

    // Its life.

    private void live() {
        try {
            connect();
            pool.ready(this);
            while (true) {
                hear(ready(talk).read());
            }
        } catch (ProtocolException e) {
            problem = "broke the protocol, and was killed: " + e.getMessage();
        } catch (BufferUnderflowException e) {
            problem = "broke the protocol, and was killed: a frame that is too short";
        } catch (ChildProcess.HopelessException e) {
            hopeless = true;
            problem = e.getMessage();
        } catch (IOException e) {
            if (pid() < 0 && problem == null) {
                problem = "cannot be started now: " + e;
            }
            // Else the socket has ended, and with it the process, or will soon.
        } catch (Throwable e) {
            problem = "was given up after an error here: " + e;
            LOG.log(System.Logger.Level.ERROR, name + ": what it said could not be dealt with", e);
        } finally {
            bury();
        }
    }

    private void connect() throws IOException {
        ChildProcess.Connected connected = child.connect(() -> {
            isKilledBecause("did not connect within "
                    + TimeUnit.MILLISECONDS.convert(pool.settings().startTimeout())
                    + " ms; on a slow machine, set gearshift.processes.startTimeout higher");
            pool.kill(this);
        });
        readySince = System.nanoTime();
        board = connected.board();
        talk = connected.talk();
        outbox = new Outbox(name + "-outbox", connected.talk(), this::doesNotListen);
        feed = new TaskFeed(name + "-feed", connected.tasks(), this::doesNotListen);
        measure();
        residentAtFirst = residentBytes;
    }

    private List<String> classCacheFlags() {
        List<String> flags = pool.classCacheFlags();
        usesClassCache = !flags.isEmpty();
        return flags;
    }

    /** If its process is not about to end, it is ended. Whoever wanted to write has no time for that. */
    private void doesNotListen(Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, name + " cannot be written to", failure);
        pool.kill(this);
    }

    private void hear(FrameChannel.Frame frame) throws ProtocolException {
        ByteBuffer body = frame.body();
        switch (frame.kind()) {
            case STARTED -> pool.started(this, body.getLong()).errand.started();
            case PROGRESS -> {
                Errand.Trip now = pool.running(this, body.getLong());
                if (now != null) { // Else it ended meanwhile.
                    now.errand.progressed(body.getLong(), body.getLong());
                }
            }
            case SKIPPED -> pool.skipped(this, body.getLong());
            case DONE -> {
                Errand errand = answered(body);
                pool.endedWell(errand);
                settle(
                        errand,
                        () -> errand.succeeded(errand.wire().result().unpack(body, frame.arrays(), pool.limits())));
            }
            case FAILED -> {
                Errand errand = answered(body);
                settle(
                        errand,
                        () -> errand.failed(Failure.decode(body, pool.limits()).rebuild(errand.wire(), name)));
            }
            default -> throw new ProtocolException("a frame of the kind " + frame.kind() + ", which no worker sends");
        }
    }

    private Errand answered(ByteBuffer body) throws ProtocolException {
        measure();
        return pool.answered(this, body.getLong(), body.getLong(), body.get() == FrameKind.LAST);
    }

    /** Reading it for each task would take longer than some tasks. */
    private void measure() {
        if (pool.settings().maxMemory() > 0 || pool.settings().memoryBudget() > 0) {
            long now = System.nanoTime();
            if (residentBytes == 0 || now - measuredAt > BETWEEN_MEASURES_NANOS) {
                measuredAt = now;
                residentBytes = ResidentMemory.of(pid());
            }
        }
    }

    private static void settle(Errand errand, Runnable reading) {
        try {
            reading.run();
        } catch (WireFormatException e) {
            errand.failed(e);
        }
    }

    private void bury() {
        Integer exitCode = null;
        boolean interrupted = false;
        try {
            hangUp();
            if (problem != null) {
                kill();
            }
            exitCode = child.end(
                    pool.isLeaving(this)
                            ? TimeUnit.MILLISECONDS.convert(pool.settings().exitGrace())
                            : ChildProcess.EXIT_MILLIS);
            if (outbox != null && feed != null) {
                outbox.end();
                outbox.awaitEnd(ChildProcess.EXIT_MILLIS);
                feed.awaitEnd(ChildProcess.EXIT_MILLIS);
            }
        } catch (InterruptedException e) {
            interrupted = true; // Nobody has a reason to; the pool must hear all the same.
        } finally {
            pool.gone(this, report(exitCode));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void hangUp() {
        if (feed != null) {
            feed.close();
        }
        child.closeCalls();
    }

    private CrashReport report(@Nullable Integer exitCode) {
        boolean isNotInitialized = exitCode != null && exitCode == WorkerMain.NOT_INITIALIZED && talk == null;
        return new CrashReport(
                name,
                pid(),
                exitCode,
                isNotInitialized
                        ? "could not be initialized by " + pool.settings().initializer()
                        : problem,
                hopeless || isNotInitialized,
                child.lastLines(),
                child.fatalError());
    }
}
