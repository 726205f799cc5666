package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/**
 * Very many tasks of all kinds, while faults of all kinds come at random. In the end each task has ended once, as it should,
 * and nothing is left.
 */
@Timeout(300)
@Tag("system")
class FaultScheduleTests {
    private static final int ENOUGH_LOSSES = 100;

    /** How many tasks, of them how many that kill, and for how long faults come. */
    private record Work(int tasks, int poison, Duration faults) {}

    private static final Work SHORT = new Work(400, 1, Duration.ofSeconds(6));
    private static final Work LONG = new Work(10_000, 3, Duration.ofSeconds(60));

    @Test
    void theLedgerBalances() throws Exception {
        theLedgerBalances(Redises.first(), 1, SHORT, "threads");
    }

    static Stream<Arguments> seeds() {
        return Redises.all()
                .flatMap(server -> LongStream.rangeClosed(1, 10).mapToObj(seed -> Arguments.of(server, seed)));
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("seeds")
    void theLedgerBalancesWhateverTheSeed(String server, long seed) throws Exception {
        theLedgerBalances(server, seed, LONG, "threads");
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("seeds")
    void theLedgerBalancesWhereTasksRunInProcesses(String server, long seed) throws Exception {
        theLedgerBalances(server, seed, LONG, "processes");
    }

    private static void theLedgerBalances(String server, long seed, Work work, String strategy) throws Exception {
        String run = "seed " + seed + " on " + server + ", workers on " + strategy;
        try (PrivateRedis redis = PrivateRedis.startFrom(server, "--appendonly", "yes");
                RedisQueue queue = RedisQueue.open(Redises.settings(redis));
                FaultyLink link = new FaultyLink(redis.port());
                TaskExecutor executor = new RedisStrategy(
                                Redises.settings(link.uri(redis)).withAnswerLimit(Faults.ANSWER))
                        .open(StrategySettings.defaults())) {
            Ledger ledger = new Ledger(run);
            try (Faults faults = new Faults(
                    redis, link, strategy, new Random(seed), work.faults().dividedBy(2))) {
                faults.begin();
                submitAll(executor, ledger, new Random(seed + 1_000), work);
                faults.endAfter(work.faults());
                ledger.awaitAll(Duration.ofSeconds(90));
                ledger.check(queue, faults.forgotAt());
                Awaitility.await(run).untilAsserted(() -> {
                    QueueStatus status = queue.status();
                    assertThat(status.waiting() + status.running() + status.delayed())
                            .as(run + ": " + status)
                            .isZero();
                    assertThat(Redises.tell(redis, Command.ZCARD, "{gearshift:default}:w"))
                            .isEqualTo((long) Faults.WORKERS);
                });
            }
            queue.dead().forEach(dead -> queue.drop(dead.entry()));
            executor.close();
            assertThat(keysThatStay(redis)).as(run).isEmpty();
        }
    }

    private static void submitAll(TaskExecutor executor, Ledger ledger, Random random, Work work)
            throws InterruptedException {
        long pauseNanos = work.faults().toNanos() / work.tasks();
        CountDownLatch never = new CountDownLatch(1);
        long next = System.nanoTime();
        for (int i = 0; i < work.tasks(); i++) {
            Chore chore = chore(i, random, work);
            TaskFuture<Integer> future = executor.submit(chore, options(chore, random));
            ledger.enter(chore, future);
            if (random.nextInt(10) == 0) {
                ledger.cancelOne(random);
            }
            next += pauseNanos;
            boolean unused = never.await(next - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private static Chore chore(int number, Random random, Work work) {
        if (number % (work.tasks() / work.poison()) == work.tasks() / work.poison() / 2) {
            return new Chore(number, Chore.Kind.POISON, 50);
        }
        int dice = random.nextInt(100);
        Chore.Kind kind = dice < 70
                ? Chore.Kind.WELL
                : dice < 80 ? Chore.Kind.FAILING : dice < 90 ? Chore.Kind.RETRIED : Chore.Kind.CANCELLED;
        return new Chore(number, kind, random.nextInt(5) == 0 ? 20 + random.nextInt(180) : 0);
    }

    private static TaskOptions options(Chore chore, Random random) {
        TaskOptions options = TaskOptions.defaults();
        if (chore.kind() != Chore.Kind.POISON) {
            Retry retry = chore.kind() == Chore.Kind.RETRIED ? Retry.upTo(3) : Retry.none();
            options = options.withRetry(retry.withBackoff(Duration.ofMillis(50), Duration.ofSeconds(1))
                    .onLostWorker(ENOUGH_LOSSES));
        }
        return random.nextInt(10) == 0 ? options.withDelay(Duration.ofMillis(1 + random.nextInt(2_000))) : options;
    }

    /** The keys that do not go by themselves. */
    private static List<String> keysThatStay(PrivateRedis redis) {
        List<String> stay = new ArrayList<>();
        for (Object key : (List<?>) Redises.tell(redis, Command.KEYS, "*")) {
            if (Long.valueOf(-1).equals(Redises.tell(redis, Command.PTTL, key))) {
                stay.add(Entry.text(key));
            }
        }
        return stay;
    }
}
