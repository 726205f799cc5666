package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.processes.ProcessSettings;
import dev.gearshift.executors.processes.ProcessesStrategy;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks are cancelled where they wait, run or are put off, by whoever has submitted them and by others. */
@Timeout(60)
@Tag("system")
class CancelTests {
    /** By when the best of some is stopped; others may be held up by what else the machine does. */
    private static final long SOON_MILLIS = 500;

    private static final int SOME = 3;
    private static final int MANY = 3_000;
    private static final Duration NOTHING_COMES = Duration.ofMillis(700);

    /** So late that it is looked at before. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private static TaskExecutor open(RedisSettings settings) {
        return new RedisStrategy(settings).open(StrategySettings.defaults());
    }

    private static RedisWorker worker(RedisSettings settings, String strategy) {
        return RedisWorker.start(WorkerSettings.of(
                        settings, ConcurrencyStrategies.choose(strategy).strategy())
                .withParallelism(1));
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWaitsNeverRuns(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = worker(settings, "threads");
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                TaskFuture<String> running = executor.submit(board.task("running"));
                Line line = board.next();
                TaskFuture<String> own = executor.submit(board.task("own"));
                TaskFuture<String> others = executor.submit(board.task("others"));
                String handedOver = queue.enqueue(board.task("handed over"), TaskOptions.defaults());

                assertThat(own.cancel(false)).isTrue();
                assertThat(queue.cancel(others.reference())).isTrue();
                assertThat(queue.cancel(handedOver)).isTrue();
                assertThat(queue.cancel(handedOver)).isFalse();
                assertThatThrownBy(() -> others.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
                assertThat(queue.state(handedOver, Call.class)).isEqualTo(new TaskState.Cancelled<>());
                line.say("value");

                assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("value");
                assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(2);
                assertThat(board.nextOrNull(Duration.ZERO)).isNull();
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatRunsOnAThreadIsInterruptedSoon(String server) throws Exception {
        whatRunsIsStoppedSoon(server, ConcurrencyStrategies.choose("threads").strategy());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatRunsInAProcessIsStoppedSoon(String server) throws Exception {
        whatRunsIsStoppedSoon(server, processes());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIgnoresTheInterruptIsKilledSoon(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = RedisWorker.start(
                            WorkerSettings.of(settings, processes()).withParallelism(1));
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                List<Long> millis = new ArrayList<>();
                for (int i = 0; i < SOME; i++) {
                    TaskFuture<String> stubborn = executor.submit(board.stubborn("stubborn"));
                    Line line = board.next();
                    assertThat(stubborn.cancel(true)).isTrue();
                    millis.add(line.awaitGone());

                    assertThat(executor.submit(new Doubled(i)).get(30, TimeUnit.SECONDS))
                            .isEqualTo(2 * i);
                    assertThat(queue.state(stubborn.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
                }
                assertThat(Collections.min(millis)).isLessThan(SOON_MILLIS);
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    private static ConcurrencyStrategy processes() {
        return new ProcessesStrategy(ProcessSettings.defaults()
                .withKillGrace(Duration.ofMillis(200))
                .withJvmFlags("-XX:TieredStopAtLevel=1")
                .withClassCache(null));
    }

    private static void whatRunsIsStoppedSoon(String server, ConcurrencyStrategy strategy) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = RedisWorker.start(
                            WorkerSettings.of(settings, strategy).withParallelism(1));
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                List<Long> ownMillis = new ArrayList<>();
                List<Long> othersMillis = new ArrayList<>();
                for (int i = 0; i < SOME; i++) {
                    TaskFuture<String> own = executor.submit(board.task("own"));
                    Line line = board.next();
                    assertThat(own.cancel(true)).isTrue();
                    ownMillis.add(line.awaitGone());

                    TaskFuture<String> others = executor.submit(board.task("others"));
                    line = board.next();
                    assertThat(queue.cancel(others.reference())).isTrue();
                    othersMillis.add(line.awaitGone());
                    assertThatThrownBy(() -> others.get(30, TimeUnit.SECONDS))
                            .isInstanceOf(CancellationException.class);
                    Awaitility.await().until(() -> worker.info().running() == 0);
                    assertThat(queue.state(own.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
                }
                assertThat(Collections.min(ownMillis)).isLessThan(SOON_MILLIS);
                assertThat(Collections.min(othersMillis)).isLessThan(SOON_MILLIS);
                assertThat(queue.dead()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsDelayedOrWaitsForItsNextAttemptNeverRuns(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = worker(settings, "threads");
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                TaskOptions later = TaskOptions.defaults().withDelay(LATER);
                TaskOptions again =
                        TaskOptions.defaults().withRetry(Retry.upTo(2).withBackoff(LATER, LATER));
                TaskFuture<String> own = executor.submit(board.task("own"), later);
                TaskFuture<String> others = executor.submit(board.task("others"), later);
                assertThat(queue.status().delayed()).isEqualTo(2);
                assertThat(own.cancel(true)).isTrue();
                assertThat(queue.cancel(others.reference())).isTrue();
                TaskFuture<String> failing = executor.submit(board.task("failing"), again);
                board.next().say(Call.THROW);
                Awaitility.await().until(() -> queue.status().delayed() == 1);
                assertThat(failing.cancel(false)).isTrue();

                assertThatThrownBy(() -> others.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
                assertThat(board.nextOrNull(LATER.plus(NOTHING_COMES))).isNull();
                assertThat(queue.status().delayed()).isZero();
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    /** Its submitter may know that it has begun, or not. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatGoesOnAndFailsIsNotTriedAgain(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = worker(settings, "threads");
                    TaskExecutor executor = open(settings);
                    RedisQueue queue = RedisQueue.open(settings)) {
                TaskOptions again = TaskOptions.defaults()
                        .withRetry(Retry.upTo(3).withBackoff(NOTHING_COMES.dividedBy(4), NOTHING_COMES.dividedBy(4)));
                for (boolean known : List.of(false, true)) {
                    TaskFuture<String> future = executor.submit(board.task("fails"), again);
                    Line line = board.next();
                    Awaitility.await().until(() -> !known || executor.snapshot().running() == 1);
                    assertThat(future.cancel(false)).isTrue();
                    line.say(Call.THROW);

                    assertThat(board.nextOrNull(NOTHING_COMES)).isNull();
                    assertThat(queue.status().delayed()).isZero();
                    assertThat(queue.state(future.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
                }
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void withoutALinkWhatHasBegunGoesOnIfThatIsAsked(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = worker(settings, "threads");
                    TaskExecutor executor = open(Redises.settings(link.uri(redis)));
                    RedisQueue queue = RedisQueue.open(settings)) {
                executor.submit(board.task("first"));
                Line first = board.next();
                TaskFuture<String> begun = executor.submit(board.task("begun"));
                TaskFuture<String> waiting = executor.submit(board.task("waiting"));
                link.refuse();
                link.cut();
                first.say("value");
                Line line = board.next("begun");
                assertThat(begun.cancel(false)).isTrue();
                assertThat(waiting.cancel(false)).isTrue();
                link.heal();

                Awaitility.await()
                        .untilAsserted(() -> assertThat(queue.state(waiting.reference(), Call.class))
                                .isEqualTo(new TaskState.Cancelled<>()));
                assertThat(board.nextOrNull(NOTHING_COMES)).isNull();
                line.say("result");
                Awaitility.await()
                        .untilAsserted(() -> assertThat(queue.state(begun.reference(), Call.class))
                                .isEqualTo(new TaskState.Succeeded<>("result")));
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void withoutALinkItIsDeliveredLater(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = worker(settings, "threads");
                    TaskExecutor executor = open(Redises.settings(link.uri(redis)));
                    RedisQueue queue = RedisQueue.open(settings)) {
                TaskFuture<String> running = executor.submit(board.task("running"));
                Line line = board.next();
                TaskFuture<String> waiting = executor.submit(board.task("waiting"));
                link.refuse();
                link.cut();
                assertThat(running.cancel(true)).isTrue();
                assertThat(waiting.cancel(true)).isTrue();
                assertThat(line.isThere()).isTrue();
                link.heal();

                assertThat(line.awaitGone()).isLessThan(7_000);
                assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(2);
                assertThat(queue.state(waiting.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void manyAtOnceWithoutALinkTakeNotMuchLongerThanOne(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            TaskExecutor executor = open(Redises.settings(link.uri(redis)).withAnswerLimit(Duration.ofMillis(300)));
            try (executor) {
                for (int i = 0; i < MANY; i++) {
                    executor.submit(new Doubled(i));
                }
                link.silence(true, true);
                long since = System.nanoTime();
                executor.shutdownNow();
                assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(queue.status().waiting()).isEqualTo(MANY); // They could not be taken back.
        }
    }
}
