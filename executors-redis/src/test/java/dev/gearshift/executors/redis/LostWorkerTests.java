package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** Workers in JVMs of their own are killed, stopped and resumed; their tasks end all the same, once. */
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class LostWorkerTests {
    private static final Duration RECOVERY = Redises.LEASE.plusSeconds(6);

    private static TaskExecutor open(PrivateRedis redis) {
        return new RedisStrategy(Redises.settings(redis)).open(StrategySettings.defaults());
    }

    private static WorkerProcess worker(PrivateRedis redis, String strategy, int parallelism) {
        return worker(redis, Redises.LEASE, strategy, parallelism);
    }

    private static WorkerProcess worker(PrivateRedis redis, Duration lease, String strategy, int parallelism) {
        List<String> flags =
                List.of("-Dgearshift.redis.uri=" + redis.uri(), "-Dgearshift.redis.lease=" + lease.toMillis() + "ms");
        return WorkerProcess.start(flags, strategy, parallelism, "default");
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aKilledWorkersTaskRunsElsewhereSoonAndTheOthersGoOn(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess one = worker(redis, "threads", 1);
                WorkerProcess other = worker(redis, "threads", 2);
                TaskExecutor executor = open(redis)) {
            List<TaskFuture<String>> futures = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                futures.add(executor.submit(board.task("task" + i)));
                lines.add(board.next());
            }
            Line lost = lines.stream()
                    .filter(line -> line.pid == one.pid())
                    .findFirst()
                    .orElseThrow();
            lines.remove(lost);
            List<TaskFuture<Integer>> quick = IntStream.range(0, 100)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();

            one.kill();
            lines.get(0).say("value of " + lines.get(0).name);
            Line again = board.next(RECOVERY);

            assertThat(again.name).isEqualTo(lost.name);
            assertThat(again.attempt).isEqualTo(2);
            assertThat(again.pid).isEqualTo(other.pid());
            again.say("value of " + again.name);
            lines.get(1).say("value of " + lines.get(1).name);
            for (int i = 0; i < 3; i++) {
                assertThat(futures.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("value of task" + i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(quick.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWasCancelledAndLosesItsWorkerRunsNowhereElse(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess deaf = worker(redis, "threads", 1);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis));
                TaskExecutor executor = open(redis)) {
            TaskFuture<String> future = executor.submit(board.task("task"));
            board.next();
            deaf.signal("STOP");
            assertThat(future.cancel(true)).isTrue();
            deaf.kill();
            try (WorkerProcess other = worker(redis, "threads", 1)) {
                assertThat(board.nextOrNull(RECOVERY)).isNull();
                Awaitility.await()
                        .untilAsserted(() -> assertThat(queue.state(future.reference(), Call.class))
                                .isEqualTo(new TaskState.Cancelled<>()));
                assertThat(other.process().isAlive()).isTrue();
            }
        }
    }

    /**
     * Whoever cancels first hears nothing, as Redis has no memory for the note that it has begun; and whoever ends all asks
     * again when the worker's last word is on its way.
     */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWasCancelledWhileItsWorkerWasFrozenDoesNotKeepItsExecutorOpen(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess frozen = worker(redis, "threads", 1)) {
            for (int round = 0; round < 3; round++) {
                TaskExecutor executor = open(redis);
                TaskFuture<String> future = executor.submit(board.task("task"));
                board.next();
                frozen.signal("STOP");
                Redises.tell(redis, Command.CONFIG, "SET", "maxmemory", "1");
                assertThat(future.cancel(true)).isTrue();
                Thread ending = new Thread(executor::shutdownNow, "ends all");
                ending.start();
                frozen.signal("CONT");
                ending.join(10_000);
                executor.close(Duration.ofSeconds(10));
                assertThat(executor.snapshot().state()).isEqualTo(ExecutorSnapshot.State.CLOSED);
                Redises.tell(redis, Command.CONFIG, "SET", "maxmemory", "0");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerThatWasFrozenPastItsLeaseHasItsLateResultDropped(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess frozen = worker(redis, "threads", 1);
                TaskExecutor executor = open(redis);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            TaskFuture<String> future = executor.submit(board.task("task"));
            Line first = board.next();
            frozen.signal("STOP");
            first.say("late");
            try (WorkerProcess other = worker(redis, "threads", 1)) {
                Line second = board.next(RECOVERY);
                assertThat(second.pid).isEqualTo(other.pid());
                frozen.signal("CONT");
                first.awaitGone();
                TaskFuture<Integer> next = executor.submit(new Doubled(4));
                assertThat(next.get(30, TimeUnit.SECONDS))
                        .isEqualTo(8); // By the one that was frozen: the other is busy.
                assertThat(future).isNotDone();
                second.say("in time");
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("in time");
                assertThat(queue.state(future.reference(), Call.class)).isEqualTo(new TaskState.Succeeded<>("in time"));
            }
            assertThat(frozen.process().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aMachineThatStoodStillHasLostNoWorker(String server) throws Exception {
        Duration lease = Duration.ofSeconds(3);
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess one = worker(redis, lease, "threads", 1);
                WorkerProcess other = worker(redis, lease, "threads", 1);
                TaskExecutor executor = open(redis)) {
            TaskFuture<String> future = executor.submit(board.task("task"));
            Line line = board.next();
            for (int round = 0; round < 3; round++) {
                WorkerProcess.signal("STOP", one, other);
                Awaitility.await()
                        .atMost(30, TimeUnit.SECONDS)
                        .until(() ->
                                !Redises.pending(redis, lease.multipliedBy(2)).isEmpty());
                WorkerProcess.signal("CONT", one, other);
                assertThat(board.nextOrNull(lease.dividedBy(2))).isNull();
                assertThat(line.isThere()).isTrue();
            }
            line.say("value");
            assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
        }
    }

    /** As after a time in which it did not renew its lease, and another had it; whichever of its threads notices first. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatComesBackToTheWorkerThatHadLostItRunsOnceThere(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = open(redis);
                RedisWorker worker = Redises.worker(Redises.settings(redis), 2)) {
            TaskFuture<String> future = executor.submit(board.task("task"));
            Line line = board.next();
            for (int round = 0; round < 8; round++) {
                Object entry = ((List<?>) Redises.pending(redis, Duration.ZERO).get(0)).get(0);
                Object[] claim = {
                    Redises.STREAM, "w", "other", 0, entry, "IDLE", Redises.LEASE.toMillis(), "RETRYCOUNT", 0, "JUSTID"
                };
                Redises.tell(redis, Command.XCLAIM, claim);
                Line again = board.nextOrNull(Duration.ZERO);
                while (again == null) { // So that it fetches, and may take it over before it renews its leases.
                    assertThat(executor.submit(new Doubled(2)).get(30, TimeUnit.SECONDS))
                            .isEqualTo(4);
                    again = board.nextOrNull(Duration.ZERO);
                }
                line.awaitGone();
                line = again;
            }
            line.say("value");
            assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
            Awaitility.await().until(() -> worker.info().running() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aTaskThatKillsItsWorkerIsDeadAfterItsAttemptsAndNoneOfAThousandOthersIs(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                Crew crew = new Crew(() -> worker(redis, "threads", 3));
                TaskExecutor executor = open(redis);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            TaskFuture<String> poison = executor.submit(board.task("poison"));
            TaskFuture<String> slow = executor.submit(board.task("slow"));
            TaskFuture<String> slower = executor.submit(board.task("slower"));
            List<TaskFuture<Integer>> others = IntStream.range(0, 1_000)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();
            List<Integer> deadly = new ArrayList<>();
            int most = 3; // All three meet, each time, if nobody keeps them apart.
            while (!poison.isDone()) {
                List<Line> together = new ArrayList<>();
                for (Line line = board.nextOrNull(Duration.ofSeconds(1));
                        line != null;
                        line = together.size() < most ? board.nextOrNull(Duration.ofSeconds(1)) : null) {
                    together.add(line);
                }
                boolean withPoison = together.stream().anyMatch(line -> line.name.equals("poison"));
                for (Line line : together) {
                    if (line.name.equals("poison")) {
                        deadly.add(line.attempt);
                        line.say(Call.HALT);
                    } else if (!withPoison) {
                        line.say("well");
                    }
                }
            }

            assertThat(deadly).containsExactly(1, 2, 3);
            assertThatThrownBy(poison::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("has lost its worker 3 times, and is not run again");
            for (Line line = board.nextOrNull(Duration.ofMillis(100));
                    line != null || !(slow.isDone() && slower.isDone());
                    line = board.nextOrNull(Duration.ofMillis(100))) {
                if (line != null) {
                    line.say("well");
                }
            }
            assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(slower.get(30, TimeUnit.SECONDS)).isEqualTo("well");
            for (int i = 0; i < others.size(); i++) {
                assertThat(others.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
            assertThat(queue.dead()).singleElement().satisfies(dead -> {
                assertThat(dead.id()).isEqualTo(poison.reference());
                assertThat(dead.why()).contains("has lost its worker 3 times");
            });
            assertThat(crew.started()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aTaskThatKillsProcessesOfAWorkerLeavesTheWorkerAlive(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                WorkerProcess worker = worker(redis, "processes", 2);
                TaskExecutor executor = open(redis);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            TaskFuture<String> poison = executor.submit(board.task("poison"));
            List<TaskFuture<Integer>> others = IntStream.range(0, 1_000)
                    .mapToObj(i -> executor.submit(new Doubled(i)))
                    .toList();
            List<Integer> deadly = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Line line = board.next();
                deadly.add(line.attempt);
                line.say(Call.HALT);
            }

            assertThat(deadly).containsExactly(1, 2, 3);
            assertThatThrownBy(() -> poison.get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("has lost its worker 3 times, and is not run again");
            for (int i = 0; i < others.size(); i++) {
                assertThat(others.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
            assertThat(queue.dead()).singleElement().extracting(DeadTask::id).isEqualTo(poison.reference());
            assertThat(worker.process().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerThatStopsFinishesWhatItRunsAndTakesNoMore(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = open(redis);
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            WorkerProcess worker = worker(redis, "threads", 1);
            TaskFuture<String> running = executor.submit(board.task("running"));
            Line line = board.next();
            TaskFuture<String> waiting = executor.submit(board.task("waiting"));
            worker.beginToStop();
            assertThat(board.nextOrNull(Duration.ofMillis(300))).isNull();
            line.say("finished");
            assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo("finished");
            worker.stop();
            assertThat(waiting).isNotDone();
            assertThat(queue.status()).isEqualTo(new QueueStatus("default", 1, 0, 0, 0, List.of()));

            try (WorkerProcess next = worker(redis, "threads", 1)) {
                Line second = board.next();
                assertThat(second.pid).isEqualTo(next.pid());
                assertThat(second.attempt).isEqualTo(1);
                second.say("later");
                assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("later");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerThatStopsNowGivesItsTaskToAnotherAtOnceWhichIsNoDeath(String server) throws Exception {
        Duration lease = Duration.ofMinutes(1); // Longer than anything here waits.
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = new RedisStrategy(
                                Redises.settings(redis).withRedeliveries(0))
                        .open(StrategySettings.defaults())) {
            try (WorkerProcess one = worker(redis, lease, "threads", 1)) {
                TaskFuture<String> future = executor.submit(board.task("task"));
                assertThat(board.next().pid).isEqualTo(one.pid());
                try (WorkerProcess other = worker(redis, lease, "threads", 1)) {
                    one.process().getOutputStream().write('!');
                    one.stop();
                    Line again = board.next();
                    assertThat(again.pid).isEqualTo(other.pid());
                    assertThat(again.attempt).isEqualTo(1);
                    again.say("value");
                    assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerThatStopsNowEndsWithoutATaskThatHearsNoInterrupt(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = open(redis)) {
            RedisWorker worker = Redises.worker(Redises.settings(redis), 1);
            TaskFuture<String> future = executor.submit(board.stubborn("task"));
            Line deaf = board.next();
            Thread closing = new Thread(worker::close, "closes");
            closing.start();
            closing.join(300);
            assertThat(closing.isAlive()).isTrue(); // It finishes what runs.
            worker.stopNow();
            closing.join(10_000);
            assertThat(closing.isAlive()).isFalse();
            assertThat(deaf.isThere()).isTrue();
            try (WorkerProcess other = worker(redis, "threads", 1)) {
                board.next().say("!");
                assertThat(future.get(30, TimeUnit.SECONDS)).startsWith("task");
                assertThat(other.process().isAlive()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aWorkerThatIsInterruptedWhileItClosesGivesBackWhatItRuns(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                TaskExecutor executor = open(redis)) {
            RedisWorker worker = Redises.worker(Redises.settings(redis), 1);
            TaskFuture<String> future = executor.submit(board.task("task"));
            Line first = board.next();
            AtomicBoolean kept = new AtomicBoolean();
            Thread closing = new Thread(
                    () -> {
                        worker.close();
                        kept.set(Thread.currentThread().isInterrupted());
                    },
                    "closes");
            closing.start();
            closing.interrupt();
            first.awaitGone();
            closing.join(10_000);
            assertThat(closing.isAlive()).isFalse();
            assertThat(kept).isTrue();
            try (WorkerProcess other = worker(redis, "threads", 1)) {
                Line again = board.next();
                assertThat(again.pid).isEqualTo(other.pid());
                assertThat(again.attempt).isEqualTo(1);
                again.say("value");
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
            }
        }
    }

    /** As for want of memory, or of threads. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatAWorkerCannotBeginIsTriedAgainButNotForEver(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            AtomicInteger errors = new AtomicInteger(1);
            try (RedisWorker worker = RedisWorker.start(
                            WorkerSettings.of(settings, new Exhausted(errors)).withParallelism(2));
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults());
                    RedisQueue queue = RedisQueue.open(settings)) {
                assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(2);
                errors.set(3);
                assertThatThrownBy(() -> executor.submit(new Doubled(2)).get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(WorkerLostException.class);
                assertThat(errors).hasValue(0);
                assertThat(executor.submit(new Doubled(3)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(6);
                assertThat(queue.status().dead()).isEqualTo(1);
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    /**
     * Fails to begin a task as often as is left.
     *
     * @param errors how often
     */
    private record Exhausted(AtomicInteger errors) implements ConcurrencyStrategy {
        private static final ConcurrencyStrategy THREADS =
                ConcurrencyStrategies.choose("threads").strategy();

        @Override
        public String id() {
            return "exhausted";
        }

        @Override
        public Artifact artifact() {
            return THREADS.artifact();
        }

        @Override
        public String description() {
            return "threads that sometimes cannot be started";
        }

        @Override
        public Set<Capability> capabilities() {
            return THREADS.capabilities();
        }

        @Override
        public TaskExecutor open(StrategySettings settings) {
            TaskExecutor threads = THREADS.open(settings);
            return (TaskExecutor) Proxy.newProxyInstance(
                    TaskExecutor.class.getClassLoader(),
                    new Class<?>[] {TaskExecutor.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("submit")
                                && errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        return method.invoke(threads, arguments);
                    });
        }
    }
}
