package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.redis.PrivateRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code download} and {@code thumbnails} under {@code redis}: what comes of them, and of what is in their way. */
@Timeout(90)
final class RedisBatchTests {
    private static PrivateRedis redis;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        redis = PrivateRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void forgetSettings() {
        for (String name : List.of("uri", "queue", "queueCap", "patience")) {
            System.clearProperty("gearshift.redis." + name);
        }
    }

    @Test
    void asManyThumbnailsRunAtOnceAsTheWorkersHavePlaces() throws Exception {
        int places = Runtime.getRuntime().availableProcessors() + 1;
        TestPictures.write(folder.resolve("a.jpg"), 40, 20);
        System.setProperty("gearshift.redis.queue", "wide");
        try (Child worker = Workers.startIn(
                folder, folder, redis, "wide", "--strategy", "threads", "--parallelism", String.valueOf(places))) {
            Ran ran =
                    gearshift("thumbnails", folder.toString(), "--strategy", "redis", "--redis", redis.uri(), "--json");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.json().get("workers").asInt()).isEqualTo(places);
            worker.terminate();
            assertThat(worker.end().exitCode()).isZero();
        }
    }
}
