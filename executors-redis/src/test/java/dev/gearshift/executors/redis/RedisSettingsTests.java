package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be set, within its bounds; what is out of them is said word for word. */
@Timeout(10)
class RedisSettingsTests {
    private static void with(String name, String value, Consumer<RedisSettings> check) {
        System.setProperty("gearshift.redis." + name, value);
        try {
            check.accept(RedisSettings.defaults());
        } finally {
            System.clearProperty("gearshift.redis." + name);
        }
    }

    @Test
    void propertiesAreRead() {
        with(
                "uri",
                "redis://:secret@host:1/2",
                settings -> assertThat(settings.uri()).isEqualTo("redis://host:1/2"));
        with("namespace", "mine", settings -> assertThat(settings.key("q")).isEqualTo("{mine:q}"));
        with("queue", "images", settings -> assertThat(settings.key(null)).isEqualTo("{gearshift:images}"));
        with("lease", "3s", settings -> assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(3)));
        with(
                "redeliveries",
                "0",
                settings -> assertThat(settings.redeliveries()).isZero());
        with("resultTtl", "1m", settings -> assertThat(settings.resultTtl()).isEqualTo(Duration.ofMinutes(1)));
        with("queueCap", "7", settings -> assertThat(settings.queueCap()).isEqualTo(7));
        with("whenFull", "wait", settings -> assertThat(settings.whenFull()).isEqualTo(RedisSettings.WhenFull.WAIT));
        with("maxPayload", "2m", settings -> assertThat(settings.maxPayload()).isEqualTo(2 << 20));
        with("deadCap", "5", settings -> assertThat(settings.deadCap()).isEqualTo(5));
        with("patience", "0s", settings -> assertThat(settings.patience()).isZero());
        with(
                "answerLimit",
                "5ms",
                settings -> assertThat(settings.answerLimit()).isEqualTo(Duration.ofMillis(5)));
        with("secret", "s3cr3t", settings -> assertThat(settings.isSigned()).isTrue());
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("namespace", "a:b", "-Dgearshift.redis.namespace must be a name, but is \"a:b\"."),
                Arguments.of("queue", "}", "-Dgearshift.redis.queue must be a name, but is \"}\"."),
                Arguments.of("lease", "1s", "-Dgearshift.redis.lease must be 2000 ms or more, but is 1000 ms."),
                Arguments.of(
                        "redeliveries",
                        "-1",
                        "-Dgearshift.redis.redeliveries must be a whole number, 0 or more, but is \"-1\"."),
                Arguments.of("whenFull", "drop", "-Dgearshift.redis.whenFull must be reject or wait, but is \"drop\"."),
                Arguments.of("maxPayload", "0", "maxPayload must be 1 to 67108864 bytes, but is 0."),
                Arguments.of("uri", "nowhere:s3cr3t", "-Dgearshift.redis.uri is no address of a Redis: " + address()),
                Arguments.of("answerLimit", "0s", "-Dgearshift.redis.answerLimit must be 1 ms or more, but is 0 ms."));
    }

    private static String address() {
        return "The address of a Redis is written redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS,"
                + " with % and two digits for signs such as / or @ in the password.";
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaid(String name, String value, String message) {
        assertThatThrownBy(() -> with(name, value, settings -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void codeIsCheckedLikeProperties() {
        RedisSettings settings = RedisSettings.defaults();
        assertThatThrownBy(() -> settings.withQueue("a b"))
                .hasMessage("queue must be 1 to 100 letters, digits, dots, dashes or underscores, but is \"a b\".");
        assertThatThrownBy(() -> settings.withLease(Duration.ofMillis(1_999)))
                .hasMessage("lease must be 2000 ms or more, but is 1999 ms.");
        assertThatThrownBy(() -> settings.withRedeliveries(-1))
                .hasMessage("redeliveries must be 0 or more, but is -1.");
        assertThatThrownBy(() -> settings.withQueueCap(0)).hasMessage("queueCap must be 1 or more, but is 0.");
        assertThatThrownBy(() -> settings.withDeadCap(0)).hasMessage("deadCap must be 1 or more, but is 0.");
        assertThatThrownBy(() -> settings.withMaxPayload(1 + (64 << 20)))
                .hasMessage("maxPayload must be 1 to 67108864 bytes, but is 67108865.");
        assertThatThrownBy(() -> settings.withResultTtl(Duration.ofMillis(1)))
                .hasMessage("resultTtl must be 1000 ms or more, but is 1 ms.");
    }

    @Test
    void theTextHasNoSecrets() {
        assertThat(RedisSettings.defaults().withUri("redis://ann:pass1@host").withSecret("pass2"))
                .hasToString("RedisSettings[redis://host:6379, {gearshift:default}, signed]");
    }
}
