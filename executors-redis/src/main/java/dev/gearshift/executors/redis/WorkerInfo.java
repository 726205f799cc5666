package dev.gearshift.executors.redis;

import dev.gearshift.executors.wire.WireFormatException;
import dev.gearshift.executors.wire.WireLimits;
import dev.gearshift.executors.wire.WireType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is alive, as it says itself.
 *
 * @param name its name, unique in its queue
 * @param host where it runs
 * @param pid its process id there
 * @param strategy what it runs its tasks on
 * @param parallelism how many at once
 * @param running how many it runs: of one queue in a {@link QueueStatus}, of all its queues as {@link RedisWorker#info}
 * @param succeeded how many tasks it has finished well, likewise
 * @param failed how many it has finished in another way, likewise
 * @param since when it was started, by its own clock
 */
public record WorkerInfo(
        String name,
        String host,
        long pid,
        String strategy,
        int parallelism,
        int running,
        long succeeded,
        long failed,
        Instant since) {
    private static final WireType<WorkerInfo> TYPE = WireType.of(WorkerInfo.class);
    private static final WireLimits LIMITS = new WireLimits(4 * 1024, 5);

    WorkerInfo withRunning(int now) {
        return new WorkerInfo(name, host, pid, strategy, parallelism, now, succeeded, failed, since);
    }

    /** The same worker, of two queues. */
    WorkerInfo plus(WorkerInfo other) {
        return new WorkerInfo(
                name,
                host,
                pid,
                strategy,
                parallelism,
                running + other.running,
                succeeded + other.succeeded,
                failed + other.failed,
                since);
    }

    byte[] encode() {
        return TYPE.encode(this, LIMITS);
    }

    /** Null if the bytes are none. */
    static @Nullable WorkerInfo decode(Object bytes) {
        try {
            return bytes instanceof byte[] raw ? Objects.requireNonNull(TYPE.decode(raw, LIMITS)) : null;
        } catch (WireFormatException e) {
            return null; // Of another version, perhaps.
        }
    }
}
