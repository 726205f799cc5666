package dev.gearshift.executors.redis;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.Set;

/**
 * {@code redis}: tasks wait in Redis and run on workers, on any number of machines. A task runs at least once, so it must
 * bear being run twice; one result is recorded.
 *
 * <p>The parallelism of an executor is how many of its tasks are in the queue at once, waiting or running; the others wait
 * in this JVM. By default all are in the queue, and the workers alone decide how many run.
 */
public final class RedisStrategy implements ConcurrencyStrategy {
    private final RedisSettings settings;

    /** For the service loader: with what properties and environment say. */
    public RedisStrategy() {
        this(RedisSettings.defaults());
    }

    /** With settings of its own. */
    public RedisStrategy(RedisSettings settings) {
        this.settings = settings;
    }

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(RedisStrategy.class, "executors-redis");
    }

    @Override
    public String description() {
        return "workers on any number of machines, by a queue in Redis";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.DELAYS, Capability.QUEUES, Capability.ISOLATED, Capability.DISTRIBUTED);
    }

    @Override
    public long maxPayload() {
        return settings.maxPayload();
    }

    /**
     * Opens an executor.
     *
     * @throws IllegalStateException if Redis cannot be reached or refuses, or would throw tasks away when its memory is
     *     full; the message says which, and what to do
     */
    @Override
    public TaskExecutor open(StrategySettings with) {
        return LocalTaskExecutor.remote(
                this, with, name -> new Submitter(name, with.parallelism().orElse(Integer.MAX_VALUE), settings));
    }
}
