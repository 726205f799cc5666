package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.RedisQueue;
import dev.gearshift.executors.redis.RedisSettings;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import redis.clients.jedis.RedisClient;

/** What a no-op costs Redis, as Redis itself says before and after many of them. */
final class Costs {
    private static final double MICROS_IN_SECOND = 1e6;

    private final RedisClient redis;
    private final int tasks;
    private final Figures into;

    private Costs(RedisClient redis, int tasks, Figures into) {
        this.redis = redis;
        this.tasks = tasks;
        this.into = into;
    }

    /** Launches a worker. */
    interface Launch {
        WorkerProcess worker() throws IOException;
    }

    static void measure(TaskExecutor executor, Launch launch, int tasks, int trips, Figures into) throws Exception {
        URI address = URI.create(Objects.requireNonNull(System.getenv("GEARSHIFT_REDIS_URI")));
        try (RedisClient redis = RedisClient.create(address)) {
            Costs costs = new Costs(redis, tasks, into);
            costs.waitingAndResults(launch);
            costs.work(executor, launch, trips);
            costs.delayed();
        }
    }

    /** What tasks weigh that wait, and then their results. */
    private void waitingAndResults(Launch launch) throws Exception {
        try (RedisQueue queue = RedisQueue.open(RedisSettings.defaults())) {
            long empty = usedMemory();
            enqueue(queue, TaskOptions.defaults());
            into.add(Figure.MEMORY_OF_WAITING, each(usedMemory() - empty));
            try (WorkerProcess worker = launch.worker()) {
                worker.awaitWord();
                while (queue.status().waiting() + queue.status().running() > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
            into.add(Figure.MEMORY_OF_RESULTS, each(usedMemory() - empty));
        }
    }

    private void delayed() throws Exception {
        try (RedisQueue queue = RedisQueue.open(RedisSettings.defaults())) {
            long before = usedMemory();
            enqueue(queue, TaskOptions.defaults().withDelay(Duration.ofDays(1)));
            into.add(Figure.MEMORY_OF_DELAYED, each(usedMemory() - before));
        }
    }

    private void enqueue(RedisQueue queue, TaskOptions options) {
        for (int i = 0; i < tasks; i++) {
            queue.enqueue(new NoOp(i), options);
        }
    }

    /** Of a backlog, and of tasks one after the other, once as many have warmed all up. */
    private void work(TaskExecutor executor, Launch launch, int trips) throws Exception {
        try (WorkerProcess worker = launch.worker()) {
            worker.awaitWord();
            Backlog.put(executor, tasks, new Figures()).await();
            Properties before = info();
            Backlog.put(executor, tasks, new Figures()).await();
            work(before, tasks, Figure.CPU_OF_BACKLOG, Figure.READ_OF_BACKLOG, Figure.WRITTEN_OF_BACKLOG);
            before = info();
            for (int i = 0; i < trips; i++) {
                executor.submit(new NoOp(i)).join();
            }
            work(before, trips, Figure.CPU_OF_TRIP, Figure.READ_OF_TRIP, Figure.WRITTEN_OF_TRIP);
        }
    }

    private void work(Properties before, int of, Figure cpu, Figure read, Figure written) throws IOException {
        Properties after = info();
        into.add(cpu, grown(before, after, of, Costs::cpuSeconds) * MICROS_IN_SECOND);
        into.add(read, grown(before, after, of, info -> number(info, "total_net_input_bytes")));
        into.add(written, grown(before, after, of, info -> number(info, "total_net_output_bytes")));
    }

    private static double grown(Properties before, Properties after, int of, ToDoubleFunction<Properties> what) {
        return (what.applyAsDouble(after) - what.applyAsDouble(before)) / of;
    }

    private static double cpuSeconds(Properties info) {
        return number(info, "used_cpu_user") + number(info, "used_cpu_sys");
    }

    private double each(double all) {
        return all / tasks;
    }

    private long usedMemory() throws IOException {
        return (long) number(info(), "used_memory");
    }

    private Properties info() throws IOException {
        Properties info = new Properties();
        info.load(new StringReader(redis.info()));
        return info;
    }

    private static double number(Properties info, String name) {
        return Double.parseDouble(info.getProperty(name).strip());
    }
}
