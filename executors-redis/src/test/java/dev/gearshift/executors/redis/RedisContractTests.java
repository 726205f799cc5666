package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.testkit.StrategyContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** With two workers in processes of their own, which run their tasks in processes, too: so a crash takes one of those. */
abstract class RedisContractTests extends StrategyContract {
    private static final List<WorkerProcess> WORKERS = new ArrayList<>();

    private static @Nullable PrivateRedis redis;

    static void begin(String binary) {
        assumeThat(Redises.all()).as("the servers of this run").contains(binary);
        PrivateRedis server = PrivateRedis.startFrom(binary);
        redis = server;
        // Programs of the kit in other JVMs see it too.
        System.setProperty("gearshift.redis.uri", server.uri());
        System.setProperty("gearshift.redis.redeliveries", "0");
        List<String> settings = List.of("-Dgearshift.redis.uri=" + server.uri());
        for (int i = 0; i < 2; i++) {
            WORKERS.add(WorkerProcess.start(settings, "processes", 1, "default"));
        }
    }

    @AfterAll
    static void end() {
        WORKERS.forEach(WorkerProcess::close);
        WORKERS.clear();
        System.clearProperty("gearshift.redis.uri");
        System.clearProperty("gearshift.redis.redeliveries");
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    public ConcurrencyStrategy strategy() {
        return new RedisStrategy();
    }

    /** Its tasks go a long way. */
    @Override
    public Duration deadline() {
        return Duration.ofSeconds(60);
    }

    @Override
    public int rounds() {
        return 3;
    }

    @Override
    public Duration moment() {
        return Duration.ofMillis(300);
    }

    @Override
    public int many() {
        return 10_000;
    }
}
