package dev.gearshift.executors.redis;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireFormatException;
import dev.gearshift.executors.wire.WireLimits;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One queue, for programs that look after it, or that hand tasks over without waiting for them: any program that reaches
 * Redis can ask what became of a task by its id, which is also the {@link
 * dev.gearshift.executors.TaskFuture#reference reference} of a future. Thread-safe.
 *
 * <p>All methods throw an {@link IllegalStateException} if Redis cannot be reached.
 */
public final class RedisQueue implements AutoCloseable {
    /** How many dead tasks are read at once; each comes with its bytes. */
    private static final int DEAD_AT_ONCE = 100;

    private final RedisSettings settings;
    private final String key;
    private final Link link;
    private final Answer.Codec codec;
    private final WireLimits limits;
    private final Catalog catalog = Catalog.installed();

    private RedisQueue(RedisSettings settings) {
        this.settings = settings;
        this.key = settings.key(null);
        this.link = new Link(settings.address(), "gearshift-queue", settings.answerLimit());
        this.codec = new Answer.Codec(key, settings.signature(), settings.maxPayload());
        this.limits = WireLimits.DEFAULT.withMaxBytes(settings.maxPayload());
    }

    /** Connects to {@link RedisSettings#queue}. */
    public static RedisQueue open(RedisSettings settings) {
        RedisQueue queue = new RedisQueue(settings);
        try {
            Server.check(queue.link);
        } catch (Throwable e) {
            queue.close();
            throw e;
        }
        return queue;
    }

    /** The queue's name. */
    public String name() {
        return settings.queue();
    }

    /**
     * Adds a task that nobody here waits for.
     *
     * @return its id
     * @throws QueueFullException if there is no room, whatever {@link RedisSettings#whenFull} says
     * @throws NotPortableException if the task cannot travel, or is in no catalog
     * @throws RejectedExecutionException if Redis refuses it
     */
    public String enqueue(Task<?> task, TaskOptions options) {
        TaskWire wire = TaskWire.of(task);
        String id = "q" + UUID.randomUUID().toString().replace("-", "");
        Entry entry = new Entry(
                id,
                catalog.nameOf(wire),
                wire.encode(task, limits),
                Terms.of(0, options, settings.redeliveries(), false),
                "",
                0,
                0);
        String queue = settings.key(options.queue());
        List<Object> arguments =
                new ArrayList<>(List.of(id, settings.queueCap(), options.delay().toMillis()));
        arguments.addAll(entry.fields(queue, settings.signature()));
        try {
            exchange(Link.Call.of(Script.ENQUEUE, queue, arguments.toArray()));
            return id;
        } catch (JedisDataException e) {
            if (QueueFullException.isSaidBy(e)) {
                throw new QueueFullException(queue, settings.queueCap());
            }
            throw new RejectedExecutionException("Redis refuses the task: " + e.getMessage(), e);
        } catch (LinkException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * What is known of a task.
     *
     * @param id as {@link #enqueue} or a future's {@code reference()} gave it
     * @param type the class of the task
     */
    public <T extends @Nullable Object> TaskState<T> state(String id, Class<? extends Task<T>> type) {
        TaskWire wire = TaskWire.of(type);
        List<?> found = (List<?>) ((List<?>) ask(Link.Call.of(Script.AUDIT, key, id))).get(0);
        return switch (Entry.text(found.get(0))) {
            case "w", "d" -> new TaskState.Waiting<>();
            case "n" -> new TaskState.Running<>(Entry.text(found.get(1)));
            case "r" -> over(wire, id, (byte[]) found.get(1));
            default -> new TaskState.Unknown<>();
        };
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the wire of the task's class reads its results, which may be null
    private <T extends @Nullable Object> TaskState<T> over(TaskWire wire, String id, byte[] bytes) {
        try {
            Answer answer = codec.decode(bytes);
            if (!(answer instanceof Answer.Final last) || !last.id().equals(id)) {
                return new TaskState.Failed<>(new TaskRefusedException("The answer for task " + id
                        + " cannot be trusted: it is not for this task, or its signature does not fit."));
            }
            if (last instanceof Answer.Succeeded done) {
                return new TaskState.Succeeded<>((T) wire.result().decode(done.value(), limits));
            }
            if (last instanceof Answer.Cancelled) {
                return new TaskState.Cancelled<>();
            }
            return new TaskState.Failed<>(failure(wire, id, last));
        } catch (WireFormatException e) {
            return new TaskState.Failed<>(e);
        }
    }

    private static Throwable failure(TaskWire wire, String id, Answer.Final answer) {
        if (answer instanceof Answer.Failed failed) {
            return Failure.decode(ByteBuffer.wrap(failed.failure()), WireLimits.DEFAULT)
                    .rebuild(wire, failed.worker());
        }
        if (answer instanceof Answer.TimedOut late) {
            return new TaskTimeoutException("Task " + id + " (" + wire + ")", late.limit());
        }
        if (answer instanceof Answer.Lost lost) {
            return new WorkerLostException(lost.message(), lost.worker(), lost.pid(), lost.exitCode());
        }
        return new TaskRefusedException(
                answer instanceof Answer.Refused refused ? refused.message() : "Task " + id + " was not run.");
    }

    /**
     * Cancels a task: one that waits never runs, one that runs is stopped by its worker, soon.
     *
     * @return whether it was there
     */
    public boolean cancel(String id) {
        byte[] answer = codec.encode(new Answer.Cancelled(id));
        Object reply = askOnce(Link.Call.of(
                Script.CANCEL, key, id, 1, answer, settings.resultTtl().toMillis(), 1));
        return !Entry.text(reply).equals("gone");
    }

    /** The queue at a glance. */
    public QueueStatus status() {
        try {
            return QueueStatus.of(settings.queue(), exchange(Link.Call.of(Script.STATUS, key)));
        } catch (LinkException | JedisDataException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The dead tasks, oldest first. */
    public List<DeadTask> dead() {
        List<DeadTask> all = new ArrayList<>();
        List<?> found;
        do {
            String from = all.isEmpty() ? "-" : "(" + all.get(all.size() - 1).entry();
            found = (List<?>) ask(Link.Call.of(Command.XRANGE, key + ":x", from, "+", "COUNT", DEAD_AT_ONCE));
            found.forEach(entry -> all.add(dead((List<?>) entry)));
        } while (found.size() == DEAD_AT_ONCE);
        return all;
    }

    private static DeadTask dead(List<?> entry) {
        Entry.Raw raw = new Entry.Raw((List<?>) entry.get(1));
        String position = Entry.text(entry.get(0));
        return new DeadTask(
                position,
                raw.id(),
                raw.text("b"),
                raw.length("p"),
                raw.text("why"),
                raw.text("worker"),
                Instant.ofEpochMilli(Long.parseLong(position.substring(0, position.indexOf('-')))));
    }

    /**
     * Has a dead task wait again, as if it were new.
     *
     * @param entry of {@link DeadTask#entry}
     * @return whether it was there
     */
    public boolean retry(String entry) {
        return askOnce(Link.Call.of(Script.REVIVE, key, entry)) != null;
    }

    /**
     * Drops a dead task.
     *
     * @param entry of {@link DeadTask#entry}
     * @return whether it was there
     */
    public boolean drop(String entry) {
        boolean dropped = Long.valueOf(1).equals(askOnce(Link.Call.of(Command.XDEL, key + ":x", entry)));
        if (Long.valueOf(0).equals(ask(Link.Call.of(Command.XLEN, key + ":x")))) {
            ask(Link.Call.of(Command.DEL, key + ":x"));
        }
        return dropped;
    }

    private Object ask(Link.Call call) {
        return Objects.requireNonNull(answer(call));
    }

    private @Nullable Object answer(Link.Call call) {
        try {
            return exchange(call);
        } catch (LinkException | JedisDataException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Not again if there is no answer, as that says whether it was this call that did it. */
    private @Nullable Object askOnce(Link.Call call) {
        ask(Link.Call.of(Command.PING)); // A connection that was idle may have broken long ago.
        try {
            return link.call(call);
        } catch (LinkException e) {
            throw new IllegalStateException(e.getMessage() + " Whether it was done is not known.", e);
        } catch (JedisDataException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Once more if there is no answer: a connection that was idle may have broken long ago. Nothing here counts twice. */
    private @Nullable Object exchange(Link.Call call) {
        try {
            return link.call(call);
        } catch (LinkException e) {
            return link.call(call);
        }
    }

    /** Disconnects. The queue stays. */
    @Override
    public void close() {
        link.close();
    }
}
