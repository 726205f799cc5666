package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.PrivateRedis;
import dev.gearshift.executors.redis.RedisQueue;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.images.MakeThumbnail;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about Redis, with a real server, and a worker in a JVM of its own. */
@Timeout(90)
final class RedisCommandsTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    /** What {@code --redis} has set. */
    @AfterEach
    void forgetRedis() {
        System.clearProperty("gearshift.redis.uri");
    }

    private Child worker(String... arguments) throws IOException {
        return Workers.startIn(folder, folder, redis, arguments);
    }

    @Test
    void downloadsAndThumbnailsRunOnAWorkerElsewhere_whichFinishesAtCtrlC() throws Exception {
        try (Child worker = worker("--strategy", "threads", "--parallelism", "2");
                ImgurSimulator imgur = ImgurSimulator.start(
                        SimulatorSettings.defaults().withImages(12).withImageBytes(2000))) {
            assertThat(worker.out()).contains("Strategy threads (chosen by --strategy), 2 at once");
            Path images = folder.resolve("images");
            String api = imgur.apiUri().toString();

            Ran download = gearshift(
                    "download",
                    "random",
                    "--api",
                    api,
                    "--strategy",
                    "redis",
                    "--redis",
                    redis.uri(),
                    "--out",
                    images.toString());
            assertThat(download.exitCode()).as(download.err()).isZero();
            Served.assertHolds(images, imgur.images());

            Ran thumbnails = gearshift("thumbnails", images.toString(), "--strategy", "redis", "--redis", redis.uri());
            assertThat(thumbnails.exitCode()).as(thumbnails.err()).isZero();

            Ran queue = gearshift("queue", "--redis", redis.uri());
            assertThat(queue.exitCode()).isZero();
            assertThat(queue.out())
                    .startsWith("default at redis://127.0.0.1:" + redis.port() + ": 0 waiting, 0 running,")
                    .contains(" threads ", String.valueOf(worker.handle().pid()));
            assertThat(download.out() + download.err() + thumbnails.err() + queue.out() + worker.out() + worker.err())
                    .doesNotContain(password());

            worker.interrupt();
            Ran ended = worker.end();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).contains("Finishing what runs").endsWith("Ended." + System.lineSeparator());
        }
        assertThat(gearshift("queue", "--redis", redis.uri()).out())
                .contains("No worker is alive: start one with gearshift worker.");
    }

    private static String password() {
        return redis.uri().substring("redis://:".length(), redis.uri().indexOf('@'));
    }

    @Test
    void aQueueThatIsWatchedSaysHowManyFinishUntilCtrlC() throws Exception {
        RedisSettings settings = RedisSettings.defaults().withUri(redis.uri()).withQueue("watched");
        try (Child worker = worker("watched", "--strategy", "threads");
                RedisQueue queue = RedisQueue.open(settings);
                Child watch = Child.start(
                        folder, Child.jar(), "queue", "--watch", "--redis", redis.uri(), "--queue", "watched")) {
            MakeThumbnail failing = new MakeThumbnail(folder.resolve("none.jpg"), folder, 10);
            await().atMost(PATIENCE).until(() -> {
                queue.enqueue(failing, TaskOptions.defaults());
                return Pattern.compile(", [1-9]\\d* finished in the last second")
                        .matcher(watch.out())
                        .find();
            });
            assertThat(watch.out())
                    .contains(
                            "watched at redis://127.0.0.1:",
                            String.valueOf(worker.handle().pid()))
                    .doesNotContain(password());
            watch.interrupt();
            assertThat(watch.end().exitCode()).isEqualTo(130);
        }
    }

    @Test
    void deadTasksAreListedRetriedAndDropped() throws Exception {
        RedisSettings settings = RedisSettings.defaults().withUri(redis.uri()).withQueue("dying");
        String[] ofQueue = {"--redis", redis.uri(), "--queue", "dying"};
        try (Child worker = worker("dying", "--strategy", "threads");
                RedisQueue queue = RedisQueue.open(settings)) {
            Retry twice = Retry.upTo(2).withBackoff(Duration.ZERO, Duration.ZERO);
            queue.enqueue(
                    new MakeThumbnail(folder.resolve("none.jpg"), folder, 10),
                    TaskOptions.defaults().withRetry(twice));
            await().atMost(PATIENCE).until(() -> queue.status().dead() == 1);

            Ran listed = dead("list", ofQueue);
            assertThat(listed.exitCode()).isZero();
            assertThat(listed.out()).contains("image.thumbnail", "It has failed 2 times", "1 dead task.");

            Ran retried = dead("retry", "--redis", redis.uri(), "--queue", "dying", "--all");
            assertThat(retried.exitCode()).isZero();
            assertThat(retried.out()).isEqualTo("1 wait again." + System.lineSeparator());
            await().atMost(PATIENCE).until(() -> queue.status().dead() == 1);

            String entry = queue.dead().get(0).entry();
            Ran dropped = dead("drop", "--redis", redis.uri(), "--queue", "dying", entry);
            assertThat(dropped.exitCode()).isZero();
            assertThat(queue.status().dead()).isZero();
            assertThat(dead("drop", "--redis", redis.uri(), "--queue", "dying", entry)
                            .exitCode())
                    .isEqualTo(1);
            worker.interrupt();
            assertThat(worker.end().exitCode()).isZero();
        }
    }

    private static Ran dead(String what, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "queue";
        all[1] = "dead";
        all[2] = what;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return gearshift(all);
    }

    @Test
    void theQueueAsJson() {
        Ran ran = gearshift("queue", "--redis", redis.uri(), "--queue", "empty", "--json");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.json().get("queue").asString()).isEqualTo("empty");
        assertThat(ran.json().get("waiting").asInt()).isZero();
        assertThat(ran.json().get("workers").isEmpty()).isTrue();
    }

    @Test
    void withoutARedisItSaysWhatToDo() {
        Ran ran = gearshift("queue", "--redis", "redis://:secret@127.0.0.1:1");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith(
                        "Redis at redis://127.0.0.1:1 cannot be reached (Connection refused). Start one there, or name"
                                + " another:")
                .doesNotContain("secret", "\tat ");
    }

    @Test
    void aMalformedAddressKeepsItsPasswordToItself() {
        Ran ran = gearshift("queue", "--redis", "redis//:secret@127.0.0.1:1");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("is no address of a Redis").doesNotContain("secret", "\tat ");
    }

    @Test
    void aWorkerDoesNotHandItsTasksOn() {
        Ran ran = gearshift("worker", "--strategy", "redis", "--redis", redis.uri());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("A worker runs its tasks here");
    }

    @ParameterizedTest
    @CsvSource({"retry, abc", "drop, abc", "drop, 1700000000000", "drop, 99999999999999999999999-0"})
    void aWordThatIsNoEntryIsAMistake(String what, String word) {
        Ran ran = dead(what, "--redis", redis.uri(), word);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo(
                        "\"" + word + "\" names no dead task: take the first column of \"gearshift queue dead list\","
                                + " such as 1700000000000-0." + System.lineSeparator());
    }

    @Test
    void whatRedisRefusesIsSaidWithItsAddress() {
        try (PrivateRedis limited = PrivateRedis.start("--rename-command", "XDEL", "GONE")) {
            Ran ran = gearshift("queue", "dead", "drop", "--redis", limited.uri(), "1700000000000-0");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err())
                    .startsWith("Redis at redis://127.0.0.1:" + limited.port() + " refuses: ERR unknown command")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void whichOfTheDeadMustBeSaid() {
        Ran ran = dead("retry", "--redis", redis.uri());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("or say --all");
    }
}
