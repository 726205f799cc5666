package dev.gearshift.executors.redis;

import dev.gearshift.executors.local.RemoteJob;
import dev.gearshift.executors.redis.Shipment.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Takes tasks back from Redis, and has those stopped that run.
 *
 * <pre>
 *     withdraw ----> it waits in the queue ------------------------------------> withdrawn
 *                 |                                        +---- gives it up --> withdrawn
 *                 +> a worker has it: asked, 100 ms long --+---- it runs ------> goes on, ends by its answer
 *                 |                                        +---- says nothing -> asked again: as above, without a wait
 *                 +> Redis is out of reach ------------------------------------> withdrawn; the order follows
 * </pre>
 */
final class Recall {
    private static final System.Logger LOG = System.getLogger(Recall.class.getName());

    /** How long whoever cancels waits for the worker that has the task. */
    private static final Duration WORKER_ANSWERS = Duration.ofMillis(100);

    private static final int BATCH = 100;

    private final Outbox outbox;
    private final Link commands;
    private final Duration resultTtl;
    private final Function<String, Answer.Codec> codecs;
    private final BooleanSupplier onInbox;

    private final ReentrantLock lock = new ReentrantLock();

    /** Those for which the order has yet to be sent, and whether it is to stop them where they run; guarded by the lock. */
    private final Map<Shipment, Boolean> orders = new LinkedHashMap<>();

    /**
     * For one submitter.
     *
     * @param codecs what writes answers, by queue
     * @param onInbox whether the thread is the one that hears the answers, which cannot wait for one
     */
    Recall(
            Outbox outbox,
            Link commands,
            Duration resultTtl,
            Function<String, Answer.Codec> codecs,
            BooleanSupplier onInbox) {
        this.outbox = outbox;
        this.commands = commands;
        this.resultTtl = resultTtl;
        this.codecs = codecs;
        this.onInbox = onInbox;
    }

    /**
     * Takes it back if it has not begun; false if it has, as far as one can know, or is over.
     *
     * @param stops whether it is to be stopped if Redis, or its worker, is out of reach, and it has begun
     */
    boolean withdraw(Shipment shipment, boolean stops) {
        CountDownLatch asked;
        shipment.lock.lock();
        try {
            switch (shipment.state()) {
                case HERE -> {
                    shipment.now(State.WITHDRAWN);
                    outbox.withdrawn();
                    if (shipment.tried) {
                        later(shipment, stops); // Redis may have it all the same.
                    }
                    return true;
                }
                case SENT -> {
                    if (shipment.goesOn || shipment.hasBegun()) {
                        return false;
                    }
                    asked = shipment.asksWorker();
                    if (isTakenBack(shipment, stops)) {
                        shipment.now(State.WITHDRAWN);
                        shipment.workerHeard();
                    }
                }
                case WITHDRAWN -> {
                    return true;
                }
                case ENDED -> {
                    return false;
                }
                default -> throw new IllegalStateException(shipment.state().name());
            }
        } finally {
            shipment.lock.unlock();
        }
        if (!isAnswered(List.of(asked))) {
            askAgain(List.of(shipment));
        }
        if (goesOn(shipment)) {
            return false;
        }
        outbox.gone(shipment);
        return true;
    }

    /**
     * Asks Redis, which asks the worker that has it; while Redis is out of reach, or refuses, whoever cancels is not kept
     * waiting, and the order is sent later.
     */
    private boolean isTakenBack(Shipment shipment, boolean stops) {
        if (!commands.isDown()) {
            try {
                Object reply = commands.call(cancel(shipment, false));
                if (!isWithWorker(reply)) {
                    shipment.workerHeard(); // Nobody was asked.
                }
                return isDropped(reply);
            } catch (LinkException | JedisDataException e) {
                LOG.log(Level.DEBUG, "A task is withdrawn later", e);
            }
        }
        later(shipment, stops);
        return true;
    }

