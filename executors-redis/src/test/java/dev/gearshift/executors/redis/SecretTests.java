package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Protocol.Command;

/** Whatever goes wrong, neither the password nor the secret is told. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SecretTests {
    private static final String SECRET = "of-those-who-sign";

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void areInNoLogAndInNoFailure(String server) throws Exception {
        try (Heard heard = new Heard();
                PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port())) {
            RedisSettings settings = Redises.settings(link.uri(redis))
                    .withSecret(SECRET)
                    .withAnswerLimit(Duration.ofSeconds(2))
                    .withPatience(Duration.ofSeconds(5));
            heard.said(settings);
            heard.said(new RedisStrategy(settings));
            heard.said(settings.address());
            RedisWorker worker = Redises.worker(settings, 2);
            heard.said(worker.info());
            TaskExecutor executor = new RedisStrategy(settings).open(StrategySettings.defaults());
            TaskExecutor other = new RedisStrategy(settings.withSecret("another")).open(StrategySettings.defaults());
            TaskFuture<Integer> refused = other.submit(new Doubled(1));
            assertThatThrownBy(() -> refused.get(30, TimeUnit.SECONDS)).satisfies(heard::thrown);
            other.close();
            Redises.tell(redis, Command.FLUSHALL);
            link.cut();
            assertThat(executor.submit(new Doubled(1)).get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            link.refuse();
            link.cut();
            assertThatThrownBy(() -> executor.submit(new Doubled(1))).satisfies(heard::thrown);
            assertThatThrownBy(() -> RedisQueue.open(settings)).satisfies(heard::thrown);
            executor.close();
            worker.close();
            String password = redis.uri().replaceFirst(".*://:(.*)@.*", "$1");
            assertThat(heard.toString()).contains("cannot be reached").doesNotContain(password, SECRET);
        }
    }
}
