package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing waits for workers, but not for those that do not come. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ClosingTests {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static RedisSettings settings(PrivateRedis redis) {
        return Redises.settings(redis)
                .withPatience(PATIENCE)
                .withResultTtl(Duration.ofSeconds(3)); // It looks each second.
    }

    private static void hasNoWorker(TaskFuture<?> future, String queue) {
        assertThatThrownBy(() -> future.get(0, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(NoWorkerException.class)
                .hasMessageContaining(
                        " was left in the queue {gearshift:" + queue + "}, as its executor was closed and no"
                                + " worker was alive there for 1 s; its result will be found by its reference "
                                + future.reference() + ".");
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatNobodyCouldRunStaysInTheQueueAndRunsLater(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                RedisQueue queue = RedisQueue.open(settings(redis))) {
            TaskExecutor executor = new RedisStrategy(settings(redis)).open(StrategySettings.defaults());
            TaskFuture<Integer> future = executor.submit(new Doubled(1));
            executor.close();
            hasNoWorker(future, "default");
            assertThat(queue.state(future.reference(), Doubled.class)).isEqualTo(new TaskState.Waiting<>());
            try (RedisWorker worker = Redises.worker(settings(redis), 1)) {
                Awaitility.await()
                        .until(() ->
                                queue.state(future.reference(), Doubled.class).equals(new TaskState.Succeeded<>(2)));
                assertThat(worker.info().succeeded()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerOfAnotherQueueIsNoReasonToWait(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisWorker worker = Redises.worker(settings(redis), 1)) {
            TaskExecutor executor = new RedisStrategy(settings(redis)).open(StrategySettings.defaults());
            TaskFuture<String> runs = executor.submit(board.task("runs"));
            Switchboard.Line line = board.next();
            TaskFuture<Integer> waits =
                    executor.submit(new Doubled(1), TaskOptions.defaults().withQueue("other"));
            Thread closing = new Thread(executor::close, "closes");
            closing.start();
            Awaitility.await().until(waits::isDone);
            hasNoWorker(waits, "other");
            assertThat(runs).isNotDone(); // It has a worker.
            line.say("value");
            assertThat(runs.get(30, TimeUnit.SECONDS)).isEqualTo("value");
            closing.join();
            assertThat(worker.info().succeeded()).isEqualTo(1);
        }
    }
}
