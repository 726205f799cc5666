package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What networks do to connections loses no task and no result, and what runs goes on within seconds. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class BrokenLinkTests {
    /** Of an answer that does not come, and of the look for what was lost. */
    private static final long SECONDS_AFTER = 12;

    /** Shorter than the lease, so that nobody counts as lost. */
    private static final Duration SHORT = Redises.LEASE.dividedBy(2);

    private static final Duration ANSWER = Duration.ofMillis(500);

    /** Something that happens to a link, and is over after a while, if it does not last. */
    private record Fault(String name, Consumer<FaultyLink> begins) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Fault> FAULTS = List.of(
            new Fault("cut", FaultyLink::cut),
            new Fault("cut, and no new ones", link -> {
                link.refuse();
                link.cut();
            }),
            new Fault("silent both ways", link -> link.silence(true, true)),
            new Fault("silent up", link -> link.silence(true, false)),
            new Fault("silent down", link -> link.silence(false, true)),
            new Fault("half open", FaultyLink::halfOpen),
            new Fault("slow", link -> link.delay(150)));

    static Stream<Arguments> faults() {
        return Redises.all().flatMap(server -> FAULTS.stream().map(fault -> Arguments.of(server, fault)));
    }

    private static TaskExecutor open(RedisSettings settings) {
        return new RedisStrategy(settings.withAnswerLimit(ANSWER)).open(StrategySettings.defaults());
    }

    private static RedisWorker worker(RedisSettings settings, int parallelism) {
        return Redises.worker(settings.withAnswerLimit(ANSWER), parallelism);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void onBothSidesForLessThanALeaseNothingIsLostAndNothingRunsTwice(String server, Fault fault) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink submitters = new FaultyLink(redis.port());
                FaultyLink workers = new FaultyLink(redis.port());
                Switchboard board = new Switchboard();
                RedisWorker worker = worker(Redises.settings(workers.uri(redis)), 3);
                TaskExecutor executor = open(Redises.settings(submitters.uri(redis)))) {
            TaskFuture<String> before = executor.submit(board.task("ends in the fault"));
            TaskFuture<String> through = executor.submit(board.task("runs through the fault"));
            Line first = board.next();
            Line second = board.next();
            List<TaskFuture<Integer>> many = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                many.add(executor.submit(new Doubled(i)));
            }
            fault.begins().accept(submitters);
            fault.begins().accept(workers);
            first.say("value of " + first.name);
            assertThat(board.nextOrNull(SHORT)).isNull();
            submitters.heal();
            workers.heal();
            for (int i = 50; i < 100; i++) {
                many.add(executor.submit(new Doubled(i)));
            }
            second.say("value of " + second.name);

            assertThat(before.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo("value of ends in the fault");
            assertThat(through.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo("value of runs through the fault");
            for (int i = 0; i < many.size(); i++) {
                assertThat(many.get(i).get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
            assertThat(board.nextOrNull(Duration.ZERO)).isNull();
            assertThat(worker.info().failed()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerOutOfReachForLongerThanItsLeaseLosesItsTaskAndWorksOnAfterwards(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                Switchboard board = new Switchboard();
                RedisWorker cutOff = worker(Redises.settings(link.uri(redis)), 1);
                TaskExecutor executor = open(Redises.settings(redis))) {
            TaskFuture<String> future = executor.submit(board.task("task"));
            Line first = board.next();
            link.silence(true, true);
            try (RedisWorker other = worker(Redises.settings(redis), 1)) {
                Line second = board.next(Redises.LEASE.plusSeconds(2));
                assertThat(second.attempt).isEqualTo(2);
                assertThat(first.isThere()).isTrue();
                link.heal();
                assertThat(first.awaitGone()).isLessThan(3_000); // It hears that it has lost it.
                TaskFuture<Integer> next = executor.submit(new Doubled(1)); // The other one is busy.
                assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(2);
                second.say("value");
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
                assertThat(other.info().succeeded()).isEqualTo(1);
            }
            assertThat(cutOff.info().succeeded()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whileRedisIsOutOfReachSubmitWaitsAndGoesOnAfterwards(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                RedisWorker worker = worker(Redises.settings(redis), 1);
                TaskExecutor executor = open(Redises.settings(link.uri(redis)))) {
            link.refuse();
            link.cut();
            CompletableFuture<Void> healed = CompletableFuture.runAsync(
                    link::heal, CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
            TaskOptions retried = TaskOptions.defaults().withRetry(Retry.upTo(2));
            assertThat(executor.submit(new Doubled(21), retried).get(30, TimeUnit.SECONDS))
                    .isEqualTo(42);
            healed.join();
            assertThat(worker.info().succeeded()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void closingEndsAlsoWhileNobodyAnswers(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port())) {
            RedisSettings settings = Redises.settings(link.uri(redis)).withPatience(Duration.ofSeconds(1));
            RedisWorker worker = worker(settings, 1);
            TaskExecutor executor = open(settings);
            List<TaskFuture<Integer>> futures = IntStream.range(0, 10)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();
            link.silence(true, true);
            long since = System.nanoTime();
            worker.close();
            executor.close();
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
            assertThat(futures).allMatch(TaskFuture::isDone);
        }
    }

    /** What is to be stopped there cannot be, and what waits here is never sent. */
    @Tag("proof")
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void closingEndsAlsoWhileNobodyHearsOfWhatWasCancelled(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                Switchboard board = new Switchboard();
                RedisWorker worker = worker(Redises.settings(redis), 1)) {
            RedisSettings settings = Redises.settings(link.uri(redis)).withPatience(Duration.ofSeconds(1));
            TaskExecutor executor = new RedisStrategy(settings.withAnswerLimit(ANSWER))
                    .open(StrategySettings.defaults().withParallelism(2));
            TaskFuture<String> running = executor.submit(board.task("running"));
            Line line = board.next();
            List<TaskFuture<Integer>> others = IntStream.range(0, 50)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();
            link.silence(true, true);
            running.cancel(true);
            long since = System.nanoTime();
            executor.close();
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
            assertThat(running).isCancelled();
            assertThat(others).allMatch(TaskFuture::isDone);
            line.say("over");
            assertThat(worker.info().failed()).isZero();
        }
    }

    /** It is heard that it has started, but nobody hears that it is cancelled. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsCancelledJustAsItsStartIsHeardOfEnds(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisWorker worker = worker(Redises.settings(redis), 5)) {
            for (int i = 0; i < 5; i++) {
                try (FaultyLink link = new FaultyLink(redis.port());
                        TaskExecutor executor = open(Redises.settings(link.uri(redis)))) {
                    TaskFuture<String> future = executor.submit(
                            board.task("task"), TaskOptions.defaults().withTimeout(Duration.ofHours(1)));
                    Line line = board.next();
                    link.silence(true, false);
                    assertThat(future.cancel(true)).isTrue();
                    link.heal();
                    assertThat(line.awaitGone()).isLessThan(TimeUnit.SECONDS.toMillis(SECONDS_AFTER));
                }
            }
            Awaitility.await().until(() -> worker.info().running() == 0);
        }
    }

    /** A write has no limit of its own: here the thread that hears the answers is held up by one. */
    @Tag("proof")
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aLargeTaskThatCannotBeSentHoldsNobodyUpForLong(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                Switchboard board = new Switchboard();
                RedisWorker worker = worker(Redises.settings(redis), 1)) {
            RedisSettings settings = Redises.settings(link.uri(redis))
                    .withPatience(Duration.ofSeconds(1))
                    .withMaxPayload(64 << 20)
                    .withAnswerLimit(ANSWER);
            TaskExecutor executor =
                    new RedisStrategy(settings).open(StrategySettings.defaults().withParallelism(1));
            TaskFuture<String> first = executor.submit(board.task("first"));
            Line line = board.next();
            TaskFuture<String> large = executor.submit(board.task("x".repeat(40_000_000)));
            link.silence(true, false);
            line.say("done"); // It is heard if its submitter has asked before, as it almost always has.
            long since = System.nanoTime();
            executor.close();
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
            assertThat(first).isDone();
            assertThat(large).isCompletedExceptionally();
            assertThat(worker.info().failed()).isZero();
        }
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whoeverAsksAQueueIsNotHeldUpByALargeTaskEither(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                RedisQueue queue = RedisQueue.open(Redises.settings(link.uri(redis))
                        .withMaxPayload(64 << 20)
                        .withAnswerLimit(ANSWER))) {
            link.silence(true, false);
            long since = System.nanoTime();
            assertThatThrownBy(() -> queue.enqueue(new Call(1, "x".repeat(40_000_000)), TaskOptions.defaults()))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("cannot be reached");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void theFirstTaskForAQueueWaitsForRedisToo(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port());
                RedisWorker worker = Redises.worker(Redises.settings(redis), 2, "default", "urgent");
                TaskExecutor executor = open(Redises.settings(link.uri(redis)))) {
            assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            link.refuse();
            link.cut();
            CompletableFuture<Void> healed = CompletableFuture.runAsync(
                    link::heal, CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
            assertThat(executor.submit(new Doubled(2), TaskOptions.defaults().withQueue("urgent"))
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(4);
            healed.join();
            assertThat(worker.info().succeeded()).isEqualTo(2);
        }
    }
}
