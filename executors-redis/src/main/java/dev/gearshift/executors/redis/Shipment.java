package dev.gearshift.executors.redis;

import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.local.RemoteJob;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One task of a submitter, from {@code submit} to its answer. */
final class Shipment extends RemoteJob {
    private static final byte[] NOTHING = {};

    /** Where it is, as far as the submitter has heard. */
    enum State {
        /** Here; it was not sent yet, as there are enough of this executor's in the queue. */
        HERE,
        /** In Redis, or with a worker. */
        SENT,
        /** It was taken back. */
        WITHDRAWN,
        /** It has an answer. */
        ENDED
    }

    /** Held while Redis is asked to change where this is. */
    final ReentrantLock lock = new ReentrantLock();

    private final Submitter submitter;
    private final TaskWire wire;
    private final String task;

    private volatile byte[] payload;

    // Written by execute, once, before anybody else has this.
    private String queue = "";
    private String id = "";
    private List<Object> fields = List.of();

    /** Changed under the lock. */
    private volatile State state = State.HERE;

    /** Whether it may have come to Redis without our knowing; guarded by the lock. */
    boolean tried;

    /** Whether it takes one of its executor's places; guarded by the submitter's lock. */
    boolean counted;

    /** When it was sent or heard of, in terms of {@code nanoTime}. */
    private volatile long heard;

    /** Nobody waits for it any more, though it may run. */
    private volatile boolean unwanted;

    /** Whether whoever wanted to withdraw it was told that it goes on, and so is everybody; guarded by the lock. */
    boolean goesOn;

    /** Open until its worker was heard, which was asked to withdraw it; null if nobody waits. Guarded by the lock. */
    private @Nullable CountDownLatch asked;

    private volatile boolean running;

    /** Whether the start of the attempt was heard; used by the thread that hears the answers. */
    private boolean startHeard;

    /** Whether the attempt is known to have started. */
    private volatile boolean begun;

    private volatile String worker = "";

    /** The latest attempt that was heard of; used by the thread that hears the answers. */
    private int attemptHeard;

    Shipment(Submitter submitter, TaskWire wire, String task, byte[] payload) {
        this.submitter = submitter;
        this.wire = wire;
        this.task = task;
        this.payload = payload;
    }

    /** Makes the entry; the engine knows this from now on. */
    void address(String queue, String id, int redeliveries, Signature signature) {
        this.queue = queue;
        this.id = id;
        this.fields = new Entry(
                        id,
                        task,
                        payload,
                        Terms.of(id(), options(), redeliveries, wantsToHearOfItsStart()),
                        submitter.id(),
                        0,
                        0)
                .fields(queue, signature);
    }

    String queue() {
        return queue;
    }

    List<Object> fields() {
        return fields;
    }

    long heard() {
        return heard;
    }

    State state() {
        return state;
    }

    void now(State next) {
        state = next;
        heard = System.nanoTime();
        if (next == State.WITHDRAWN || next == State.ENDED) {
            running = false;
            forget();
        }
    }

    // Under the lock, while its worker is asked to withdraw it.

    CountDownLatch asksWorker() {
        CountDownLatch now = asked;
        if (now == null) {
            now = new CountDownLatch(1);
            asked = now;
        }
        return now;
    }

    boolean isAsked() {
        return asked != null;
    }

    /** Its worker was heard, or nobody waits for that any more. */
    void workerHeard() {
        CountDownLatch now = asked;
        asked = null;
        if (now != null) {
            now.countDown();
        }
    }

    private void forget() {
        payload = NOTHING;
        fields = List.of();
    }

    // What is heard of it, on one thread.

    /**
     * Whether an attempt that is heard of is news, and Redis has the task. Then nobody takes it back any more who has not
     * done so before: one that was withdrawn and starts all the same would never end.
     */
    boolean begins(int attempt) {
        return attempt > attemptHeard && isInRedisAndBegun();
    }

    private boolean isInRedisAndBegun() {
        lock.lock();
        try {
            if (state != State.SENT) {
                return false;
            }
            begun = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** It {@link #begins}. */
    void startedAt(String where, int attempt) {
        if (startHeard) {
            lostWorker(worker + " was lost.");
        }
        attemptHeard = attempt;
        worker = where;
        running = true;
        startHeard = true;
        started();
    }

    /** It was asked for, and runs; when it has started is not known. */
    void runsAt(String where) {
        heard = System.nanoTime();
        if (!running) {
            worker = where;
            running = true;
        }
    }

    void progressedAt(int attempt, long done, long total) {
        if (running && attempt == attemptHeard) {
            progressed(done, total);
        }
    }

    void retriesAt(String where, int attempt, byte[] failure, Duration backoff) {
        if (attempt >= attemptHeard && isInRedisAndBegun()) {
            attemptHeard = attempt;
            worker = where;
            running = false;
            startHeard = false;
            retrying(rebuilt(failure), backoff.toNanos());
            begun = false;
        }
    }

    void redelivered(String where, int attempt, String message) {
        if (attempt >= attemptHeard && isInRedisAndBegun()) {
            attemptHeard = attempt;
            worker = where;
            lostWorker(message);
            begun = false;
        }
    }

    private void lostWorker(String message) {
        running = false;
        startHeard = false;
        retrying(new WorkerLostException(message, worker, -1, null), 0);
    }

    /** It is over; called once. */
    void end(Answer.Final answer) {
        if (answer instanceof Answer.Succeeded done) {
            worker = done.worker();
            Object value;
            try {
                value = wire.result().decode(done.value(), submitter.limits());
            } catch (Throwable e) {
                failed(e);
                return;
            }
            succeeded(value);
        } else if (answer instanceof Answer.Failed broken) {
            worker = broken.worker();
            failed(rebuilt(broken.failure()));
        } else if (answer instanceof Answer.TimedOut late) {
            worker = late.worker();
            failed(new TaskTimeoutException(
                    "Task " + id() + " (" + wire.taskClass().getName() + ")", late.limit()));
        } else if (answer instanceof Answer.Lost lost) {
            worker = lost.worker();
            failed(new WorkerLostException(lost.message(), lost.worker(), lost.pid(), lost.exitCode()));
        } else if (answer instanceof Answer.Refused refused) {
            worker = refused.worker();
            failed(new TaskRefusedException(refused.message()));
        } else {
            cancelled();
        }
    }

    private Throwable rebuilt(byte[] failure) {
        try {
            return Failure.decode(ByteBuffer.wrap(failure), WireLimits.DEFAULT).rebuild(wire, worker);
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Whether the attempt is known to have started. */
    boolean hasBegun() {
        return begun;
    }

    // What the engine asks.

    @Override
    protected boolean withdraw(boolean stops) {
        return submitter.withdraw(this, stops);
    }

    @Override
    protected boolean isRunning() {
        return running;
    }

    @Override
    protected void stop() {
        unwanted = true;
        submitter.stop(this);
    }

    /** It ends by itself, and its answer is dropped. */
    @Override
    protected void unwanted() {
        unwanted = true;
    }

    /** Whether nobody waits for it any more, though it may run. */
    boolean isUnwanted() {
        return unwanted;
    }

    @Override
    protected void over() {
        forget();
    }

    @Override
    protected String worker() {
        return worker;
    }

    @Override
    protected String reference() {
        return id;
    }

    @Override
    public String toString() {
        return "Task " + id() + " (" + wire + ")";
    }
}
