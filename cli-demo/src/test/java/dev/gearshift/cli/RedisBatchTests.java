package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.PrivateRedis;
import dev.gearshift.executors.redis.RedisQueue;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code download} and {@code thumbnails} under {@code redis}: what comes of them, and of what is in their way. */
@Timeout(90)
@Tag("system")
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

    @Test
    void filesLieWhereTheCommandSays_whereverTheWorkerWasStarted() throws Exception {
        Path here = Files.createDirectory(folder.resolve("here"));
        Path there = Files.createDirectory(folder.resolve("there"));
        try (ImgurSimulator imgur = ImgurSimulator.start(
                        SimulatorSettings.defaults().withImages(3).withImageBytes(2000));
                Child worker = Workers.startIn(there, folder, redis, "elsewhere", "--strategy", "threads")) {
            Ran download =
                    runIn(here, "download", "random", "--api", imgur.apiUri().toString());
            assertThat(download.exitCode()).as(download.err()).isZero();
            assertThat(download.out()).startsWith("3 downloaded into images (");
            Served.assertHolds(here.resolve("images"), imgur.images());

            Ran thumbnails = runIn(here, "thumbnails", "images", "--out", "small");
            assertThat(thumbnails.exitCode()).as(thumbnails.out()).isZero();
            assertThat(Served.names(here.resolve("small"))).hasSize(3);
            assertThat(there).isEmptyDirectory();
            worker.terminate();
            assertThat(worker.end().exitCode()).isZero();
        }
    }

    private Ran runIn(Path directory, String command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--strategy", "redis"));
        Map<String, String> environment =
                Map.of("GEARSHIFT_REDIS_URI", redis.uri(), "GEARSHIFT_REDIS_QUEUE", "elsewhere");
        try (Child child =
                Child.startIn(directory, folder, environment, Workers.java(command), all.toArray(String[]::new))) {
            return child.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"download http://127.0.0.1:9/a.jpg --out", "thumbnails"})
    void withoutARedisItSaysWhatToDo(String command) {
        Ran ran = gearshift(
                (command + " " + folder + " --strategy redis --redis redis://:secret@127.0.0.1:1").split(" "));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(lastLine(ran))
                .isEqualTo(
                        "Redis at redis://127.0.0.1:1 cannot be reached (Connection refused). Start one there, or name"
                                + " another: gearshift.redis.uri, GEARSHIFT_REDIS_URI or --redis.");
        assertThat(ran.err()).doesNotContain("secret");
    }

    @Test
    void aFullQueueIsNoSurprise() throws IOException {
        TestPictures.write(folder.resolve("a.jpg"), 40, 20);
        System.setProperty("gearshift.redis.queue", "full");
        System.setProperty("gearshift.redis.queueCap", "1");
        RedisSettings settings = RedisSettings.defaults().withUri(redis.uri());
        try (RedisQueue queue = RedisQueue.open(settings)) {
            queue.enqueue(new MakeThumbnail(folder.resolve("a.jpg"), folder, 10), TaskOptions.defaults());
        }

        Ran ran = gearshift("thumbnails", folder.toString(), "--strategy", "redis", "--redis", redis.uri());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(lastLine(ran))
                .isEqualTo("The queue {gearshift:full} is full, with 1 tasks: start more workers, submit later, or wait"
                        + " for room (gearshift.redis.whenFull=wait). What is done stays; run the same command again to"
                        + " go on.");
    }

    @Test
    void aRedisThatIsLostMeanwhileIsNamed() throws IOException {
        TestPictures.write(folder.resolve("a.jpg"), 40, 20);
        System.setProperty("gearshift.redis.patience", "200ms");
        try (PrivateRedis lost = PrivateRedis.start()) {
            StringWriter err = new StringWriter() {
                private boolean done;

                @Override
                public void flush() {
                    if (!done && toString().contains("Thumbnails: 1")) { // It is connected, and submits now.
                        done = true;
                        lost.kill();
                    }
                }
            };

            Ran ran = Ran.run("", err, "thumbnails", folder.toString(), "--strategy", "redis", "--redis", lost.uri());

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(lastLine(ran))
                    .matches("Redis at redis://127\\.0\\.0\\.1:" + lost.port()
                            + " cannot be reached \\(.+\\)\\. Whether it"
                            + " got the task is not known\\. What is done stays; run the same command again to go"
                            + " on\\.");
        }
    }

    /** The sentence; a stack trace would end otherwise. */
    private static String lastLine(Ran ran) {
        assertThat(ran.err()).doesNotContain("This should not have happened", "\tat ");
        return ran.err().lines().reduce("", (before, last) -> last);
    }
}
