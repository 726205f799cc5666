package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.redis.PrivateRedis;
import dev.gearshift.executors.redis.QueueStatus;
import dev.gearshift.executors.redis.RedisQueue;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.executors.redis.TaskState;
import dev.gearshift.images.DownloadImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM, once and twice, while {@code gearshift worker} runs a task. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@Tag("system")
final class WorkerSignalTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Less than the lease of 15 s, after which others take what a worker has left without a word. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    /** Downloads that have begun, and wait for their answer. */
    private final BlockingQueue<HttpExchange> begun = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private PrivateRedis redis;
    private RedisQueue queue;
    private HttpServer images;

    @BeforeEach
    void start() throws IOException {
        redis = PrivateRedis.start();
        // One loss, and it is dead.
        queue = RedisQueue.open(RedisSettings.defaults().withUri(redis.uri()).withRedeliveries(0));
        images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        images.createContext("/", begun::add);
        images.start();
    }

    @AfterEach
    void stop() {
        images.stop(0);
        queue.close();
        redis.close();
    }

    private Child worker(String strategy) throws IOException {
        return Workers.startIn(folder, folder, redis, "--strategy", strategy, "--parallelism", "1");
    }

    private String enqueue(String name) {
        URI source = URI.create("http://127.0.0.1:" + images.getAddress().getPort() + "/" + name);
        return queue.enqueue(new DownloadImage(source, folder.resolve(name)), TaskOptions.defaults());
    }

    private HttpExchange next(Duration limit) throws InterruptedException {
        return Objects.requireNonNull(begun.poll(limit.toMillis(), TimeUnit.MILLISECONDS), "no download has begun");
    }

    private void answer(HttpExchange download) throws IOException {
        byte[] picture = Files.readAllBytes(TestPictures.write(folder.resolve("picture.jpg"), 40, 20));
        download.getResponseHeaders().add("Content-Type", "image/jpeg");
        download.sendResponseHeaders(200, picture.length);
        download.getResponseBody().write(picture);
        download.close();
    }

    private void awaitDone(String id) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(queue.state(id, DownloadImage.class)).isInstanceOf(TaskState.Succeeded.class));
    }

    private static void terminate(Child worker) {
        worker.terminate();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(worker.err()).contains("Finishing what runs; the same again stops it at once."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void theFirstLetsTheTaskFinishAndNoOtherBegin(String strategy) throws Exception {
        try (Child worker = worker(strategy)) {
            String running = enqueue("running.jpg");
            HttpExchange download = next(PATIENCE);
            String waiting = enqueue("waiting.jpg");
            terminate(worker);
            assertThat(worker.handle().isAlive()).isTrue();
            answer(download);
            Ran ended = worker.end();

            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err()).endsWith("Ended." + System.lineSeparator()).doesNotContain("\tat ");
            awaitDone(running);
            assertThat(begun).isEmpty();
            assertThat(queue.state(waiting, DownloadImage.class)).isInstanceOf(TaskState.Waiting.class);
            QueueStatus status = queue.status();
            assertThat(status.waiting()).isEqualTo(1);
            assertThat(status.running()).isZero();
            assertThat(status.workers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void theSecondGivesTheTaskBack_andAnotherWorkerRunsItAtOnce(String strategy) throws Exception {
        try (Child worker = worker(strategy)) {
            String id = enqueue("running.jpg");
            assertThat(next(PATIENCE)).isNotNull();
            try (Child other = worker("threads")) {
                terminate(worker);
                assertThat(begun).isEmpty();
                worker.terminate();
                HttpExchange again = next(AT_ONCE);
                Ran ended = worker.end();
                assertThat(ended.exitCode()).isZero();
                assertThat(ended.err())
                        .endsWith("Ended." + System.lineSeparator())
                        .doesNotContain("\tat ");

                answer(again);
                awaitDone(id);
                assertThat(queue.status().dead()).isZero();
                other.terminate();
                assertThat(other.end().exitCode()).isZero();
            }
        }
    }
}
