package dev.gearshift.executors.redis;

import dev.gearshift.executors.SystemSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What submitters and workers of queues in Redis can be told. What is set in code wins over the system property, that
 * over the environment variable, and that over the default. The properties are named like the accessors: {@code
 * gearshift.redis.uri=redis://host:6379}, or {@code GEARSHIFT_REDIS_URI}. Immutable; its text has no secrets.
 */
public final class RedisSettings {
    private static final String PREFIX = "gearshift.redis.";

    /** So that beats that come late now and then lose no lease. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private final Values values;

    /** What becomes of a task that finds its queue full. */
    public enum WhenFull {
        /** {@code submit} throws a {@link QueueFullException}. */
        REJECT,
        /** {@code submit} waits until there is room. */
        WAIT
    }

    /** Written before anybody else sees them, and not after. */
    private static final class Values implements Cloneable {
        RedisAddress address = new RedisAddress(false, "localhost", 6379, null, null, 0);
        String namespace = "gearshift";
        String queue = "default";
        Duration lease = Duration.ofSeconds(15);
        int redeliveries = 2;
        Duration resultTtl = Duration.ofMinutes(10);
        int queueCap = 100_000;
        WhenFull whenFull = WhenFull.REJECT;
        int maxPayload = 1 << 20;
        int deadCap = 10_000;
        Duration patience = Duration.ofSeconds(30);
        Duration answerLimit = Duration.ofSeconds(2);

        @Nullable
        String secret;

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e); // It is cloneable.
            }
        }
    }

    private RedisSettings(Values values) {
        this.values = values;
    }

    /**
     * What the system properties and the environment say.
     *
     * @throws IllegalArgumentException if one of them is malformed; the message names it, and has no password
     */
    public static RedisSettings defaults() {
        Values read = new Values();
        SystemSettings.read(PREFIX + "uri").ifPresent(setting -> {
            try {
                read.address = RedisAddress.of(setting.value());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(setting.from() + " is no address of a Redis: " + e.getMessage(), e);
            }
        });
        read.namespace = read("namespace", "a name", text -> name("namespace", text), read.namespace);
        read.queue = read("queue", "a name", text -> name("queue", text), read.queue);
        read.lease = duration("lease", SHORTEST_LEASE, read.lease);
        read.redeliveries = count("redeliveries", 0, read.redeliveries);
        read.resultTtl = duration("resultTtl", Duration.ofSeconds(1), read.resultTtl);
        read.queueCap = count("queueCap", 1, read.queueCap);
        read.whenFull = read(
                "whenFull", "reject or wait", text -> WhenFull.valueOf(text.toUpperCase(Locale.ROOT)), read.whenFull);
        read.maxPayload = SystemSettings.read(PREFIX + "maxPayload")
                .map(setting -> payload(setting.bytes()))
                .orElse(read.maxPayload);
        read.deadCap = count("deadCap", 1, read.deadCap);
        read.patience = duration("patience", Duration.ZERO, read.patience);
        read.answerLimit = duration("answerLimit", Duration.ofMillis(1), read.answerLimit);
        read.secret = SystemSettings.read(PREFIX + "secret")
                .map(SystemSettings::value)
                .orElse(null);
        return new RedisSettings(read);
    }

    /**
     * Where Redis is, without the password: {@code redis://localhost:6379} by default.
     */
    public String uri() {
        return values.address.toString();
    }

    /**
     * The same with another Redis.
     *
     * @param uri {@code redis://[[user:]password@]host[:port][/database]}, or {@code rediss://} for TLS, for which the
     *     JVM's own settings say whom to trust ({@code javax.net.ssl.trustStore})
     * @throws IllegalArgumentException if it is none
     */
    public RedisSettings withUri(String uri) {
        return with(values -> values.address = RedisAddress.of(uri));
    }

    RedisAddress address() {
        return values.address;
    }

    /** What the names of all keys begin with, {@code gearshift} by default; programs with different ones never meet. */
    public String namespace() {
        return values.namespace;
    }

    /** The same with another namespace, of letters, digits, dots, dashes and underscores. */
    public RedisSettings withNamespace(String namespace) {
        return with(values -> values.namespace = name("namespace", namespace));
    }

    /** The queue of tasks that name none, {@code default} by default. */
    public String queue() {
        return values.queue;
    }

    /** The same with another queue, of letters, digits, dots, dashes and underscores. */
    public RedisSettings withQueue(String queue) {
        return with(values -> values.queue = name("queue", queue));
    }

    /** How all keys of a queue begin; what is in braces decides where a cluster keeps them. */
    String key(@Nullable String queue) {
        return "{" + values.namespace + ":" + name("queue", queue == null ? values.queue : queue) + "}";
    }

    /**
     * How long a worker that is not heard of keeps its tasks; then others run them. 15 s by default, 2 s at least. All
     * workers of a queue should have the same.
     */
    public Duration lease() {
        return values.lease;
    }

    /** The same with another lease. */
    public RedisSettings withLease(Duration lease) {
        return with(values -> values.lease = checked("lease", lease, SHORTEST_LEASE));
    }

    /**
     * How often a task may start again because its worker was lost, 2 by default: a task that kills three workers is
     * dead. The options of a task can ask for more, by {@link dev.gearshift.executors.Retry#onLostWorker}. Before a loss
     * would be its last, it runs alone in its worker, unless that runs its tasks in processes of their own: so a task is
     * never dead because of what ran beside it. It waits until what the worker runs has ended.
     */
    public int redeliveries() {
        return values.redeliveries;
    }

    /** The same with another limit, 0 or more. */
    public RedisSettings withRedeliveries(int redeliveries) {
        return with(values -> values.redeliveries = checked("redeliveries", redeliveries, 0));
    }

    /** How long results are kept for those who ask for them by id, 10 minutes by default. */
    public Duration resultTtl() {
        return values.resultTtl;
    }

    /** The same with another time, a second at least. */
    public RedisSettings withResultTtl(Duration resultTtl) {
        return with(values -> values.resultTtl = checked("resultTtl", resultTtl, Duration.ofSeconds(1)));
    }

    /** How many tasks may wait and run in a queue, 100,000 by default. */
    public int queueCap() {
        return values.queueCap;
    }

    /** The same with another cap, 1 or more. */
    public RedisSettings withQueueCap(int queueCap) {
        return with(values -> values.queueCap = checked("queueCap", queueCap, 1));
    }

    /** What becomes of a task that finds its queue full; it is rejected by default. */
    public WhenFull whenFull() {
        return values.whenFull;
    }

    /** The same with another way. */
    public RedisSettings withWhenFull(WhenFull whenFull) {
        return with(values -> values.whenFull = whenFull);
    }

    /** The largest task or result, in bytes; 1 MiB by default. */
    public int maxPayload() {
        return values.maxPayload;
    }

    /** The same with another size, 1 to 67,108,864. */
    public RedisSettings withMaxPayload(int bytes) {
        return with(values -> values.maxPayload = payload(bytes));
    }

    /** About how many dead tasks are kept, the latest ones; 10,000 by default. */
    public int deadCap() {
        return values.deadCap;
    }

    /** The same with another number, 1 or more. */
    public RedisSettings withDeadCap(int deadCap) {
        return with(values -> values.deadCap = checked("deadCap", deadCap, 1));
    }

    /**
     * How long a closing executor waits while no worker of its tasks' queues is alive, or Redis cannot be reached, and
     * how long {@code submit} waits for Redis; 30 s by default.
     */
    public Duration patience() {
        return values.patience;
    }

    /** The same with another patience, 0 or more. */
    public RedisSettings withPatience(Duration patience) {
        return with(values -> values.patience = checked("patience", patience, Duration.ZERO));
    }

    /** How long Redis may take for a connection or an answer before the connection is made anew; 2 s by default. */
    public Duration answerLimit() {
        return values.answerLimit;
    }

    /** The same with another limit. */
    public RedisSettings withAnswerLimit(Duration answerLimit) {
        return with(values -> values.answerLimit = checked("answerLimit", answerLimit, Duration.ofMillis(1)));
    }

    /**
     * The same with a secret by which tasks and answers are signed, and are refused without; null for none, as by
     * default. Submitters and workers of a queue have the same one.
     */
    public RedisSettings withSecret(@Nullable String secret) {
        return with(values -> values.secret = secret);
    }

    /** Whether there is a secret. */
    public boolean isSigned() {
        return values.secret != null;
    }

    Signature signature() {
        return new Signature(values.secret);
    }

    private RedisSettings with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new RedisSettings(copy);
    }

    @Override
    public String toString() {
        return "RedisSettings[" + uri() + ", " + key(null) + (isSigned() ? ", signed" : "") + "]";
    }

    // Reading and checking.

    private static <T> T read(String name, String what, Function<String, T> read, T otherwise) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> setting.as(what, read))
                .orElse(otherwise);
    }

    private static Duration duration(String name, Duration least, Duration otherwise) {
        return SystemSettings.read(PREFIX + name)
                .map(setting -> checked(setting.from(), setting.duration(), least))
                .orElse(otherwise);
    }

    private static int count(String name, int least, int otherwise) {
        return read(
                name,
                "a whole number, " + least + " or more",
                text -> checked(name, Integer.parseInt(text), least),
                otherwise);
    }

    private static String name(String what, String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(what
                    + " must be 1 to 100 letters, digits, dots, dashes or underscores, but" + " is \"" + text + "\".");
        }
        return text;
    }

    private static int payload(long bytes) {
        if (bytes < 1 || bytes > 64 << 20) {
            throw new IllegalArgumentException("maxPayload must be 1 to 67108864 bytes, but is " + bytes + ".");
        }
        return (int) bytes;
    }

    private static Duration checked(String name, Duration duration, Duration least) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + " must be " + least.toMillis() + " ms or more, but is " + duration.toMillis() + " ms.");
        }
        return duration;
    }

    private static int checked(String name, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more, but is " + number + ".");
        }
        return number;
    }
}
