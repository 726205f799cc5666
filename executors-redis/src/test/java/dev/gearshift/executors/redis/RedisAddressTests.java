package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are read as they are written, and their passwords are told to nobody. */
@Timeout(10)
class RedisAddressTests {
    @Test
    void allPartsAreRead() {
        assertThat(RedisAddress.of("redis://host"))
                .isEqualTo(new RedisAddress(false, "host", 6379, null, null, 0))
                .hasToString("redis://host:6379");
        assertThat(RedisAddress.of("rediss://ann:se%2Fcret+1:2@host:7000/3"))
                .isEqualTo(new RedisAddress(true, "host", 7000, "ann", "se/cret+1:2", 3))
                .hasToString("rediss://host:7000/3");
        assertThat(RedisAddress.of("redis://:secret@127.0.0.1:1/"))
                .isEqualTo(new RedisAddress(false, "127.0.0.1", 1, null, "secret", 0));
        assertThat(RedisAddress.of("redis://secret@[::1]"))
                .isEqualTo(new RedisAddress(false, "[::1]", 6379, null, "secret", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:6379",
                "http://secret@host",
                "redis://",
                "redis://user:sec ret@host",
                "redis://secret@host/name",
                "redis://secret@host/-1",
                "redis://secret@host?db=1",
                "redis://secret@host:port"
            })
    void whatIsNoneIsRefusedWithoutItsPassword(String text) {
        assertThatThrownBy(() -> RedisAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("The address of a Redis is written redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE], or"
                        + " rediss:// for TLS, with % and two digits for signs such as / or @ in the password.");
    }
}
