package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.Switchboard.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** A user of Redis who may do what is needed, and nothing else. */
@Timeout(60)
class LeastPrivilegeTests {
    private static final String PASSWORD = "p@ss/word:1";
    private static final Pattern DOCUMENTED = Pattern.compile("```\\nACL SETUSER gearshift (.*?)```", Pattern.DOTALL);

    /** As they stand in the documentation. */
    private static List<String> rules() throws IOException {
        Matcher block = DOCUMENTED.matcher(Files.readString(Path.of("..", "docs", "distributed.md")));
        assertThat(block.find()).as("the rules are in the documentation").isTrue();
        return Arrays.stream(block.group(1).strip().split("\\s+"))
                .map(word -> word.equals(">PASSWORD") ? ">" + PASSWORD : word)
                .toList();
    }

    private static RedisSettings settings(PrivateRedis redis, List<String> rules) {
        Redises.tell(redis, Command.ACL, "SETUSER", "gearshift", "reset");
        for (String rule : rules) {
            Redises.tell(redis, Command.ACL, "SETUSER", "gearshift", rule);
        }
        return Redises.settings("redis://gearshift:p%40ss%2Fword:1@127.0.0.1:" + redis.port());
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void itIsEnoughForAllAndAllOfItIsNeeded(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                Switchboard board = new Switchboard()) {
            RedisSettings settings = settings(redis, rules());
            Redises.tell(redis, Command.CONFIG, "RESETSTAT");
            try (RedisQueue queue = RedisQueue.open(settings);
                    TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults())) {
                try (RedisWorker worker = Redises.worker(settings, 1)) {
                    Retry retry = Retry.upTo(2).withBackoff(Duration.ofMillis(10), Duration.ofMillis(10));
                    TaskFuture<String> future = executor.submit(
                            board.task("task"),
                            TaskOptions.defaults()
                                    .withRetry(retry)
                                    .withDelay(Duration.ofMillis(10))
                                    .withTimeout(Duration.ofSeconds(30)));
                    board.next().say(Call.THROW);
                    board.next().say("value");
                    assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo("value");
                    TaskFuture<String> large = executor.submit(new Large(100_000));
                    assertThat(large.get(30, TimeUnit.SECONDS)).hasSize(100_000);

                    TaskFuture<String> hopeless = executor.submit(
                            board.task("hopeless"), TaskOptions.defaults().withRetry(retry));
                    board.next().say(Call.THROW);
                    board.next().say(Call.THROW);
                    Awaitility.await().until(() -> queue.status().dead() == 1);
                    assertThat(queue.retry(queue.dead().get(0).entry())).isTrue();
                    Line running = board.next();
                    assertThat(queue.cancel(hopeless.reference())).isTrue();
                    running.awaitGone();

                    TaskFuture<String> stopped = executor.submit(board.task("stopped"));
                    Line line = board.next();
                    TaskFuture<String> waiting = executor.submit(board.task("waiting"));
                    assertThat(queue.cancel(waiting.reference())).isTrue();
                    assertThat(stopped.cancel(true)).isTrue();
                    line.awaitGone();
                    Awaitility.await()
                            .until(() -> queue.state(stopped.reference(), Call.class) instanceof TaskState.Cancelled);
                    String delayed = queue.enqueue(
                            board.task("delayed"), TaskOptions.defaults().withDelay(Duration.ofMinutes(1)));
                    assertThat(queue.cancel(delayed)).isTrue();

                    assertThat(executor.submit(board.task("left"))).isNotNull();
                    board.next("left");
                    worker.stopNow();
                }
                try (RedisWorker next = Redises.worker(settings, 1)) {
                    board.next("left").say("value");
                    Awaitility.await().until(() -> next.info().succeeded() == 1);
                }
            }
            String used = Entry.text(Redises.tell(redis, Command.INFO, "commandstats"));
            Set<String> commands = used.lines()
                    .filter(line -> line.startsWith("cmdstat_"))
                    .filter(line -> !line.contains(":calls=0,"))
                    .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                    .collect(Collectors.toSet());
            assertThat(rules().stream().filter(rule -> rule.startsWith("+")).map(rule -> rule.substring(1)))
                    .allSatisfy(
                            granted -> assertThat(commands).containsAnyOf(granted, granted.replaceFirst("\\|.*", "")));
        }
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void whatIsMissingIsSaidInOneSentence(String server) throws Exception {
        try (PrivateRedis redis = PrivateRedis.startFrom(server)) {
            for (String missing : List.of("+evalsha", "+xgroup|create", "+zadd", "~{gearshift:*")) {
                RedisSettings settings = settings(
                        redis,
                        rules().stream().filter(rule -> !rule.equals(missing)).toList());
                assertThatThrownBy(() -> Redises.worker(settings, 1).close())
                        .as(missing)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("The worker cannot start: ")
                        .hasMessageNotContaining(PASSWORD)
                        .message()
                        .doesNotContain("\n");
            }
            RedisSettings settings = settings(
                    redis,
                    rules().stream().filter(rule -> !rule.equals("+evalsha")).toList());
            assertThatThrownBy(() -> new RedisStrategy(settings).open(StrategySettings.defaults()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Redis at redis://127.0.0.1:" + redis.port() + " refuses: NOPERM ")
                    .hasMessageContaining("evalsha");
            RedisSettings wrong = Redises.settings("redis://gearshift:wrong@127.0.0.1:" + redis.port());
            assertThatThrownBy(() -> new RedisStrategy(wrong).open(StrategySettings.defaults()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Redis at redis://127.0.0.1:" + redis.port() + " refuses: WRONGPASS ")
                    .hasMessageEndingWith("User and password stand in its address: redis://USER:PASSWORD@HOST.")
                    .hasMessageNotContaining("wrong@");
        }
    }
}
