package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.local.RemoteJob;
import dev.gearshift.executors.local.RemoteWorkers;
import dev.gearshift.executors.redis.Shipment.State;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireFormatException;
import dev.gearshift.executors.wire.WireLimits;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The tasks of one executor on their way to Redis and back.
 *
 * <pre>
 *     submit ---- enqueue ----> stream ---- workers run ----> answer, kept by id, and pushed to
 *     cancel ---- cancel  ---->                                 |
 *                                                               v
 *     future <---- inbox thread <------------------- the list of this submitter
 *                     |
 *                     +---- audit: asks for what was not heard of in a while, and has it run again if nobody knows it
 * </pre>
 *
 * <p>When {@code submit} returns, Redis has the task, or there are as many of this executor in the queue as it may have,
 * and the task waits here. An answer that was lost on its way is found by the audit, and so is a task that Redis has lost.
 */
final class Submitter implements RemoteWorkers {
    private static final System.Logger LOG = System.getLogger(Submitter.class.getName());

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_AUDIT = Duration.ofSeconds(5);
    private static final Duration WORKERLESS = Duration.ofSeconds(10);

    private static final int BATCH = 100;
    private static final int LEAST_WINDOW = 64;
    private static final int MOST_WINDOW = 1_000;

    /** In bytes: its own id, a dash and a number. */
    private static final int LONGEST_REFERENCE = 64;

    private final String id = "s" + HexFormat.of().formatHex(random());
    private final String name;
    private final int limit;
    private final RedisSettings settings;
    private final Signature signature;
    private final WireLimits limits;
    private final Catalog catalog = Catalog.installed();
    private final Link commands;
    private final Link answers;
    private final Thread inbox;

    private final Outbox outbox;
    private final Recall recall;

    /** The queues that answers may come from, by their keys. */
    private final ConcurrentMap<String, Answer.Codec> codecs = new ConcurrentHashMap<>();

    private final List<String> queues = new CopyOnWriteArrayList<>();

    private volatile List<WorkerInfo> workers = List.of();
    private volatile long closingSince;
    private volatile boolean closed;

    // Used by the inbox thread.
    private long nextAudit;
    private long nextStop = System.nanoTime();
    private final Map<String, Long> workersSeen = new HashMap<>();
    private final Set<String> warned = new HashSet<>();

    /**
     * Connects.
     *
     * @param limit how many tasks may be in Redis at once
     */
    Submitter(String name, int limit, RedisSettings settings) {
        this.name = name;
        this.limit = limit;
        this.settings = settings;
        this.signature = settings.signature();
        this.limits = WireLimits.DEFAULT.withMaxBytes(settings.maxPayload());
        this.commands = new Link(settings.address(), name, settings.answerLimit());
        this.answers = new Link(settings.address(), name + "-inbox", settings.answerLimit());
        this.inbox = new Thread(null, this::listen, name + "-inbox", 0, false);
        inbox.setDaemon(true);
        this.outbox = new Outbox(limit, settings, commands);
        this.recall =
                new Recall(outbox, commands, settings.resultTtl(), this::codec, () -> Thread.currentThread() == inbox);
        try {
            Server.check(commands);
            watch(settings.key(null));
            look();
            nextAudit = System.nanoTime() + auditNanos();
            inbox.start();
        } catch (LinkException e) {
            commands.close();
            throw new IllegalStateException(e.getMessage(), e);
        } catch (JedisDataException e) {
            commands.close();
            throw new IllegalStateException("Redis at " + settings.uri() + " refuses: " + e.getMessage(), e);
        } catch (Throwable e) {
            commands.close();
            throw e;
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    String id() {
        return id;
    }

    WireLimits limits() {
        return limits;
    }

    @Override
    public int parallelism() {
        return limit < Integer.MAX_VALUE
                ? limit
                : Math.max(1, workers.stream().mapToInt(WorkerInfo::parallelism).sum());
    }

    @Override
    public int window() {
        return limit < Integer.MAX_VALUE
                ? Math.min(MOST_WINDOW, 2 * Math.min(limit, MOST_WINDOW))
                : Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, 4 * parallelism()));
    }

    @Override
    public boolean seesToRetries() {
        return true;
    }

    @Override
    public List<WorkerSnapshot> list() {
        return workers.stream()
                .map(worker -> new WorkerSnapshot(
                        worker.name(),
                        worker.pid(),
                        worker.running() > 0 ? WorkerSnapshot.State.BUSY : WorkerSnapshot.State.IDLE,
                        null,
                        0,
                        worker.succeeded() + worker.failed(),
                        -1))
                .toList();
    }

    // Out.

