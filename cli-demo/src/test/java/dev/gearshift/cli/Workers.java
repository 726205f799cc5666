package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gearshift.executors.redis.PrivateRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code gearshift worker} in a JVM of its own. */
final class Workers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Workers() {}

    /** How the command is started from the class path. */
    static List<String> java(String command) {
        return List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), command);
    }

    /** Starts one in that working directory, and returns when it takes tasks. */
    static Child startIn(Path directory, Path scratch, PrivateRedis redis, String... arguments) throws IOException {
        Child worker = Child.startIn(
                directory, scratch, Map.of("GEARSHIFT_REDIS_URI", redis.uri()), java("worker"), arguments);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(worker.out()).contains("image.download, image.thumbnail"));
        return worker;
    }
}
