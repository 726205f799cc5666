package dev.gearshift.executors.redis;

import org.junit.jupiter.api.BeforeAll;

final class RedisSixContractTests extends RedisContractTests {
    @BeforeAll
    static void begin() {
        begin(Redises.SIX);
    }
}
