package dev.gearshift.executors.redis;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "REDIS_SERVER_BIN", matches = ".+", disabledReason = "it names no other server")
final class RedisOtherContractTests extends RedisContractTests {
    @BeforeAll
    static void begin() {
        begin(System.getenv("REDIS_SERVER_BIN"));
    }
}
