package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** Results reach those who wait for them, and those who ask later; queues, delays and attempts keep their order. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ResultTests {
    /** What would wait for the next look at the queue, or for ever, is later. */
    private static final long LATE_MILLIS = 5_000;

    private static TaskExecutor open(RedisSettings settings) {
        return new RedisStrategy(settings).open(StrategySettings.defaults());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void ofASubmitterThatWasKilledAreFoundByTheirIds(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            Process submitter = Programs.start(
                    List.of("-Dgearshift.redis.uri=" + redis.uri()),
                    SubmitterProgram.class,
                    String.valueOf(board.task("").port()));
            List<String> references = new ArrayList<>();
            try (BufferedReader out = submitter.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < 3; i++) {
                    references.add(out.readLine());
                }
            } finally {
                submitter.destroyForcibly();
                submitter.waitFor();
            }
            assertThat(queue.state(references.get(2), Call.class)).isEqualTo(new TaskState.Waiting<>());
            try (RedisWorker worker = Redises.worker(Redises.settings(redis), 1)) {
                Line line = board.next();
                assertThat(queue.state(references.get(0), Call.class))
                        .isEqualTo(new TaskState.Running<>(worker.name()));
                line.say("value");
                board.next().say(Call.THROW);
                board.next().say("last");
                Awaitility.await()
                        .until(() ->
                                queue.state(references.get(2), Call.class).equals(new TaskState.Succeeded<>("last")));
                assertThat(queue.state(references.get(0), Call.class)).isEqualTo(new TaskState.Succeeded<>("value"));
                assertThat(queue.state(references.get(1), Call.class))
                        .isInstanceOfSatisfying(
                                TaskState.Failed.class,
                                failed -> assertThat(((TaskState.Failed<?>) failed).failure())
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasMessage("as told"));
                assertThat(queue.state("never", Call.class)).isEqualTo(new TaskState.Unknown<>());
            }
        }
    }

    /** Submits tasks, says their references, and waits to be killed. */
    static final class SubmitterProgram {
        private SubmitterProgram() {}

        public static void main(String[] args) {
            try (TaskExecutor executor = open(RedisSettings.defaults())) {
                for (int i = 0; i < 3; i++) {
                    System.out.println(executor.submit(new Call(Integer.parseInt(args[0]), "task" + i))
                            .reference());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void ofTwoSubmittersOnOneQueueAreNeverMixedUp(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker one = Redises.worker(settings, 1);
                    RedisWorker two = Redises.worker(settings, 1);
                    RedisWorker three = Redises.worker(settings, 1);
                    TaskExecutor left = open(settings);
                    TaskExecutor right = open(settings)) {
                List<TaskFuture<Integer>> ofLeft = new ArrayList<>();
                List<TaskFuture<Integer>> ofRight = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    ofLeft.add(left.submit(new Doubled(i)));
                    ofRight.add(right.submit(new Doubled(-i)));
                }
                for (int i = 0; i < 1_000; i++) {
                    assertThat(ofLeft.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
                    assertThat(ofRight.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(-2 * i);
                }
                assertThat(one.info().succeeded()
                                + two.info().succeeded()
                                + three.info().succeeded())
                        .isEqualTo(2_000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void ofTheQueueThatAWorkerPrefersComeFirst(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = open(Redises.settings(redis))) {
            List<TaskFuture<String>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                for (String queue : List.of("late", "soon")) {
                    futures.add(executor.submit(
                            board.task(queue), TaskOptions.defaults().withQueue(queue)));
                }
            }
            try (RedisWorker worker = Redises.worker(Redises.settings(redis), 1, "soon", "late")) {
                for (String expected : List.of("soon", "soon", "soon", "late", "late", "late")) {
                    Line line = board.next();
                    assertThat(line.name).isEqualTo(expected);
                    line.say(expected);
                }
                for (int i = 0; i < futures.size(); i++) {
                    assertThat(futures.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i % 2 == 0 ? "late" : "soon");
                }
                assertThat(worker.info().succeeded()).isEqualTo(6);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void ofASubmitterThatDoesNotListenAreKeptByTheirIdsOnly(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                RedisQueue queue = RedisQueue.open(Redises.settings(redis));
                TaskExecutor executor = open(Redises.settings(link.uri(redis)))) {
            List<TaskFuture<String>> futures = new ArrayList<>();
            for (int i = 0; i < 1_100; i++) {
                futures.add(executor.submit(new Large(1_000)));
            }
            TaskOptions later = TaskOptions.defaults().withDelay(Duration.ofSeconds(4));
            List<TaskFuture<String>> delayed = IntStream.range(0, 10)
                    .mapToObj(i -> executor.submit(new Large(1_000), later))
                    .toList();
            futures.addAll(delayed);
            String id = futures.get(0).reference();
            String list = "{gearshift:default}:a:" + id.substring(0, id.indexOf('-'));
            link.refuse();
            link.cut();
            try (RedisWorker worker = Redises.worker(Redises.settings(redis), 1)) {
                Awaitility.await()
                        .until(() -> worker.info().succeeded() >= 1_100
                                && worker.info().running() == 0);
                assertThat((byte[]) Redises.tell(redis, Command.LINDEX, list, 0))
                        .hasSizeGreaterThan(1_000);
                assertThat((byte[]) Redises.tell(redis, Command.LINDEX, list, -1))
                        .hasSizeLessThan(100);
                Object[] filling = new Object[10_001];
                java.util.Arrays.fill(filling, "");
                filling[0] = list;
                Redises.tell(redis, Command.RPUSH, filling);
                Object length = Redises.tell(redis, Command.LLEN, list);
                Awaitility.await()
                        .until(() -> delayed.stream()
                                .allMatch(one ->
                                        queue.state(one.reference(), Large.class) instanceof TaskState.Succeeded));
                assertThat(Redises.tell(redis, Command.LLEN, list)).isEqualTo(length);
            }
            link.heal();
            for (TaskFuture<String> future : futures) {
                assertThat(future.get(30, TimeUnit.SECONDS)).hasSize(1_000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void areCountedForTheQueueThatTheyAreOf(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisQueue soon = RedisQueue.open(Redises.settings(redis).withQueue("soon"));
                RedisQueue late = RedisQueue.open(Redises.settings(redis).withQueue("late"));
                RedisWorker worker = Redises.worker(Redises.settings(redis), 1, "soon", "late");
                TaskExecutor executor = open(Redises.settings(redis))) {
            TaskOptions ofSoon = TaskOptions.defaults().withQueue("soon");
            TaskOptions ofLate = TaskOptions.defaults().withQueue("late");
            for (int i = 0; i < 3; i++) {
                assertThat(executor.submit(new Doubled(i), ofLate).get(30, TimeUnit.SECONDS))
                        .isEqualTo(2 * i);
            }
            TaskFuture<String> failing = executor.submit(board.task("failing"), ofSoon);
            board.next().say(Call.THROW);
            assertThat(failing.handle((value, failure) -> failure).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class);
            TaskFuture<String> running = executor.submit(board.task("running"), ofLate);
            Line line = board.next();
            Awaitility.await().untilAsserted(() -> {
                WorkerInfo info = soon.status().workers().get(0);
                assertThat(List.of((long) info.running(), info.succeeded(), info.failed()))
                        .containsExactly(0L, 0L, 1L);
                info = late.status().workers().get(0);
                assertThat(List.of((long) info.running(), info.succeeded(), info.failed()))
                        .containsExactly(1L, 3L, 0L);
            });
            assertThat(List.of(
                            (long) worker.info().running(),
                            worker.info().succeeded(),
                            worker.info().failed()))
                    .containsExactly(1L, 3L, 1L);
            line.say("value");
            assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("value");
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void comeAfterDelaysAndAsManyAttemptsAsAreAsked(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisQueue queue = RedisQueue.open(Redises.settings(redis));
                RedisWorker worker = Redises.worker(Redises.settings(redis), 1);
                TaskExecutor executor = open(Redises.settings(redis))) {
            long since = System.nanoTime();
            Retry retry = Retry.upTo(3).withBackoff(Duration.ofMillis(200), Duration.ofMillis(200));
            TaskFuture<String> future = executor.submit(
                    board.task("task"),
                    TaskOptions.defaults().withDelay(Duration.ofMillis(300)).withRetry(retry));
            List<Integer> attempts = new ArrayList<>();
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Line line = board.next();
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
                attempts.add(line.attempt);
                line.say(i < 2 ? Call.THROW : "value");
            }
            assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
            assertThat(attempts).containsExactly(1, 2, 3);
            assertThat(millis.get(0)).isBetween(300L, LATE_MILLIS);
            assertThat(millis.get(1) - millis.get(0)).isBetween(100L, LATE_MILLIS); // Half of a backoff is random.
            assertThat(millis.get(2) - millis.get(1)).isBetween(100L, LATE_MILLIS);

            TaskFuture<String> hopeless = executor.submit(
                    board.task("hopeless"), TaskOptions.defaults().withRetry(retry));
            IntStream.range(0, 3).forEach(i -> board.next().say(Call.THROW));
            assertThat(hopeless.handle((value, failure) -> failure).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(queue.dead()).singleElement().satisfies(dead -> {
                assertThat(dead.id()).isEqualTo(hopeless.reference());
                assertThat(dead.task()).isEqualTo("Call");
                assertThat(dead.worker()).isEqualTo(worker.name());
                assertThat(dead.why())
                        .isEqualTo("It has failed 3 times, the last time with java.lang.IllegalStateException");
            });
            assertThat(queue.retry(queue.dead().get(0).entry())).isTrue();
            Line revived = board.next();
            assertThat(revived.attempt).isEqualTo(1);
            revived.say("at last");
            Awaitility.await()
                    .until(() ->
                            queue.state(hopeless.reference(), Call.class).equals(new TaskState.Succeeded<>("at last")));
            assertThat(queue.dead()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void ofATaskThatRanTooLongSayHowLongItMight(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisWorker worker = Redises.worker(Redises.settings(redis), 1);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            Duration limit = Duration.ofMillis(300);
            String id = queue.enqueue(board.task("slow"), TaskOptions.defaults().withTimeout(limit));
            Awaitility.await().until(() -> queue.state(id, Call.class) instanceof TaskState.Failed);
            assertThat(queue.state(id, Call.class))
                    .isInstanceOfSatisfying(
                            TaskState.Failed.class,
                            failed -> assertThat(((TaskState.Failed<?>) failed).failure())
                                    .isInstanceOfSatisfying(
                                            TaskTimeoutException.class,
                                            late -> assertThat(late.timeout()).isEqualTo(limit)));
            assertThat(worker.info().failed()).isEqualTo(1);
        }
    }

    /** As of one of very many that were not heard yet, whose submitter has asked for it meanwhile. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatComesAgainByItsNameOnlyIsNoNews(String server) throws Exception {
        try (Heard heard = new Heard();
                PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withQueue("named");
            try (RedisWorker worker = Redises.worker(settings, 2);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                TaskFuture<Integer> over = executor.submit(new Doubled(1));
                assertThat(over.get(30, TimeUnit.SECONDS)).isEqualTo(2);
                String reference = over.reference();
                String list = "{gearshift:named}:a:" + reference.substring(0, reference.lastIndexOf('-'));
                Redises.tell(redis, Command.RPUSH, list, reference);

                assertThat(executor.submit(new Doubled(2)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(4);
                assertThat(worker.info().failed()).isZero();
            }
            assertThat(heard.toString()).doesNotContain("{gearshift:named} is dropped");
        }
    }
}
