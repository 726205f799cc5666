package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that stops begins nothing more, wherever it would have come from, and nothing of it goes on. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class StoppingWorkerTests {
    private static final long SEED = 20_261_127;
    private static final int ROUNDS = 20;
    private static final int MANY = 24;

    /** What is given back in time is for others at once; what is not, not before the end of the test. */
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Takes the next task as another worker would that is not heard of again, and waits until its lease is over. */
    private static void isLost(PrivateRedis redis) {
        Redises.take(redis, "lost", 1);
        Awaitility.await().until(() -> !Redises.pending(redis, Redises.LEASE).isEmpty());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatAnotherHasLostIsNotTakenOverWhenAPlaceIsFreeAgain(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            try (RedisWorker worker = Redises.worker(Redises.settings(redis), 1)) {
                queue.enqueue(board.task("runs"), TaskOptions.defaults());
                Line running = board.next();
                queue.enqueue(board.task("lost"), TaskOptions.defaults());
                isLost(redis);
                worker.stopNow();
                running.awaitGone();
                assertThat(board.nextOrNull(Duration.ofMillis(500))).isNull();
            }
            try (RedisWorker next = Redises.worker(Redises.settings(redis), 2)) {
                board.next().say("value");
                board.next().say("value");
                Awaitility.await().until(() -> next.info().succeeded() == 2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatBeginsInTheMomentOfTheStopDoesNotGoOn(String server) {
        Random random = new Random(SEED);
        List<Line> lines = new ArrayList<>();
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard();
                RedisQueue queue = RedisQueue.open(Redises.settings(redis))) {
            List<String> ids = IntStream.range(0, MANY)
                    .mapToObj(i -> queue.enqueue(board.task("task" + i), TaskOptions.defaults()))
                    .toList();
            for (int round = 0; round < ROUNDS; round++) {
                try (RedisWorker worker = Redises.worker(Redises.settings(redis).withLease(LONG), MANY)) {
                    for (int begun = random.nextInt(MANY); begun > 0; begun--) {
                        lines.add(board.next());
                    }
                    worker.stopNow();
                }
                for (Line line = board.nextOrNull(Duration.ZERO);
                        line != null;
                        line = board.nextOrNull(Duration.ZERO)) {
                    lines.add(line);
                }
                assertThat(lines).as("in round %s", round).noneMatch(Line::isThere);
                lines.clear();
            }
            assertThat(ids)
                    .allSatisfy(id -> assertThat(queue.state(id, Call.class)).isEqualTo(new TaskState.Waiting<>()));
        }
    }
}
