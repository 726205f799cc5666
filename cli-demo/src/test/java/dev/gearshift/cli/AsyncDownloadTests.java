package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.images.DownloadImage;
import dev.gearshift.imgur.DownloadedFile;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads under {@code async}: given up here, a request is gone at the server; and many hold few threads. */
@Timeout(60)
final class AsyncDownloadTests {
    @TempDir
    private Path folder;

    @Test
    void cancellingTakesTheRequestBack() {
        try (ImgurSimulator simulator = slow();
                TaskExecutor executor = async()) {
            TaskFuture<DownloadedFile> future = executor.submit(download(simulator, 0));
            await().until(() -> simulator.stats().inFlight() == 1);
            assertThat(future.cancel(true)).isTrue();
            await().until(() -> simulator.stats().aborted() == 1);
            await().until(() -> simulator.stats().openConnections() == 0);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aTimeoutTakesTheRequestBack() {
        try (ImgurSimulator simulator = slow();
                TaskExecutor executor = async()) {
            TaskFuture<DownloadedFile> future = executor.submit(
                    download(simulator, 0), TaskOptions.defaults().withTimeout(Duration.ofMillis(300)));
            assertThat(future)
                    .failsWithin(20, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseExactlyInstanceOf(TaskTimeoutException.class);
            await().until(() -> simulator.stats().aborted() == 1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyInFlightHoldFewThreads() {
        int many = 300;
        int before = Thread.activeCount();
        try (ImgurSimulator simulator = ImgurSimulator.start(SimulatorSettings.defaults()
                        .withImages(many)
                        .withImageBytes(1_024)
                        .withLatency(Duration.ofSeconds(3)));
                TaskExecutor executor = async()) {
            List<TaskFuture<DownloadedFile>> futures = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                futures.add(executor.submit(download(simulator, i)));
            }
            await().until(() -> simulator.stats().inFlight() == many);
            assertThat(Thread.activeCount() - before).isLessThan(20);
            assertThat(futures)
                    .allSatisfy(future -> assertThat(future.join().bytes()).isEqualTo(1_024));
        }
    }

    private static ImgurSimulator slow() {
        return ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(1).withImageBytes(1_024).withLatency(Duration.ofMinutes(1)));
    }

    private static TaskExecutor async() {
        return ConcurrencyStrategies.choose("async").open(StrategySettings.defaults());
    }

    private DownloadImage download(ImgurSimulator simulator, int index) {
        return new DownloadImage(simulator.images().get(index).link(), folder.resolve(index + ".jpg"));
    }
}
