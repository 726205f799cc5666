package dev.gearshift.executors.redis;

import dev.gearshift.executors.ConcurrencyStrategies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol.Command;

/** The real servers that the tests run on, and what the programs in them are told. */
final class Redises {
    /** 6.2, the oldest that is supported. */
    static final String SIX = "redis-server-6.2.6-v5-linux-amd64";

    /** 7.0. */
    static final String SEVEN = "redis-server-7.0.15-linux-amd64";

    private static final Map<String, String> BY_VERSION = Map.of("6.2", SIX, "7.0", SEVEN);

    /** For {@code @MethodSource}. */
    static final String ALL = "dev.gearshift.executors.redis.Redises#all";

    /** Of the default queue. */
    static final String STREAM = "{gearshift:default}:s";

    /** So that what is lost is found soon. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private Redises() {}

    /**
     * Those of this run: of the versions that the system property {@code gearshift.test.redis} lists, 7.0 without it, and
     * what {@code REDIS_SERVER_BIN} names.
     */
    static Stream<String> all() {
        Stream<String> versions =
                Stream.of(System.getProperty("gearshift.test.redis", "7.0").split(","));
        return Stream.concat(
                versions.map(version -> Objects.requireNonNull(BY_VERSION.get(version), version)),
                Optional.ofNullable(System.getenv("REDIS_SERVER_BIN")).stream());
    }

    /** The first of them, for what depends least on the server. */
    static String first() {
        return all().findFirst().orElseThrow();
    }

    static RedisSettings settings(PrivateRedis redis) {
        return settings(redis.uri());
    }

    static RedisSettings settings(String uri) {
        return RedisSettings.defaults().withUri(uri).withLease(LEASE);
    }

    /** A worker in this JVM, on threads, of these queues, or of that of the settings if there are none. */
    static RedisWorker worker(RedisSettings settings, int parallelism, String... queues) {
        WorkerSettings worker = WorkerSettings.of(
                        settings, ConcurrencyStrategies.choose("threads").strategy())
                .withParallelism(parallelism);
        return RedisWorker.start(queues.length == 0 ? worker : worker.withQueues(queues));
    }

    /** Takes the next tasks of the default queue, as a worker of that name would; what Redis answers. */
    static Object take(PrivateRedis redis, String worker, int most) {
        return tell(redis, Command.XREADGROUP, "GROUP", "w", worker, "COUNT", most, "STREAMS", STREAM, ">");
    }

    /**
     * The entries of the default queue that workers have and whose leases they have not renewed for so long, each with its
     * id, its worker, how long that is in ms, and how often it was delivered.
     */
    static List<?> pending(PrivateRedis redis, Duration idle) {
        return (List<?>) tell(redis, Command.XPENDING, STREAM, "w", "IDLE", idle.toMillis(), "-", "+", 100);
    }

    /** What a server answers to a command of the test's own. */
    static Object tell(PrivateRedis redis, Command command, Object... arguments) {
        try (Link link = new Link(RedisAddress.of(redis.uri()), "test", Duration.ofSeconds(10))) {
            return Objects.requireNonNull(link.call(command, arguments));
        }
    }
}
