package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker takes short tasks ahead, and gives them back when one before them turns out to be long. */
@Timeout(60)
class TakenAheadTests {
    private static final int BEHIND = 20;

    private static RedisWorker worker(RedisSettings settings) {
        return RedisWorker.start(WorkerSettings.of(
                        settings, ConcurrencyStrategies.choose("threads").strategy())
                .withParallelism(1));
    }

    @Test
    void whatWaitsBehindALongTask_goesToAnIdleWorker() throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(Redises.first());
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker busy = worker(settings);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                assertThat(executor.map(IntStream.range(0, 2_000).mapToObj(Doubled::new)))
                        .hasSize(2_000); // Now it knows that tasks are short.
                TaskFuture<String> lengthy = executor.submit(board.task("long"));
                List<TaskFuture<Integer>> behind = new ArrayList<>();
                for (int i = 0; i < BEHIND; i++) {
                    behind.add(executor.submit(new Doubled(i)));
                }
                Line line = board.next();
                try (RedisWorker idle = worker(settings)) {
                    CompletableFuture.allOf(behind.toArray(CompletableFuture[]::new))
                            .get(30, TimeUnit.SECONDS);
                    assertThat(line.isThere()).isTrue();
                    assertThat(lengthy).isNotDone();
                    assertThat(busy.info().running()).isEqualTo(1);
                    line.say("value");
                    assertThat(lengthy.get(30, TimeUnit.SECONDS)).isEqualTo("value");
                    Awaitility.await()
                            .until(() -> busy.info().running() + idle.info().running() == 0);
                }
            }
        }
    }
}
