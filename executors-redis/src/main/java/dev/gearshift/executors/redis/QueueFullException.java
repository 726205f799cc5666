package dev.gearshift.executors.redis;

import java.util.concurrent.RejectedExecutionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A queue has as many tasks as it may have ({@link RedisSettings#queueCap}). The task was not accepted; try again later. */
public final class QueueFullException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    QueueFullException(String queue, int cap) {
        super("The queue " + queue + " is full, with " + cap
                + " tasks: start more workers, submit later, or wait for room" + " (gearshift.redis.whenFull=wait).");
    }

    /** Whether that is why Redis has refused. */
    static boolean isSaidBy(JedisDataException refusal) {
        return String.valueOf(refusal.getMessage()).contains("QFULL");
    }
}
