package dev.gearshift.executors.redis;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("once")
final class RedisSixContractTests extends RedisContractTests {
    @BeforeAll
    static void begin() {
        begin(Redises.SIX);
    }
}
