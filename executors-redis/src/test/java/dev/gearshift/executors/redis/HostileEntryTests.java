package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** Whoever can write to Redis can put anything into a queue; a worker refuses it, says so, and works on. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@Tag("system")
class HostileEntryTests {
    private static final String SECRET = "known to both sides";
    private static final String KEY = "{gearshift:default}";
    private static final Terms TERMS = Terms.of(0, TaskOptions.defaults(), 2, false);

    /** No task, and in no catalog. */
    @SuppressWarnings("unused") // nobody should use it
    static final class Trap {
        static {
            System.setProperty("gearshift.trap", "sprung");
        }
    }

    /** Puts things into the queue, as whoever can write to Redis. */
    private static final class Intruder {
        private final PrivateRedis redis;

        /** What a worker should say of each, by its id. */
        final Map<String, String> refusals = new TreeMap<>();

        Intruder(PrivateRedis redis) {
            this.redis = redis;
        }

        void adds(String id, String refusal, List<Object> fields) {
            refusals.put(id, refusal);
            List<Object> arguments = new ArrayList<>(List.of(KEY + ":s", "*"));
            arguments.addAll(fields);
            Redises.tell(redis, Command.XADD, arguments.toArray());
        }
    }

    private static byte[] payload(int number) {
        return TaskWire.of(Doubled.class).encode(new Doubled(number), WireLimits.DEFAULT);
    }

    private static List<Object> fields(String id, String task, byte[] payload, @Nullable String secret) {
        return new ArrayList<>(new Entry(id, task, payload, TERMS, "", 0, 0).fields(KEY, new Signature(secret)));
    }

