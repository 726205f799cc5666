package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
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

    /** All that is logged, and thrown. */
    private static final class Heard extends Handler {
        private final StringBuffer all = new StringBuffer();

        @Override
        public void publish(LogRecord message) {
            all.append(new SimpleFormatter().format(message));
        }

        void thrown(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            all.append(text);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @MethodSource(Redises.ALL)
    void areInNoLogAndInNoFailure(String server) throws Exception {
        Heard heard = new Heard();
        Logger logger = Logger.getLogger("dev.gearshift");
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(heard);
        try (PrivateRedis redis = PrivateRedis.startFrom(server);
                FaultyLink link = new FaultyLink(redis.port())) {
            RedisSettings settings = Redises.settings(link.uri(redis))
                    .withSecret(SECRET)
                    .withAnswerLimit(Duration.ofMillis(300))
                    .withPatience(Duration.ofSeconds(1));
            heard.all.append(settings).append(new RedisStrategy(settings)).append(settings.address());
            RedisWorker worker = RedisWorker.start(WorkerSettings.of(
                    settings, ConcurrencyStrategies.choose("threads").strategy()));
            heard.all.append(worker.info());
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
            assertThat(heard.all).contains("cannot be reached").doesNotContain(password, SECRET);
        } finally {
            logger.removeHandler(heard);
            logger.setLevel(before);
        }
    }
}
