package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** A queue holds as many tasks as it may, and no more; results go after their time. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class QueueCapTests {
    private static final int CAP = 10;
    private static final String FULL =
            "The queue {gearshift:default} is full, with 10 tasks: start more workers, submit"
                    + " later, or wait for room (gearshift.redis.whenFull=wait).";

    private static TaskExecutor open(RedisSettings settings) {
        return new RedisStrategy(settings).open(StrategySettings.defaults());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aFullQueueRejectsAtOnceAndMemoryStaysBounded(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withQueueCap(CAP);
            try (TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                List<TaskFuture<Integer>> accepted = new ArrayList<>();
                for (int i = 0; i < CAP / 2; i++) {
                    accepted.add(executor.submit(new Doubled(i)));
                    accepted.add(executor.submit(
                            new Doubled(i), TaskOptions.defaults().withDelay(Duration.ofSeconds(1))));
                }
                long before = memory(redis);
                for (int i = 0; i < 2_000; i++) {
                    assertThatThrownBy(() -> executor.submit(new Doubled(-1)))
                            .isInstanceOf(QueueFullException.class)
                            .hasMessage(FULL);
                }
                assertThatThrownBy(() -> queue.enqueue(new Doubled(-1), TaskOptions.defaults()))
                        .isInstanceOf(QueueFullException.class)
                        .hasMessage(FULL);
                assertThat(memory(redis) - before).isLessThan(200_000);
                assertThat(queue.status()).isEqualTo(new QueueStatus("default", CAP / 2, 0, CAP / 2, 0, List.of()));
                try (RedisWorker worker = Redises.worker(settings, 2)) {
                    for (int i = 0; i < CAP; i++) {
                        assertThat(accepted.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i / 2 * 2);
                    }
                    assertThat(worker.info().succeeded()).isEqualTo(CAP);
                }
            }
        }
    }

    private static long memory(PrivateRedis redis) {
        String used = Entry.text(Redises.tell(redis, Command.INFO, "memory"))
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(used.substring(used.indexOf(':') + 1));
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void submitWaitsForRoomIfThatIsAsked(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings =
                    Redises.settings(redis).withQueueCap(CAP).withWhenFull(RedisSettings.WhenFull.WAIT);
            try (TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                CompletableFuture<Integer> sum = CompletableFuture.supplyAsync(
                        () -> java.util.stream.IntStream.range(0, 100)
                                .mapToObj(i -> executor.submit(new Doubled(i)))
                                .toList()
                                .stream()
                                .mapToInt(TaskFuture::join)
                                .sum(),
                        task -> new Thread(task, "submits").start());
                Awaitility.await().until(() -> queue.status().waiting() == CAP);
                try (RedisWorker worker = Redises.worker(settings, 2)) {
                    assertThat(sum.get(30, TimeUnit.SECONDS)).isEqualTo(99 * 100);
                    assertThat(worker.info().succeeded()).isEqualTo(100);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whoeverWaitsForRoomCanBeInterrupted(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withQueueCap(1).withWhenFull(RedisSettings.WhenFull.WAIT);
            TaskExecutor executor = open(settings);
            try (RedisQueue queue = RedisQueue.open(settings)) {
                TaskFuture<Integer> first = executor.submit(new Doubled(1));
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                Thread thread = new Thread(
                        () -> {
                            try {
                                executor.submit(new Doubled(2));
                                thrown.complete(null);
                            } catch (RejectedExecutionException e) {
                                thrown.complete(e);
                            }
                        },
                        "submits");
                thread.start();
                Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
                thread.interrupt();
                assertThat(thrown.get(30, TimeUnit.SECONDS))
                        .hasMessage("Interrupted while the task waited to be sent to the queue {gearshift:default}.");
                thread.join();
                assertThat(first.cancel(false)).isTrue();
                assertThat(queue.status().waiting()).isZero();
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void resultsGoAfterTheirTimeAndNothingElseIsLeft(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withResultTtl(Duration.ofSeconds(3));
            try (RedisWorker worker = Redises.worker(settings, 2);
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                TaskFuture<Integer> future = executor.submit(new Doubled(3));
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(6);
                assertThat(queue.state(future.reference(), Doubled.class)).isEqualTo(new TaskState.Succeeded<>(6));
                Awaitility.await()
                        .until(() -> queue.state(future.reference(), Doubled.class) instanceof TaskState.Unknown);
                assertThat(worker.info().succeeded()).isEqualTo(1);
            }
            assertThat(Redises.tell(redis, Command.DBSIZE)).isEqualTo(0L);
        }
    }
}
