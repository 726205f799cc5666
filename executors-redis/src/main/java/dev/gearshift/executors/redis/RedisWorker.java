package dev.gearshift.executors.redis;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.TaskExecutor;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Runs the tasks of queues in Redis, on any strategy. It knows them by the names in the {@link
 * dev.gearshift.executors.TaskCatalog}s that it finds, and loads nothing that Redis names.
 *
 * <pre>
 *     fetching ---- a task for each free place ----> strategy ---- how it ended ----> reporting
 *        |                                              ^
 *        +---- takes over what others left behind       | stop
 *     keeping up: says that it is alive, renews the leases of its tasks, has delayed ones wait
 *     hearing: what is to be stopped
 * </pre>
 *
 * <p>Each of the four has a thread and a connection of its own, which is made again after it has broken. Thread-safe.
 */
public final class RedisWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RedisWorker.class.getName());

    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration LONG_AHEAD = Duration.ofMillis(200);

    /** For tasks that are stopped to end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int MOST_AT_ONCE = 64;

    /** What an entry has beside its payload, at most. */
    private static final long AROUND = 64 * 1024;

    private static final int TIDY_EVERY = 20;
    private static final long PAUSE_MILLIS = 100;

    /** What the key of a queue's stream ends with. */
    private static final String STREAM = ":s";

    private final String name;
    private final String host;
    private final Instant since = Instant.now();
    private final WorkerSettings worker;
    private final RedisSettings settings;
    private final List<String> queues;
    private final Map<String, Answer.Codec> codecs = new HashMap<>();
    private final Catalog catalog = Catalog.installed();
    private final TaskExecutor executor;
    private final Slots slots;
    private final ConcurrentMap<String, Assignment> assignments = new ConcurrentHashMap<>();
    private final Orders orders = new Orders();

    private final Link fetching;
    private final Link keeping;
    private final Link hearing;
    private final Reports reports;
    private final Runner runner;
    private final AtomicBoolean begunClosing = new AtomicBoolean();

    /** Completes when tasks that were stopped have had their time to end. */
    private final CompletableFuture<Object> graceOver = new CompletableFuture<>();

    private final List<Thread> threads = new ArrayList<>();

    /** Used by the thread that fetches: what has to run alone, when others have ended. */
    private @Nullable Assignment alone;

    /** Used by the thread that fetches: the places that it has taken, and has no tasks for yet. */
    private int unused;

    /** Used by the thread that fetches. */
    private long nextTakeOver = System.nanoTime();

    /** When Redis was last out of reach. */
    private volatile long troubledAt = System.nanoTime() - TimeUnit.DAYS.toNanos(1);

    /** Who keeps up. */
    private volatile @Nullable Thread keeper;

    private volatile boolean stopping;

    /** Whether all its tasks are given back, also those that come in the same moment. */
    private volatile boolean givesBack;

    private volatile boolean ended;

    private RedisWorker(WorkerSettings worker) {
        this.worker = worker;
        this.settings = worker.redis();
        this.host = hostName();
        this.name = host + "-" + ProcessHandle.current().pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        this.queues = worker.queues().stream().map(settings::key).toList();
        queues.forEach(
                queue -> codecs.put(queue, new Answer.Codec(queue, settings.signature(), settings.maxPayload())));
        this.slots = new Slots(worker.parallelism());
        this.fetching = link("fetch");
        this.keeping = link("keep");
        this.hearing = link("hear");
        this.reports =
                new Reports(name, settings, assignments, () -> LockSupport.unpark(keeper), this::tellOfThoseThatRun);
        try {
            Server.check(keeping);
            this.executor = worker.strategy().open(worker.strategySettings().withParallelism(worker.parallelism()));
        } catch (Throwable e) {
            keeping.close();
            throw e;
        }
        boolean shared = !worker.strategy().capabilities().contains(Capability.ISOLATED);
        this.runner =
                new Runner(name, settings, codecs, catalog, executor, shared, slots, reports, assignments, orders);
    }

    private Link link(String role) {
        return new Link(settings.address(), name + "-" + role, settings.answerLimit());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "unknown"; // Only a part of its name.
        }
    }

    /**
     * Starts one.
     *
     * @throws IllegalStateException if Redis cannot be reached or refuses, or the strategy cannot run here; the message
     *     says which, and what to do
     */
    public static RedisWorker start(WorkerSettings settings) {
        RedisWorker made = new RedisWorker(settings);
        made.start();
        return made;
    }

    private void start() {
        try {
            queues.forEach(queue -> tick(keeping, queue, 0, false)); // Known before it takes anything.
        } catch (LinkException | JedisDataException e) {
            keeping.close();
            executor.close();
            throw new IllegalStateException("The worker cannot start: " + e.getMessage(), e);
        }
        reports.start();
        thread("fetch", this::fetch);
        keeper = thread("keep", this::keepUp);
        thread("hear", this::hear);
    }

    private Thread thread(String role, Runnable body) {
        Thread thread = new Thread(null, body, name + "-" + role, 0, false);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Its name, which is unique: of the host, the process and chance. */
    public String name() {
        return name;
    }

    /** It, as others see it. */
    public WorkerInfo info() {
        return info(queues, assignments.size());
    }

    private WorkerInfo info(Collection<String> of, int running) {
        return new WorkerInfo(
                name,
                host,
                ProcessHandle.current().pid(),
                worker.strategy().id(),
                worker.parallelism(),
                running,
                runner.succeeded(of),
                runner.failed(of),
                since);
    }

    /** The names of the tasks that it runs. */
    public Collection<String> tasks() {
        return catalog.names();
    }

    // Taking tasks.

    private void fetch() {
        Outage outage = new Outage(name + " cannot take tasks");
        while (!stopping) {
            try {
                Assignment next = alone;
                if (next == null) {
                    fetchIntoFreePlaces();
                } else {
                    runAlone(next);
                }
                outage.ends();
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException | Error e) {
                pause(outage, e);
            }
        }
        if (alone != null) {
            runner.returned(alone);
        }
    }

    /** Waits until Redis knows how all others have ended, and takes nothing else meanwhile. */
    private void runAlone(Assignment assignment) throws InterruptedException {
        int places = slots.takeAll(BLOCK.toMillis());
        if (places == 0) {
            return;
        }
        while (assignments.size() > 1 && !stopping) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (stopping) {
            slots.giveBack(places);
            return;
        }
        alone = null;
        runner.beginAlone(assignment, places);
        giveBackIfAllAre();
    }

    private void fetchIntoFreePlaces() throws InterruptedException {
        unused = slots.take(MOST_AT_ONCE, BLOCK.toMillis());
        try {
            if (unused > 0 && !stopping && System.nanoTime() - nextTakeOver >= 0) {
                nextTakeOver = System.nanoTime() + tickNanos();
                takeOver();
            }
            if (unused > 0 && !stopping) {
                fetchNew();
            }
        } finally {
            slots.giveBack(unused);
        }
    }

    /** If there is no place for it, or the worker stops, it is for others. */
    private void begin(Assignment assignment) {
        if (unused == 0 || stopping) {
            runner.decline(assignment);
            return;
        }
        unused--;
        boolean begun = runner.begin(assignment);
        giveBackIfAllAre();
        if (begun) {
            return;
        }
        if (alone == null) {
            alone = assignment;
        } else {
            runner.returned(assignment);
        }
    }

    private void pause(Outage outage, Throwable why) {
        if (!ended) {
            troubledAt = System.nanoTime();
            outage.begins(why);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** Takes as many as there are places, of the first queues that have any, and waits a while for them. */
    private void fetchNew() {
        if (queues.size() == 1) {
            begin(read(BLOCK, unused, queues));
            return;
        }
        int places = unused;
        for (String queue : queues) {
            if (unused > 0 && !stopping) {
                begin(read(Duration.ZERO, unused, List.of(queue)));
            }
        }
        if (unused == places && !stopping) {
            begin(read(BLOCK, 1, queues));
        }
    }

    private @Nullable Object read(Duration block, int most, List<String> from) {
        List<Object> arguments = new ArrayList<>(List.of("GROUP", "w", name, "COUNT", most));
        if (!block.isZero()) {
            arguments.add("BLOCK");
            arguments.add(block.toMillis());
        }
        arguments.add("STREAMS");
        from.forEach(queue -> arguments.add(queue + STREAM));
        from.forEach(queue -> arguments.add(">"));
        return fetching.await(block, Command.XREADGROUP, arguments.toArray());
    }

    /** Begins all; they may be more than there are places, as one came from another queue in the same moment. */
    private void begin(@Nullable Object streams) {
        if (!(streams instanceof List<?> all)) {
            return;
        }
        for (Object stream : all) {
            List<?> pair = (List<?>) stream;
            String key = Entry.text(pair.get(0));
            String queue = key.substring(0, key.length() - STREAM.length());
            for (Object entry : (List<?>) pair.get(1)) {
                begin(assignment(queue, (List<?>) entry, 0));
            }
        }
    }

    private static Assignment assignment(String queue, List<?> entry, int deaths) {
        Object fields = entry.get(entry.size() - 1);
        return new Assignment(
                queue,
                Entry.text(entry.get(0)),
                new Entry.Raw(fields instanceof List<?> list ? list : List.of()),
                deaths);
    }

    /**
     * Takes over tasks of workers that were lost, as many as there are places. Not soon after Redis was out of reach: then
     * all leases seem to be over, and those who live renew theirs first.
     */
    private void takeOver() {
        if (System.nanoTime() - troubledAt < settings.lease().toNanos() / 2) {
            return;
        }
        for (String queue : queues) {
            List<?> reply = tick(fetching, queue, unused, true);
            List<?> cancelled = (List<?>) reply.get(1);
            for (Object other : (List<?>) reply.get(2)) {
                List<?> of = (List<?>) other;
                Assignment assignment = assignment(queue, of, ((Number) of.get(1)).intValue());
                if (cancelled.stream().map(Entry::text).anyMatch(assignment.entryId()::equals)) {
                    assignment.stop(Assignment.Stop.CANCELLED);
                }
                long notWhole = ((Number) of.get(3)).longValue();
                if (notWhole == 0) {
                    begin(assignment);
                } else {
                    runner.refuse(assignment, notWhole, mostBytes(), ((Number) of.get(2)).intValue());
                }
            }
        }
    }

    // Keeping up.

    private void keepUp() {
        Outage outage = new Outage(name + " cannot renew its leases");
        for (int round = 0; !ended; round++) {
            long pause = tickNanos();
            try {
                for (String queue : queues) {
                    List<?> reply = tick(keeping, queue, 0, true);
                    long due = ((Number) reply.get(3)).longValue();
                    pause = due < 0 ? pause : Math.min(pause, TimeUnit.MILLISECONDS.toNanos(due + 1));
                    if (round % TIDY_EVERY == 0) {
                        keeping.call(Script.TIDY, queue, 2 * settings.lease().toMillis());
                    }
                }
                handBackWhatWaits(LONG_AHEAD);
                outage.ends();
            } catch (RuntimeException | Error e) {
                pause(outage, e);
            }
            LockSupport.parkNanos(pause);
        }
    }

    private void handBackWhatWaits(Duration limit) {
        assignments.values().forEach(assignment -> runner.handBack(assignment, limit));
    }

    private void tellOfThoseThatRun() {
        assignments.values().forEach(runner::tellOf);
    }

    private long tickNanos() {
        return Math.min(LONGEST_TICK.toNanos(), settings.lease().toNanos() / 6);
    }

    /** Of an entry: its payload, and what is around it. */
    private long mostBytes() {
        return settings.maxPayload() + AROUND;
    }

    private List<Assignment> assignments(String queue) {
        return assignments.values().stream()
                .filter(assignment -> assignment.queue().equals(queue))
                .toList();
    }

    /** Stops what Redis says is to be stopped. */
    private List<?> tick(Link link, String queue, int places, boolean isKnown) {
        List<Assignment> all = assignments(queue);
        List<Object> arguments = new ArrayList<>(List.of(
                name,
                settings.lease().toMillis(),
                places,
                info(List.of(queue), all.size()).encode(),
                mostBytes(),
                isKnown ? 1 : 0));
        for (Assignment assignment : all) {
            arguments.add(assignment.entryId());
            arguments.add(assignment.id());
        }
        List<?> reply = (List<?>) Objects.requireNonNull(link.call(Script.TICK, queue, arguments.toArray()));
        stop(all, (List<?>) reply.get(0), Assignment.Stop.LOST);
        stop(all, (List<?>) reply.get(1), Assignment.Stop.CANCELLED);
        return reply;
    }

    /** Stops some of those that Redis was told of; an entry that was given back may be here again, as another. */
    private static void stop(List<Assignment> told, List<?> entries, Assignment.Stop why) {
        if (entries.isEmpty()) {
            return;
        }
        Set<String> ids = entries.stream().map(Entry::text).collect(Collectors.toSet());
        for (Assignment assignment : told) {
            if (ids.contains(assignment.entryId())) {
                assignment.stop(why);
            }
        }
    }

    // Hearing what is to be stopped.

    private void hear() {
        List<Object> arguments = new ArrayList<>();
        queues.forEach(queue -> arguments.add(queue + ":o:" + name));
        arguments.add(WAIT.toSeconds());
        Outage outage = new Outage(name + " does not hear what to stop");
        while (!ended) {
            try {
                if (hearing.await(WAIT, Command.BLPOP, arguments.toArray()) instanceof List<?> pair) {
                    follow(Entry.text(pair.get(1)));
                }
                outage.ends();
            } catch (RuntimeException | Error e) {
                pause(outage, e);
            }
        }
    }

    /** Kept first: a task that comes meanwhile asks for it. */
    private void follow(String order) {
        orders.keep(order);
        String id = Orders.id(order);
        for (Assignment assignment : assignments.values()) {
            if (assignment.id().equals(id)) {
                orders.followed(order);
                if (Orders.isWithdrawal(order)) {
                    runner.withdraw(assignment);
                } else {
                    assignment.stop(Assignment.Stop.CANCELLED);
                }
            }
        }
    }

    // Stopping.

    /**
     * Takes no more tasks, finishes those that it runs, and is gone. Idempotent. If the calling thread is interrupted, it
     * does as {@link #stopNow}, and keeps the flag. A task that does not end five seconds after that is left behind, on its
     * thread, and said so.
     */
    @Override
    public void close() {
        if (!begunClosing.compareAndSet(false, true)) {
            return;
        }
        stopping = true;
        handBackWhatWaits(Duration.ZERO);
        boolean interrupted = closeExecutor();
        end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** On a thread of its own: it waits for tasks that hear no interrupt, and this does not wait for ever. */
    private boolean closeExecutor() {
        CompletableFuture<?> ending = new CompletableFuture<>();
        Thread closing = new Thread(
                null,
                () -> {
                    try {
                        executor.close();
                    } finally {
                        ending.complete(null);
                    }
                },
                name + "-close",
                0,
                false);
        closing.setDaemon(true);
        closing.start();
        CompletableFuture<?> first = CompletableFuture.anyOf(ending, graceOver);
        boolean interrupted = false;
        while (true) {
            try {
                first.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                stopNow();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // Neither fails.
            }
        }
        if (!ending.isDone()) {
            LOG.log(
                    Level.WARNING,
                    "{0} ends without {1} tasks that hear no interrupt: they were given back, and their threads go on.",
                    name,
                    executor.snapshot().running());
        }
        return interrupted;
    }

    /**
     * Takes no more tasks, stops those that it runs, and gives them back, as if they had never been here. While another
     * thread is in {@link #close}, that one returns soon, within some seconds even if a task does not end. Does not wait.
     */
    public void stopNow() {
        stopping = true;
        givesBack = true;
        giveBackIfAllAre();
        graceOver.completeOnTimeout(null, GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Called when {@link #givesBack} was set, and when a task has begun, so that none is left out. */
    private void giveBackIfAllAre() {
        if (givesBack) {
            assignments.values().forEach(assignment -> assignment.stop(Assignment.Stop.RETURNED));
        }
    }

    private void end() {
        Duration longest = settings.answerLimit().plus(GRACE);
        try {
            Uninterruptibly.join(threads.get(0), longest); // It fetches no more.
            reports.close(settings.lease());
            ended = true;
            hearing.close();
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
                Uninterruptibly.join(thread, longest);
            }
            queues.forEach(queue -> keeping.call(Script.LEAVE, queue, name));
        } catch (LinkException | JedisDataException e) {
            LOG.log(Level.WARNING, name + " could not say that it leaves: " + e.getMessage());
        } finally {
            ended = true;
            fetching.close();
            keeping.close();
            hearing.close();
        }
    }
}
