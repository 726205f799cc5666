package dev.gearshift.executors.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue at one moment.
 *
 * @param queue its name
 * @param waiting how many tasks wait for a worker
 * @param running how many have one
 * @param delayed how many wait for their time, those that are tried again among them
 * @param dead how many are dead
 * @param workers those that are alive, with what they do for this queue
 */
public record QueueStatus(String queue, long waiting, long running, long delayed, long dead, List<WorkerInfo> workers) {
    /** Copies the list. */
    public QueueStatus {
        workers = List.copyOf(workers);
    }

    /** What the script has answered. */
    static QueueStatus of(String queue, @Nullable Object reply) {
        List<?> all = (List<?>) Objects.requireNonNull(reply);
        List<WorkerInfo> workers = new ArrayList<>();
        for (Object worker : (List<?>) all.get(4)) {
            List<?> of = (List<?>) worker;
            WorkerInfo info = WorkerInfo.decode(of.get(1));
            if (info != null) {
                workers.add(info.withRunning(((Number) of.get(2)).intValue()));
            }
        }
        return new QueueStatus(
                queue, number(all.get(0)), number(all.get(1)), number(all.get(2)), number(all.get(3)), workers);
    }

    private static long number(Object reply) {
        return ((Number) reply).longValue();
    }
}
