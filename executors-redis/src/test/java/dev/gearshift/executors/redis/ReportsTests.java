package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a worker says of a task whose submitter has cancelled it, just as it gives the task back. */
@Timeout(60)
class ReportsTests {
    private static final String KEY = "{gearshift:default}";

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatNobodyWantsIsNotGivenBack(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            ConcurrentMap<String, Assignment> assignments = new ConcurrentHashMap<>();
            Reports reports = new Reports("worker", settings, assignments, () -> {}, () -> {});
            try (RedisQueue queue = RedisQueue.open(settings);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                reports.start();
                TaskFuture<Integer> future = executor.submit(new Doubled(1));
                Assignment assignment = taken(redis);
                assignments.put(Reports.key(KEY, assignment.entryId()), assignment);
                assertThat(assignment.withdraw(running -> false)).isFalse();
                byte[] cancelled = new Answer.Codec(KEY, settings.signature(), settings.maxPayload())
                        .encode(new Answer.Cancelled(assignment.id()));

                reports.returned(assignment, 0, cancelled);

                assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
                assertThat(queue.state(future.reference(), Doubled.class)).isEqualTo(new TaskState.Cancelled<>());
                assertThat(queue.status().waiting()).isZero();
            } finally {
                reports.close(Duration.ofSeconds(5));
            }
            assertThat(assignments).isEmpty();
        }
    }

    /** As what came in the same moment from another queue, when there is no place left. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatWasNeverBegunIsGivenBack(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            Reports reports = new Reports("worker", settings, new ConcurrentHashMap<>(), () -> {}, () -> {});
            try (RedisQueue queue = RedisQueue.open(settings)) {
                reports.start();
                String id = queue.enqueue(new Doubled(1), TaskOptions.defaults());
                Assignment assignment = taken(redis);
                assertThat(queue.state(id, Doubled.class)).isEqualTo(new TaskState.Running<>("worker"));

                reports.returned(assignment, 0, new byte[0]);

                Awaitility.await()
                        .untilAsserted(
                                () -> assertThat(queue.state(id, Doubled.class)).isEqualTo(new TaskState.Waiting<>()));
            } finally {
                reports.close(Duration.ofSeconds(5));
            }
        }
    }

    /** The only task of the queue, as its worker has it. */
    private static Assignment taken(PrivateRedis redis) {
        List<?> streams = (List<?>) Redises.take(redis, "worker", 1);
        List<?> entry = (List<?>) ((List<?>) ((List<?>) streams.get(0)).get(1)).get(0);
        return new Assignment(KEY, Entry.text(entry.get(0)), new Entry.Raw((List<?>) entry.get(1)), 0);
    }
}