    @Override
    public RemoteJob pack(Task<?> task) {
        TaskWire wire = TaskWire.of(task);
        String registered = catalog.nameOf(wire);
        return new Shipment(this, wire, registered, wire.encode(task, limits));
    }

    @Override
    public void execute(RemoteJob job) {
        Shipment shipment = (Shipment) job;
        String queue = settings.key(shipment.options().queue());
        shipment.address(queue, id + "-" + Long.toString(shipment.id(), 36), settings.redeliveries(), signature);
        watch(queue);
        try {
            outbox.send(shipment, unknown -> recall.later(unknown, true));
        } catch (LinkException e) {
            throw new RejectedExecutionException(e.getMessage() + " Whether it got the task is not known.", e);
        }
    }

    // Back, before there is an answer.

    /** See {@link Recall#withdraw}. */
    boolean withdraw(Shipment shipment, boolean stops) {
        return recall.withdraw(shipment, stops);
    }

    /** One trip for many, and one wait for all. */
    @Override
    public void withdrawing(List<RemoteJob> jobs) {
        recall.withdrawing(jobs);
    }

    /** Has it stopped where it runs. */
    void stop(Shipment shipment) {
        recall.stop(shipment);
    }

    // In.

    private void watch(String queue) {
        if (codecs.putIfAbsent(queue, new Answer.Codec(queue, signature, settings.maxPayload())) == null) {
            queues.add(queue);
            if (queues.size() > 1) {
                wakeInbox();
            }
        }
    }

    /** So that it listens for answers from a new queue at once, and not in a while. */
    private void wakeInbox() {
        String list = list(queues.get(0));
        try {
            commands.calls(List.of(
                    Link.Call.of(Command.RPUSH, list, ""),
                    Link.Call.of(Command.PEXPIRE, list, settings.resultTtl().toMillis())));
        } catch (LinkException e) {
            LOG.log(Level.DEBUG, "Answers from a new queue are heard later", e);
        }
    }

    private Answer.Codec codec(String queue) {
        return Objects.requireNonNull(codecs.get(queue));
    }

    private String list(String queue) {
        return queue + ":a:" + id;
    }