    /**
     * Waits a moment for workers that were asked to withdraw tasks; not on the thread that hears what they say. False if
     * the moment has passed, and not all have answered.
     */
    private boolean isAnswered(List<CountDownLatch> asked) {
        if (onInbox.getAsBoolean()) {
            return true;
        }
        long until = System.nanoTime() + WORKER_ANSWERS.toNanos();
        try {
            for (CountDownLatch each : asked) {
                if (!each.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Who cancels goes on; the worker does what it was asked.
        }
        return true;
    }

    /** Their workers have not answered: they may just have given them back, and would never hear that they were asked. */
    private void askAgain(List<Shipment> silent) {
        List<Shipment> batch = silent.stream().filter(Recall::isStillAsked).toList();
        if (batch.isEmpty() || commands.isDown()) {
            return;
        }
        try {
            List<@Nullable Object> replies = commands.calls(
                    batch.stream().map(shipment -> cancel(shipment, false)).toList());
            for (int i = 0; i < batch.size(); i++) {
                if (isDropped(replies.get(i))) {
                    outbox.leaves(batch.get(i), State.WITHDRAWN);
                }
            }
        } catch (LinkException | JedisDataException e) {
            LOG.log(Level.DEBUG, "Workers are not asked again", e);
        }
    }

    private static boolean isStillAsked(Shipment shipment) {
        shipment.lock.lock();
        try {
            return shipment.isAsked();
        } finally {
            shipment.lock.unlock();
        }
    }

    /** Nobody waits for its worker any more; false if that has given it back, and it will never run. */
    private boolean goesOn(Shipment shipment) {
        shipment.lock.lock();
        try {
            shipment.workerHeard();
            shipment.goesOn = shipment.state() != State.WITHDRAWN;
            return shipment.goesOn;
        } finally {
            shipment.lock.unlock();
        }
    }

    /** One trip for many, and one wait for all. */
    void withdrawing(List<RemoteJob> jobs) {
        List<Shipment> batch = new ArrayList<>();
        List<CountDownLatch> asking = new ArrayList<>();
        List<Shipment> asked = new ArrayList<>();
        List<CountDownLatch> answers = new ArrayList<>();
        for (RemoteJob job : jobs) {
            if (job instanceof Shipment shipment && outbox.outstanding(shipment.reference()) != null) {
                CountDownLatch answer = ask(shipment);
                if (answer != null) {
                    batch.add(shipment);
                    asking.add(answer);
                }
            }
            if (batch.size() == BATCH) {
                withdrawAll(batch, asking, asked, answers);
                batch.clear();
                asking.clear();
            }
        }
        withdrawAll(batch, asking, asked, answers);
        if (!isAnswered(answers)) {
            for (int from = 0; from < asked.size(); from += BATCH) {
                askAgain(asked.subList(from, Math.min(asked.size(), from + BATCH)));
            }
        }
        asked.forEach(this::goesOn);
    }

    /**
     * Tries it with some.
     *
     * @param asking what opens when the worker of each is heard
     * @param asked where those are added whose workers were asked, and to {@code answers} what opens for them
     */
    private void withdrawAll(
            List<Shipment> batch, List<CountDownLatch> asking, List<Shipment> asked, List<CountDownLatch> answers) {
        if (batch.isEmpty()) {
            return;
        }
        if (commands.isDown()) { // One batch after another would wait for it.
            batch.forEach(Recall::waitsNoMore);
            return;
        }
        try {
            List<@Nullable Object> replies = commands.calls(
                    batch.stream().map(shipment -> cancel(shipment, false)).toList());
            for (int i = 0; i < batch.size(); i++) {
                Shipment shipment = batch.get(i);
                if (isWithWorker(replies.get(i))) {
                    asked.add(shipment);
                    answers.add(asking.get(i));
                } else if (isDropped(replies.get(i))) {
                    outbox.leaves(shipment, State.WITHDRAWN);
                } else {
                    waitsNoMore(shipment);
                }
            }
        } catch (LinkException | JedisDataException e) {
            batch.forEach(Recall::waitsNoMore);
            LOG.log(Level.DEBUG, "Tasks are withdrawn one by one", e);
        }
    }

    /** Null if it has begun, or somebody was told that it goes on: how it ends is said by its answer. */
    private static @Nullable CountDownLatch ask(Shipment shipment) {
        shipment.lock.lock();
        try {
            return shipment.goesOn || shipment.hasBegun() ? null : shipment.asksWorker();
        } finally {
            shipment.lock.unlock();
        }
    }

    /** Its worker was heard. */
    static void waitsNoMore(Shipment shipment) {
        shipment.lock.lock();
        try {
            shipment.workerHeard();
        } finally {
            shipment.lock.unlock();
        }
    }

    /** Has it stopped where it runs; true if it waited instead, and was withdrawn. */
    boolean stop(Shipment shipment) {
        if (!commands.isDown()) {
            try {
                return isDropped(commands.call(cancel(shipment, true)));
            } catch (LinkException | JedisDataException e) {
                LOG.log(Level.DEBUG, "A task is stopped later", e);
            }
        }
        later(shipment, true);
        return false;
    }

    /**
     * Has it withdrawn as soon as Redis is within reach.
     *
     * @param stops whether it is stopped if it runs then
     */
    void later(Shipment shipment, boolean stops) {
        lock.lock();
        try {
            orders.merge(shipment, stops, Boolean::logicalOr);
        } finally {
            lock.unlock();
        }
    }

    /** Sends the orders that could not be sent. Returns why Redis refuses some, which are kept; null if not. */
    @Nullable
    JedisDataException sendOrders() {
        List<Map.Entry<Shipment, Boolean>> all = new ArrayList<>();
        lock.lock();
        try {
            orders.forEach((shipment, stops) -> all.add(Map.entry(shipment, stops)));
        } finally {
            lock.unlock();
        }
        JedisDataException refusal = null;
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Map.Entry<Shipment, Boolean>> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            List<@Nullable Object> replies = commands.calls(batch.stream()
                    .map(order -> cancel(order.getKey(), order.getValue()))
                    .toList());
            lock.lock();
            try {
                for (int i = 0; i < batch.size(); i++) {
                    if (replies.get(i) instanceof JedisDataException refused) {
                        refusal = refused;
                    } else {
                        orders.remove(batch.get(i).getKey(), batch.get(i).getValue());
                    }
                }
            } finally {
                lock.unlock();
            }
        }
        return refusal;
    }

    private Link.Call cancel(Shipment shipment, boolean stopping) {
        return Link.Call.of(
                Script.CANCEL,
                shipment.queue(),
                shipment.reference(),
                stopping ? 1 : 0,
                codecs.apply(shipment.queue()).encode(new Answer.Cancelled(shipment.reference())),
                resultTtl.toMillis(),
                0);
    }

    private static boolean isWithWorker(@Nullable Object reply) {
        return Entry.text(reply).equals("running");
    }

    private static boolean isDropped(@Nullable Object reply) {
        return Entry.text(reply).equals("dropped");
    }
}
