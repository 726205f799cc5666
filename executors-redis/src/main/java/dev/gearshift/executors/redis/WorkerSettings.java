package dev.gearshift.executors.redis;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import java.util.List;

/**
 * How a worker works.
 *
 * @param redis where the queues are
 * @param queues their names, those that come first preferred; one or more
 * @param strategy what the tasks run on: {@code processes}, so that one that crashes takes nothing else with it, or any
 *     other
 * @param parallelism how many run at once, 1 or more
 * @param strategySettings what the strategy is opened with; its parallelism does not count
 */
public record WorkerSettings(
        RedisSettings redis,
        List<String> queues,
        ConcurrencyStrategy strategy,
        int parallelism,
        StrategySettings strategySettings) {
    /** Checks the ranges. */
    public WorkerSettings {
        queues = List.copyOf(queues);
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("A worker needs a queue.");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be 1 or more, but is " + parallelism + ".");
        }
    }

    /** The default queue, as many tasks at once as there are processors. */
    public static WorkerSettings of(RedisSettings redis, ConcurrencyStrategy strategy) {
        StrategySettings settings = StrategySettings.defaults();
        return new WorkerSettings(
                redis,
                List.of(redis.queue()),
                strategy,
                settings.parallelism().orElse(Runtime.getRuntime().availableProcessors()),
                settings);
    }

    /** The same for other queues. */
    public WorkerSettings withQueues(String... queues) {
        return new WorkerSettings(redis, List.of(queues), strategy, parallelism, strategySettings);
    }

    /** The same with that many tasks at once. */
    public WorkerSettings withParallelism(int parallelism) {
        return new WorkerSettings(redis, queues, strategy, parallelism, strategySettings);
    }
}