    private void listen() {
        boolean broken = false;
        long pause = Outbox.LEAST_PAUSE_MILLIS;
        while (!closed) {
            try {
                hear();
                pause = Outbox.LEAST_PAUSE_MILLIS;
                if (broken) {
                    broken = false;
                    nextAudit = System.nanoTime(); // What was on its way may be lost.
                    LOG.log(Level.INFO, "{0} is connected to {1} again.", name, settings.uri());
                }
            } catch (LinkException | JedisDataException e) {
                if (!closed && !broken) {
                    LOG.log(Level.WARNING, name + " waits for Redis: " + e.getMessage());
                }
                broken = true;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                pause = Math.min(Outbox.MOST_PAUSE_MILLIS, 2 * pause);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, name + " cannot make use of an answer", e);
            }
            try {
                keepHouse();
            } catch (LinkException | JedisDataException e) {
                broken = true;
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, name + " cannot look after its tasks", e);
            }
        }
    }

    private void hear() {
        List<Object> arguments = new ArrayList<>();
        queues.forEach(queue -> arguments.add(list(queue)));
        arguments.add(WAIT.toSeconds());
        Object popped = answers.await(WAIT, Command.BLPOP, arguments.toArray());
        if (!(popped instanceof List<?> pair)) {
            return;
        }
        String list = Entry.text(pair.get(0));
        String queue = list.substring(0, list.length() - list("").length());
        take(queue, (byte[]) pair.get(1));
        while (answers.call(Command.LPOP, list, BATCH) instanceof List<?> more) {
            more.forEach(answer -> take(queue, (byte[]) answer));
            if (more.size() < BATCH) {
                return;
            }
        }
    }

    private void take(String queue, byte[] pushed) {
        if (pushed.length == 0) {
            return;
        }
        byte[] bytes = pushed;
        if (isReference(pushed)) {
            Shipment named = outbox.outstanding(Entry.text(pushed));
            if (named == null) {
                return; // It was asked for meanwhile.
            }
            if (!(commands.call(Command.GET, queue + ":r:" + named.reference()) instanceof byte[] kept)) {
                nextAudit = System.nanoTime();
                return;
            }
            bytes = kept;
        }
        try {
            Answer answer = codec(queue).decode(bytes);
            if (answer == null) {
                LOG.log(
                        Level.WARNING,
                        "An answer in {0} is dropped, as its signature does not fit: have the workers the same secret?",
                        queue);
                nextAudit = System.nanoTime();
            } else {
                take(answer);
            }
        } catch (WireFormatException e) {
            LOG.log(Level.WARNING, "An answer in {0} is dropped: {1}", queue, e.getMessage());
            nextAudit = System.nanoTime();
        }
    }

    /** Whether it names a task of this submitter, whose answer is long, or one of very many. */
    private boolean isReference(byte[] pushed) {
        return pushed.length <= LONGEST_REFERENCE && Entry.text(pushed).startsWith(id + "-");
    }

    private void take(Answer answer) {
        Shipment shipment = outbox.outstanding(answer.id());
        if (shipment == null) {
            return; // It was taken back, or this comes twice.
        }
        if (answer instanceof Answer.Final last) {
            end(shipment, last);
        } else if (answer instanceof Answer.Started started) {
            if (shipment.begins(started.attempt())) {
                outbox.cameBack(shipment);
                shipment.startedAt(started.worker(), started.attempt());
            }
            Recall.waitsNoMore(shipment);
        } else if (answer instanceof Answer.Progressed at) {
            shipment.progressedAt(at.attempt(), at.done(), at.total());
        } else if (answer instanceof Answer.Retrying again) {
            shipment.retriesAt(again.worker(), again.attempt(), again.failure(), again.backoff());
            outbox.left(shipment);
            endUnwanted(shipment);
        } else if (answer instanceof Answer.Redelivered again) {
            shipment.redelivered(again.worker(), again.attempt(), again.message());
            endUnwanted(shipment);
        }
    }

    /** One that was cancelled while it ran, and went on, has no other attempt. */
    private void endUnwanted(Shipment shipment) {
        if (shipment.isUnwanted() && recall.stop(shipment)) {
            end(shipment, new Answer.Cancelled(shipment.reference()));
        }
    }

    private void end(Shipment shipment, Answer.Final answer) {
        // What its worker has withdrawn for somebody here is ended by that one.
        boolean isGivenBack =
                answer instanceof Answer.Cancelled && outbox.leaves(shipment, State.WITHDRAWN, Shipment::isAsked);
        if (!isGivenBack && outbox.leaves(shipment, State.ENDED)) {
            shipment.end(answer);
        }
    }

    // Now and then.

    private long auditNanos() {
        return Math.min(LONGEST_AUDIT.toNanos(), settings.resultTtl().toNanos() / 3);
    }

    private void keepHouse() {
        boolean isTime = System.nanoTime() - nextAudit >= 0;
        if (isTime) {
            nextAudit = System.nanoTime() + auditNanos();
        }
        try {
            sendOrdersNowAndThen();
            if (isTime) {
                look();
                outbox.sendHeld();
                audit();
            }
        } finally {
            if (isTime) {
                checkPatience();
            }
        }
    }

    private void sendOrdersNowAndThen() {
        if (System.nanoTime() - nextStop >= 0) {
            JedisDataException refusal = recall.sendOrders();
            if (refusal != null) {
                nextStop = System.nanoTime() + WAIT.toNanos();
                LOG.log(Level.DEBUG, "Tasks are withdrawn later", refusal);
            }
        }
    }

    /** Who is there to run tasks. */
    private void look() {
        Map<String, WorkerInfo> alive = new HashMap<>();
        for (String queue : queues) {
            List<WorkerInfo> there =
                    QueueStatus.of(queue, commands.call(Script.STATUS, queue)).workers();
            there.forEach(worker -> alive.merge(worker.name(), worker, WorkerInfo::plus));
            if (!there.isEmpty()) {
                workersSeen.put(queue, System.nanoTime());
                warned.remove(queue);
            } else if (System.nanoTime() - workersSeen(queue) > WORKERLESS.toNanos() && !warned.contains(queue)) {
                warn(queue);
            }
        }
        workers = List.copyOf(alive.values());
    }

    private void warn(String queue) {
        long waiting = outbox.outstanding().stream()
                .filter(shipment -> shipment.queue().equals(queue))
                .count();
        if (waiting > 0) {
            warned.add(queue);
            LOG.log(
                    Level.WARNING,
                    "No worker is alive in {0} at {1}, where {2} tasks wait: start one with gearshift worker.",
                    queue,
                    settings.uri(),
                    waiting);
        }
    }

    /** When a worker of a queue was last alive; it counts as if one were when it is asked for the first time. */
    private long workersSeen(String queue) {
        return workersSeen.computeIfAbsent(queue, first -> System.nanoTime());
    }

    /** Asks for all that was not heard of for a while. */
    private void audit() {
        long before = System.nanoTime() - auditNanos() / 2;
        Map<String, List<Shipment>> silent = new HashMap<>();
        for (Shipment shipment : outbox.outstanding()) {
            if (shipment.state() == State.SENT && shipment.heard() - before < 0) {
                silent.computeIfAbsent(shipment.queue(), queue -> new ArrayList<>())
                        .add(shipment);
            }
        }
        silent.forEach((queue, all) -> {
            for (int from = 0; from < all.size(); from += BATCH) {
                audit(queue, all.subList(from, Math.min(all.size(), from + BATCH)));
            }
        });
    }

    private void audit(String queue, List<Shipment> shipments) {
        Object reply = commands.call(
                Script.AUDIT, queue, shipments.stream().map(Shipment::reference).toArray());
        List<?> all = (List<?>) Objects.requireNonNull(reply);
        List<Shipment> unknown = new ArrayList<>();
        for (int i = 0; i < shipments.size(); i++) {
            Shipment shipment = shipments.get(i);
            List<?> found = (List<?>) all.get(i);
            switch (Entry.text(found.get(0))) {
                case "r" -> found(queue, shipment, (byte[]) found.get(1));
                case "n" -> shipment.runsAt(Entry.text(found.get(1)));
                case "u" -> {
                    if (shipment.isUnwanted()) {
                        end(shipment, new Answer.Cancelled(shipment.reference())); // Not for another run.
                    } else {
                        unknown.add(shipment);
                    }
                }
                default -> LOG.log(Level.TRACE, "{0} waits.", shipment);
            }
        }
        resend(queue, unknown);
    }

    private void found(String queue, Shipment shipment, byte[] bytes) {
        try {
            if (codec(queue).decode(bytes) instanceof Answer.Final last
                    && last.id().equals(shipment.reference())) {
                end(shipment, last);
                return;
            }
        } catch (WireFormatException e) {
            LOG.log(Level.WARNING, "The answer for {0} cannot be read: {1}", shipment, e.getMessage());
        }
        end(
                shipment,
                new Answer.Refused(
                        shipment.reference(),
                        "",
                        shipment
                                + " has an answer that cannot be trusted: it is not for this task, or its signature does not"
                                + " fit; have the workers the same secret (gearshift.redis.secret)?"));
    }

    /** Redis does not know them, as after a loss of its memory: they may have run, and run again. */
    private void resend(String queue, List<Shipment> unknown) {
        int sent = 0;
        for (Shipment shipment : unknown) {
            if (outbox.isSentAgain(shipment)) {
                sent++;
                endUnwanted(shipment); // If it was cancelled since Redis was asked, nobody else stops it.
            }
        }
        if (!unknown.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Redis at {0} does not know {1} tasks in {2} any more; {3} of them are sent again.",
                    settings.uri(),
                    unknown.size(),
                    queue,
                    sent);
        }
    }

    /** Whoever closes does not wait for ever for workers that do not come. */
    private void checkPatience() {
        if (closingSince == 0
                || System.nanoTime() - closingSince < settings.patience().toNanos()) {
            return;
        }
        giveUpHeld(); // First, so that none is sent where another leaves.
        for (Shipment shipment : outbox.outstanding()) {
            if (isForsaken(shipment.queue()) && outbox.leaves(shipment, State.ENDED)) {
                shipment.failed(new NoWorkerException(shipment + " was left in the queue " + shipment.queue()
                        + ", as its executor was closed and no worker was alive there for "
                        + settings.patience().toSeconds()
                        + " s; its result will be found by its reference " + shipment.reference() + "."));
            }
        }
    }

    private boolean isForsaken(String queue) {
        return System.nanoTime() - workersSeen(queue) >= settings.patience().toNanos();
    }

    private void giveUpHeld() {
        List<Shipment> all = outbox.takeHeld(shipment -> isForsaken(shipment.queue()));
        all.forEach(shipment -> shipment.couldNotStart(new NoWorkerException(
                shipment + " was never sent, as its executor was closed and no worker was alive.")));
    }

    @Override
    public void closing() {
        closingSince = System.nanoTime() | 1;
    }

    @Override
    public void close() {
        closed = true;
        outbox.close();
        answers.close();
        try {
            JedisDataException refusal = recall.sendOrders();
            if (refusal != null) {
                LOG.log(
                        Level.WARNING,
                        "{0} could not have all its tasks withdrawn: Redis at {1} refuses: {2}",
                        name,
                        settings.uri(),
                        refusal.getMessage());
            }
            if (!queues.isEmpty()) {
                commands.call(Command.DEL, queues.stream().map(this::list).toArray());
            }
        } catch (LinkException | JedisDataException e) {
            LOG.log(Level.DEBUG, "Its lists in Redis end by themselves", e);
        }
        commands.close();
    }

    @Override
    public void awaitGone(long deadline) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(inbox, deadline - System.nanoTime());
    }
}
