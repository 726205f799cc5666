package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** Redis itself is killed, flushed, paused, full: whoever works with it goes on, and no accepted task is lost. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class FaultyServerTests {
    private static final long SECONDS_AFTER = 15;
    private static final int MANY = 150;

    /** A submitter and two workers, one task that runs, one that is delayed, and some that wait. */
    private static final class Scene implements AutoCloseable {
        final PrivateRedis redis;
        final Switchboard board = new Switchboard();
        final RedisSettings settings;
        final RedisWorker one;
        final RedisWorker two;
        final TaskExecutor executor;
        final TaskFuture<String> running;
        final Line line;
        final TaskFuture<Integer> delayed;
        final List<TaskFuture<String>> waiting = new ArrayList<>();
        final Line other;

        Scene(String server, String... options) {
            redis = PrivateRedis.startFrom(server, options);
            settings = Redises.settings(redis);
            one = Redises.worker(settings, 1);
            two = Redises.worker(settings, 1);
            executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            running = executor.submit(board.task("running"));
            line = board.next();
            waiting.add(executor.submit(board.task("other")));
            other = board.next();
            delayed = executor.submit(new Doubled(3), TaskOptions.defaults().withDelay(Duration.ofMillis(1_500)));
            for (int i = 0; i < 10; i++) {
                waiting.add(executor.submit(board.task("waiting")));
            }
        }

        /** All end well, and each task has run once. */
        void endsWell() throws Exception {
            line.say("value");
            othersEndWell();
        }

        /** The same, if the one that runs has been told already. */
        void othersEndWell() throws Exception {
            other.say("value");
            for (int i = 0; i < 10; i++) {
                Line next = board.next(Duration.ofSeconds(SECONDS_AFTER));
                assertThat(next.name).isEqualTo("waiting");
                assertThat(next.attempt).isEqualTo(1);
                next.say("value");
            }
            assertThat(running.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo("value");
            assertThat(delayed.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo(6);
            for (TaskFuture<String> future : waiting) {
                assertThat(future.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo("value");
            }
            assertThat(board.nextOrNull(Duration.ZERO)).isNull();
        }

        @Override
        public void close() {
            executor.close();
            one.close();
            two.close();
            board.close();
            redis.close();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aRestartThatKeepsAllLosesNothingAndNothingRunsTwice(String server) throws Exception {
        try (Scene scene = new Scene(server, "--appendonly", "yes", "--appendfsync", "always")) {
            scene.redis.kill();
            assertThat(scene.board.nextOrNull(Redises.LEASE.plusMillis(500))).isNull(); // All leases are over.
            scene.redis.restart();
            assertThat(scene.board.nextOrNull(Redises.LEASE)).isNull();
            scene.endsWell();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aRestartThatLosesTheLastMomentIsMadeUpFor(String server) throws Exception {
        try (Scene scene = new Scene(server, "--appendonly", "yes", "--appendfsync", "everysec")) {
            scene.redis.kill();
            scene.redis.restart();
            endsWellSooner(scene);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsLostWithAllMemoryIsSentAgain(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            scene.redis.kill();
            scene.redis.restart();
            endsWellSooner(scene);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsFlushedIsSentAgain(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            Redises.tell(scene.redis, Command.FLUSHALL);
            endsWellSooner(scene);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWasCancelledAndIsFlushedIsNotSentAgain(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis).withResultTtl(Duration.ofSeconds(3));
            TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            try (RedisWorker worker = Redises.worker(settings, 3)) {
                TaskFuture<String> stopped = executor.submit(board.stubborn("stopped"));
                Line deaf = board.next();
                TaskFuture<String> unwanted = executor.submit(board.task("unwanted"));
                board.next();
                Awaitility.await().until(() -> executor.snapshot().running() == 2);
                assertThat(stopped.cancel(true)).isTrue();
                assertThat(unwanted.cancel(false)).isTrue();
                Redises.tell(redis, Command.FLUSHALL);
                executor.close(); // When it has heard that nobody knows them.
                assertThat(board.nextOrNull(Duration.ofMillis(500))).isNull();
                assertThat(worker.info().succeeded()).isZero();
                deaf.say("!");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsCancelledWhileForgottenTasksAreSentAgainDoesNotRunOn(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings =
                    Redises.settings(redis).withResultTtl(Duration.ofSeconds(3)); // It looks each second.
            TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            try (RedisWorker worker = Redises.worker(settings, MANY)) {
                List<TaskFuture<String>> futures = new ArrayList<>();
                for (int i = 0; i < MANY; i++) {
                    futures.add(executor.submit(board.task("task" + i)));
                    board.next();
                }
                Redises.tell(redis, Command.FLUSHALL);
                board.next(); // Others are on their way.
                futures.forEach(future -> future.cancel(true));
                executor.close(Duration.ofSeconds(20));
                assertThat(executor.snapshot().state()).isEqualTo(ExecutorSnapshot.State.CLOSED);
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    /** What ran may run once more. */
    private static void endsWellSooner(Scene scene) throws Exception {
        List<TaskFuture<String>> all = new ArrayList<>(scene.waiting);
        all.add(scene.running);
        scene.line.say("value");
        scene.other.say("value");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * SECONDS_AFTER);
        while (!all.stream().allMatch(TaskFuture::isDone) && System.nanoTime() < until) {
            Line line = scene.board.nextOrNull(Duration.ofMillis(100));
            if (line != null) {
                line.say("value");
            }
        }
        for (TaskFuture<String> future : all) {
            assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("value");
        }
        assertThat(scene.delayed.get(SECONDS_AFTER, TimeUnit.SECONDS)).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void forgottenScriptsAreSentAgain(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            Redises.tell(scene.redis, Command.SCRIPT, "FLUSH");
            scene.endsWell();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void killedConnectionsAreMadeAgain(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            for (int i = 0; i < 5; i++) {
                Redises.tell(scene.redis, Command.CLIENT, "KILL", "TYPE", "normal");
                assertThat(scene.board.nextOrNull(Duration.ofMillis(100))).isNull();
            }
            scene.endsWell();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aPasswordThatIsWrongForAWhileStopsNobody(String server) throws Exception {
        try (Scene scene = new Scene(server);
                Link known = new Link(RedisAddress.of(scene.redis.uri()), "test", Duration.ofSeconds(10))) {
            String right = RedisAddress.of(scene.redis.uri()).password();
            known.call(Command.CONFIG, "SET", "requirepass", "another");
            known.call(Command.CLIENT, "KILL", "TYPE", "normal");
            scene.line.say("value");
            assertThat(scene.board.nextOrNull(Redises.LEASE.dividedBy(2))).isNull();
            known.call(Command.CONFIG, "SET", "requirepass", Objects.requireNonNull(right));
            scene.othersEndWell();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aPauseOfMoreThanALeaseIsNobodysDeath(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            Redises.tell(scene.redis, Command.CLIENT, "PAUSE", Redises.LEASE.toMillis() + 1_000);
            assertThat(scene.board.nextOrNull(Redises.LEASE.multipliedBy(2))).isNull();
            scene.endsWell();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aFullMemoryRefusesNewTasksAndFinishesOldOnes(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            Redises.tell(scene.redis, Command.CONFIG, "SET", "maxmemory", "1");
            assertThatThrownBy(() -> scene.executor.submit(new Doubled(1)))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageStartingWith("Redis at redis://127.0.0.1:")
                    .hasMessageContaining(" refuses the task: ")
                    .hasMessageContaining("OOM command not allowed when used memory > 'maxmemory'");
            assertThat(scene.board.nextOrNull(Redises.LEASE.plusSeconds(1))).isNull(); // The leases are renewed.
            scene.endsWell();
            Awaitility.await().until(() -> scene.one.info().running() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aFullMemoryStopsWhatRunsAndTakesBackWhatWaits(String server) throws Exception {
        try (Scene scene = new Scene(server)) {
            Redises.tell(scene.redis, Command.CONFIG, "SET", "maxmemory", "1");
            assertThat(scene.running.cancel(true)).isTrue();
            assertThat(scene.waiting.get(1).cancel(true)).isTrue();
            assertThat(scene.line.awaitGone()).isLessThan(5_000);
            assertThat(scene.running).isCancelled();
            scene.executor.shutdownNow();
            scene.other.awaitGone();
            scene.executor.close();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatRedisRefusesToStopIsStoppedLater(String server) throws Exception {
        try (Scene scene = new Scene(server);
                RedisQueue queue = RedisQueue.open(scene.settings)) {
            Redises.tell(scene.redis, Command.ACL, "SETUSER", "default", "-eval", "-evalsha");
            assertThat(scene.running.cancel(true)).isTrue();
            assertThat(scene.running).isCancelled();
            TaskFuture<String> waiting = scene.waiting.get(10);
            assertThat(waiting.cancel(false)).isTrue();
            assertThat(scene.line.isThere()).isTrue();
            Redises.tell(scene.redis, Command.ACL, "SETUSER", "default", "+eval", "+evalsha");
            scene.line.awaitGone();
            Awaitility.await().until(() -> queue.state(waiting.reference(), Call.class) instanceof TaskState.Cancelled);
            scene.executor.shutdownNow();
            scene.other.awaitGone();
            scene.executor.close();
            assertThat(queue.state(scene.running.reference(), Call.class)).isEqualTo(new TaskState.Cancelled<>());
            assertThat(queue.status().waiting()).isZero();
        }
    }
}
