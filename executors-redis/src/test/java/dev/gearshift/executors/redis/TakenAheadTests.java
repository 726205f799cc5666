package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** A worker takes short tasks ahead, and gives them back when one before them turns out to be long. */
@Timeout(60)
@Tag("system")
class TakenAheadTests {
    private static final int BEHIND = 20;

    /** As many are to be taken ahead; how many are depends on how fast the tasks before them were. */
    private static final int ENOUGH = BEHIND / 4;

    private static final int MANY = 300;

    @Test
    void whatWaitsBehindALongTask_goesToAnIdleWorker() throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(Redises.first());
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker busy = Redises.worker(settings, 1);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                assertThat(executor.map(IntStream.range(0, 2_000).mapToObj(Doubled::new)))
                        .hasSize(2_000); // Now it knows that tasks are short.
                TaskFuture<String> lengthy = executor.submit(board.task("long"));
                List<TaskFuture<Integer>> behind = new ArrayList<>();
                for (int i = 0; i < BEHIND; i++) {
                    behind.add(executor.submit(new Doubled(i)));
                }
                Line line = board.next();
                try (RedisWorker idle = Redises.worker(settings, 1)) {
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

    /** A worker with a long task, and others behind it that it has taken ahead. */
    private static final class Scene implements AutoCloseable {
        final PrivateRedis redis;
        final Switchboard board = new Switchboard();
        final RedisWorker worker;
        final TaskExecutor executor;
        final RedisQueue queue;
        final List<TaskFuture<String>> behind = new ArrayList<>();
        private final Deque<TaskFuture<String>> lengthy = new ArrayDeque<>();
        private final Deque<Line> lines = new ArrayDeque<>();

        Scene(String server) {
            redis = PrivateRedis.startFrom(server);
            RedisSettings settings = Redises.settings(redis);
            worker = Redises.worker(settings, 1);
            executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            queue = RedisQueue.open(settings);
            while (behind.isEmpty()) {
                takesAhead();
            }
        }

        /** It has some ahead, for 200 ms; if this thread was too slow, there is nothing behind. */
        private void takesAhead() {
            assertThat(executor.map(IntStream.range(0, 2_000).mapToObj(Doubled::new)))
                    .hasSize(2_000); // Now it knows that tasks are short.
            lengthy.add(executor.submit(board.task("long")));
            List<TaskFuture<String>> submitted = IntStream.range(0, BEHIND)
                    .mapToObj(i -> executor.submit(board.task("behind")))
                    .toList();
            lines.add(board.next("long"));
            if (queue.status().running() > ENOUGH) {
                behind.addAll(submitted);
            } else {
                line().say("value");
                submitted.forEach(future -> board.next().say("value"));
            }
        }

        /** The task that runs. */
        TaskFuture<String> lengthy() {
            return lengthy.getLast();
        }

        Line line() {
            return lines.getLast();
        }

        void nothingElseHasRun() throws Exception {
            line().say("value");
            assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            assertThat(board.nextOrNull(Duration.ZERO)).isNull();
            Awaitility.await().until(() -> worker.info().running() == 0);
            for (TaskFuture<String> future : behind) {
                assertThat(future).isCancelled();
                assertThat(queue.state(future.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
            }
        }

        @Override
        public void close() {
            executor.shutdownNow();
            executor.close();
            worker.close();
            queue.close();
            board.close();
            redis.close();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWasCancelledBeforeItHasBegun_neverRuns(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            for (int i = 0; i < BEHIND; i++) {
                assertThat(scene.behind.get(i).cancel(i % 2 == 0)).isTrue();
            }
            scene.nothingElseHasRun();
            assertThat(scene.lengthy().get(30, TimeUnit.SECONDS)).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatHasBegun_goesOnIfThatIsAsked(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            assertThat(scene.lengthy().cancel(false)).isTrue();
            assertThat(scene.line().isThere()).isTrue();
            scene.behind.forEach(future -> future.cancel(false));
            scene.nothingElseHasRun();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(scene.queue.state(scene.lengthy().reference(), Call.class))
                                    .isEqualTo(new TaskState.Succeeded<>("value")));
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void shutdownNow_neverRunsWhatWasTakenAhead(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            assertThat(scene.executor.shutdownNow()).allMatch(Call.class::isInstance);
            scene.line().awaitGone();
            scene.executor.close();
            assertThat(scene.board.nextOrNull(Duration.ZERO)).isNull();
            assertThat(scene.behind).allMatch(TaskFuture::isCancelled);
        }
    }

    /** As with many at once, of which nobody hears: they are not waited for one by one. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void shutdownNow_waitsOnceForAWorkerThatDoesNotAnswer(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            Redises.tell(redis, Command.XGROUP, "CREATE", Redises.STREAM, "w", "0", "MKSTREAM");
            TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            List<TaskFuture<Integer>> futures = IntStream.range(0, MANY)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();
            Redises.take(redis, "silent", MANY);
            assertThat(Redises.pending(redis, Duration.ZERO)).hasSize(100); // It says no more of them.
            long since = System.nanoTime();
            executor.shutdownNow();
            // A tenth of a second for each would be longer.
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(50 * MANY));
            assertThat(futures).allMatch(TaskFuture::isCancelled);
            try (RedisWorker worker = Redises.worker(settings, MANY)) {
                executor.close();
                assertThat(worker.info().succeeded()).isZero();
            }
        }
    }
}