    private static List<Object> with(List<Object> fields, String name, Object value) {
        fields.set(fields.indexOf(name) + 1, value);
        return fields;
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void areRefusedAndRecordedAndTheWorkerWorksOn(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withSecret(SECRET);
            try (RedisWorker worker = Redises.worker(settings, 2);
                    RedisQueue queue = RedisQueue.open(settings);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                Intruder intruder = new Intruder(redis);
                byte[] payload = payload(1);
                byte[] garbage = new byte[1_000];
                new Random(1).nextBytes(garbage);
                intruder.adds(
                        "unknown",
                        "This worker knows no task \"" + Trap.class.getName().replace('$', '-') + "\"; it knows ",
                        fields("unknown", Trap.class.getName().replace('$', '-'), payload, SECRET));
                intruder.adds(
                        "class",
                        "This worker knows no task \"java.lang.Runtime\"; it knows ",
                        fields("class", "java.lang.Runtime", payload, SECRET));
                intruder.adds("unsigned", "It is not signed, ", fields("unsigned", "Doubled", payload, null));
                intruder.adds(
                        "forged",
                        "Its signature does not fit: it was changed, or was signed with another secret.",
                        fields("forged", "Doubled", payload, "another secret"));
                intruder.adds(
                        "changed",
                        "Its signature does not fit: ",
                        with(fields("changed", "Doubled", payload, SECRET), "p", payload(2)));
                intruder.adds(
                        "renamed",
                        "Its signature does not fit: ",
                        with(fields("x", "Doubled", payload, SECRET), "i", "renamed"));
                intruder.adds("few", "It is no task of Gearshift: a field is ", List.of("i", "few", "b", "Doubled"));
                intruder.adds(
                        "terms",
                        "Its terms cannot be read: ",
                        new ArrayList<>(List.of(
                                "i",
                                "terms",
                                "b",
                                "Doubled",
                                "p",
                                payload,
                                "o",
                                garbage,
                                "f",
                                "",
                                "n",
                                0,
                                "l",
                                0,
                                "h",
                                signed("terms", payload, garbage))));
                intruder.adds(
                        "large",
                        "Its 10000000 bytes are more than the 1048576 that this worker takes"
                                + " (gearshift.redis.maxPayload).",
                        fields("large", "Doubled", new byte[10_000_000], SECRET));
                intruder.adds(
                        "garbage",
                        "The bytes are no dev.gearshift.executors.redis.Doubled as this worker has it: ",
                        fields("garbage", "Doubled", garbage, SECRET));
                intruder.adds(
                        "countless",
                        "Its terms cannot be read: ",
                        with(fields("countless", "Doubled", payload, SECRET), "n", "99999999999999"));
                intruder.adds(
                        "uncounted",
                        "Its terms cannot be read: ",
                        with(fields("uncounted", "Doubled", payload, SECRET), "l", ""));
                intruder.adds(
                        "most",
                        "Its counters are out of range",
                        with(fields("most", "Doubled", payload, SECRET), "n", Integer.MAX_VALUE));
                List<Object> many = fields("many", "Doubled", payload, SECRET);
                for (int i = 0; i < 10_000; i++) {
                    many.addAll(List.of("x" + i, i));
                }
                intruder.adds("many", "It is no task of Gearshift: a field is ", many);
                Redises.tell(redis, Command.XADD, KEY + ":s", "*", garbage, garbage);
                Redises.tell(redis, Command.XADD, KEY + ":s", "*", "i", garbage, "b", garbage, "p", "", "o", "");

                int all = intruder.refusals.size();
                Awaitility.await().until(() -> queue.status().dead() == all + 2);
                Map<String, String> dead = queue.dead().stream()
                        .filter(one -> !one.id().isEmpty())
                        .collect(Collectors.toMap(DeadTask::id, DeadTask::why));
                intruder.refusals.forEach((id, refusal) -> {
                    String prefix = "Worker " + worker.name() + " does not run task " + id + ". ";
                    assertThat(dead.get(id)).startsWith(prefix + refusal);
                    assertThat(queue.state(id, Doubled.class))
                            .isInstanceOfSatisfying(
                                    TaskState.Failed.class,
                                    failed -> assertThat(((TaskState.Failed<?>) failed).failure())
                                            .isInstanceOf(TaskRefusedException.class)
                                            .hasMessageStartingWith(prefix + refusal));
                });
                assertThat(executor.submit(new Doubled(4)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(8);
                assertThat(System.getProperty("gearshift.trap")).isNull();
                queue.dead().forEach(one -> assertThat(queue.drop(one.entry())).isTrue());
                assertThat(Redises.tell(redis, Command.EXISTS, KEY + ":x")).isEqualTo(0L);
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    private static byte[] signed(String id, byte[] payload, byte[] terms) {
        return new Signature(SECRET)
                .of(Entry.utf8(KEY), Entry.utf8(id), Entry.utf8("Doubled"), payload, terms, Entry.utf8(""));
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void aSubmitterWithAnotherSecretIsToldSo(String server) {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis);
            try (RedisWorker worker = Redises.worker(settings.withSecret(SECRET), 2);
                    TaskExecutor without = new RedisStrategy(settings).open(StrategySettings.defaults());
                    TaskExecutor another =
                            new RedisStrategy(settings.withSecret("another")).open(StrategySettings.defaults())) {
                for (TaskFuture<Integer> future :
                        List.of(without.submit(new Doubled(1)), another.submit(new Doubled(1)))) {
                    assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
                            .cause()
                            .isInstanceOf(TaskRefusedException.class)
                            .hasMessageContaining("gearshift.redis.secret");
                }
                assertThat(worker.info().succeeded()).isZero();
            }
        }
    }

    /** What is written into the lists that programs listen on does them no harm either. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void forgedAnswersAndOrdersAreDropped(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = Redises.settings(redis).withSecret(SECRET);
            try (RedisWorker worker = Redises.worker(settings, 2);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                TaskFuture<String> future = executor.submit(board.task("task"));
                Switchboard.Line line = board.next();
                String id = future.reference();
                String list = KEY + ":a:" + id.substring(0, id.indexOf('-'));
                Answer forged = new Answer.Failed(id, "nobody", 1, new byte[0]);
                Answer.Codec codec = new Answer.Codec(KEY, new Signature("another"), 1_000);
                Redises.tell(redis, Command.RPUSH, list, codec.encode(forged), "", "nonsense", new byte[100_000]);
                Redises.tell(redis, Command.RPUSH, KEY + ":o:" + worker.name(), "", "nonsense", new byte[100_000]);
                List<Object> copied = new ArrayList<>(List.of(KEY + ":s", "*"));
                copied.addAll(fields(id, "Doubled", payload(1), null));
                copied.addAll(List.of("f", id.substring(0, id.indexOf('-'))));
                Redises.tell(redis, Command.XADD, copied.toArray());
                Awaitility.await().until(() -> worker.info().failed() == 1);
                assertThat(executor.submit(new Doubled(4)).get(30, TimeUnit.SECONDS))
                        .isEqualTo(8);
                assertThat(future).isNotDone();
                line.say("value");
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsMoreThanAWorkersMemoryIsRefusedAtLast(String server) throws Exception {
        isRefusedAtLast(server, "1M", "Its 6000", " are more than the 1048576 that this worker takes");
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatAWorkerShouldTakeButHasNoMemoryForIsRefusedAtLast(String server) throws Exception {
        isRefusedAtLast(
                server,
                "64M",
                "It was sent to this worker ",
                " times and has not arrived: it has 60000039 bytes, which may be more than the worker has memory for.");
    }

    private static void isRefusedAtLast(String server, String maxPayload, String why, String andWhy) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings patient = Redises.settings(redis).withAnswerLimit(Duration.ofSeconds(30));
            isRefusedAtLast(redis, patient, maxPayload, why, andWhy);
        }
    }

    private static void isRefusedAtLast(
            PrivateRedis redis, RedisSettings patient, String maxPayload, String why, String andWhy) throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(
                        List.of(
                                "-Xmx48m",
                                "-Dgearshift.redis.uri=" + redis.uri(),
                                "-Dgearshift.redis.maxPayload=" + maxPayload,
                                "-Dgearshift.redis.lease=" + Redises.LEASE.toMillis() + "ms"),
                        "threads",
                        2,
                        "default");
                RedisQueue queue = RedisQueue.open(patient);
                TaskExecutor executor = new RedisStrategy(patient).open(StrategySettings.defaults())) {
            Intruder intruder = new Intruder(redis);
            intruder.adds("huge", why, fields("huge", "Doubled", new byte[60_000_000], null));
            TaskFuture<Integer> other = executor.submit(new Doubled(4));

            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .until(() -> queue.state("huge", Doubled.class) instanceof TaskState.Failed);
            assertThat(queue.state("huge", Doubled.class))
                    .isInstanceOfSatisfying(
                            TaskState.Failed.class,
                            failed -> assertThat(((TaskState.Failed<?>) failed).failure())
                                    .isInstanceOf(TaskRefusedException.class)
                                    .hasMessageContaining(why)
                                    .hasMessageContaining(andWhy));
            assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(8);
            assertThat(queue.status().dead()).isEqualTo(1);
            assertThat(worker.process().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void theResultOfATaskThatIsOverStays(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withSecret(SECRET);
            try (RedisWorker worker = Redises.worker(settings, 2);
                    RedisQueue queue = RedisQueue.open(settings);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                TaskFuture<Integer> over = executor.submit(new Doubled(4));
                assertThat(over.get(30, TimeUnit.SECONDS)).isEqualTo(8);
                List<Object> unsigned = fields(over.reference(), "Doubled", payload(1), null);
                new Intruder(redis).adds(over.reference(), "", unsigned);

                Awaitility.await().until(() -> queue.status().dead() == 1);
                assertThat(queue.state(over.reference(), Doubled.class)).isEqualTo(new TaskState.Succeeded<>(8));
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void allThatAreDeadAreListed(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withSecret(SECRET);
            try (RedisWorker worker = Redises.worker(settings, 2);
                    RedisQueue queue = RedisQueue.open(settings)) {
                Intruder intruder = new Intruder(redis);
                for (int i = 0; i < 250; i++) {
                    intruder.adds("number" + i, "", fields("number" + i, "Doubled", payload(1), null));
                }
                Awaitility.await().until(() -> queue.status().dead() == 250);
                assertThat(queue.dead())
                        .extracting(DeadTask::id)
                        .containsExactlyInAnyOrderElementsOf(intruder.refusals.keySet());
                Awaitility.await().until(() -> worker.info().running() == 0);
            }
        }
    }

    /** Signed as it is, an answer is for one task only, however that has ended. */
    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void anAnswerThatWasCopiedToAnotherTaskIsNotTrusted(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            RedisSettings settings = Redises.settings(redis).withSecret(SECRET);
            try (RedisQueue queue = RedisQueue.open(settings)) {
                Answer.Codec codec = new Answer.Codec(KEY, new Signature(SECRET), 1_000);
                for (Answer answer : List.of(
                        new Answer.Succeeded("one", "worker", 1, new byte[] {2}),
                        new Answer.Failed("one", "worker", 1, new byte[] {0}),
                        new Answer.TimedOut("one", "worker", 1, Duration.ofSeconds(30)),
                        new Answer.Cancelled("one"),
                        new Answer.Lost("one", "worker", 1, -1, null, "lost"),
                        new Answer.Refused("one", "worker", "refused"))) {
                    Redises.tell(redis, Command.SET, KEY + ":r:other", codec.encode(answer));
                    assertThat(queue.state("other", Doubled.class))
                            .as(answer.toString())
                            .isInstanceOfSatisfying(
                                    TaskState.Failed.class,
                                    failed -> assertThat(((TaskState.Failed<?>) failed).failure())
                                            .isInstanceOf(TaskRefusedException.class)
                                            .hasMessage("The answer for task other cannot be trusted: it is not for"
                                                    + " this task, or its signature does not fit."));
                }
            }
        }
    }
}
