package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.imgur.DownloadFailedException.Reason;
import dev.gearshift.imgur.internal.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class FileDownloaderCancellationTests {
    private static final String NOTHING = "";
    private static final String HALF_A_FILE =
            "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 1000\r\n\r\nhalf";
    private static final String HALF_A_REFUSAL = "HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\nhalf";

    private final FileDownloader downloader = FileDownloader.create();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        downloader.close();
    }

    static Stream<Arguments> endings() {
        return Stream.of(NOTHING, HALF_A_FILE, HALF_A_REFUSAL)
                .flatMap(beginning -> Stream.of(
                        ending("cancel(true)", beginning, future -> future.cancel(true)),
                        ending("cancel(false)", beginning, future -> future.cancel(false)),
                        ending("complete", beginning, future -> future.complete(null)),
                        ending(
                                "completeExceptionally",
                                beginning,
                                future -> future.completeExceptionally(new IOException())),
                        ending("orTimeout", beginning, future -> future.orTimeout(1, TimeUnit.MILLISECONDS))));
    }

    private static Arguments ending(String name, String beginning, Consumer<CompletableFuture<DownloadedFile>> ending) {
        return Arguments.of(name, beginning, ending);
    }

    @ParameterizedTest(name = "{0} after \"{1}\"")
    @MethodSource("endings")
    void theRequestIsGoneAtTheServerAndThePartFromTheDisk(
            String name, String beginning, Consumer<CompletableFuture<DownloadedFile>> ending) throws Exception {
        try (EndlessServer server = new EndlessServer(1, beginning)) {
            CompletableFuture<DownloadedFile> download = downloader.downloadAsync(server.uri(), target());
            assertThat(server.wasAsked()).isTrue();
            if (beginning.equals(HALF_A_FILE)) {
                partAppears();
            }

            ending.accept(download);

            assertThat(server.sawTheClientGo()).isTrue();
            download.handle((file, failure) -> file).get(30, TimeUnit.SECONDS);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aTargetIsFreeAgainAfterwards() throws Exception {
        try (EndlessServer server = new EndlessServer(2, HALF_A_FILE)) {
            downloader.downloadAsync(server.uri(), target()).cancel(true);

            CompletableFuture<DownloadedFile> second = downloader.downloadAsync(server.uri(), target());

            assertThat(second).isNotDone();
        }
    }

    @Test
    void anInterruptedThreadSendsNothing() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> downloader.download(server.url("/a.jpg").uri(), target()))
                    .isInstanceOf(InterruptedException.class);

            assertThat(server.takeRequest(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void anInterruptTakesTheRequestBack() throws Exception {
        try (EndlessServer server = new EndlessServer(1, HALF_A_FILE)) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    downloader.download(server.uri(), target());
                } catch (IOException | InterruptedException e) {
                    thrown.complete(e);
                }
            });
            caller.start();
            assertThat(server.wasAsked()).isTrue();

            caller.interrupt();

            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(server.sawTheClientGo()).isTrue();
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void nobodyHearsOfAPauseThatWasCancelled() throws Exception {
        CountDownLatch calledOff = new CountDownLatch(1);
        CountDownLatch paused = new CountDownLatch(1);
        Timer endlessPause = (delay, action) -> {
            paused.countDown();
            return calledOff::countDown;
        };
        try (EndlessServer server = new EndlessServer(1, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                FileDownloader pausing =
                        FileDownloader.builder().pauses(endlessPause).build()) {
            CompletableFuture<DownloadedFile> download = pausing.downloadAsync(server.uri(), target());
            assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();

            download.cancel(true);

            assertThat(calledOff.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (EndlessServer server = new EndlessServer(10, HALF_A_FILE)) {
            List<CompletableFuture<DownloadedFile>> downloads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                downloads.add(downloader.downloadAsync(server.uri(), directory.resolve(i + ".jpg")));
            }
            assertThat(server.wasAsked()).isTrue();

            downloader.close();

            assertThat(server.sawTheClientGo()).isTrue();
            for (CompletableFuture<DownloadedFile> download : downloads) {
                assertThatThrownBy(() -> download.get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                DownloadFailedException.class,
                                failure -> assertThat(failure.reason()).isEqualTo(Reason.CLOSED));
            }
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void aDownloadHoldsNoThread() throws Exception {
        try (EndlessServer server = new EndlessServer(100, HALF_A_FILE)) {
            for (int i = 0; i < 100; i++) {
                CompletableFuture<DownloadedFile> download =
                        downloader.downloadAsync(server.uri(), directory.resolve(i + ".jpg"));
                assertThat(download).isNotDone();
            }
            assertThat(server.wasAsked()).isTrue();

            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("gearshift-http")))
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void aClosedDownloaderLeavesNoThreadOfItsOwn() throws Exception {
        try (EndlessServer server = new EndlessServer(1, HALF_A_FILE)) {
            CompletableFuture<DownloadedFile> download = downloader.downloadAsync(server.uri(), target());
            assertThat(server.wasAsked()).isTrue();

            downloader.close();

            assertThat(download).isCompletedExceptionally();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("gearshift-http")) {
                    thread.join(Duration.ofSeconds(5).toMillis());
                    assertThat(thread.isAlive()).as(thread.getName()).isFalse();
                }
            }
        }
    }

    @Test
    void waitingWithALimitLeavesTheDownloadAlone() throws Exception {
        try (EndlessServer server = new EndlessServer(1, HALF_A_FILE)) {
            CompletableFuture<DownloadedFile> download = downloader.downloadAsync(server.uri(), target());

            assertThatThrownBy(() -> download.get(10, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            assertThat(download).isNotDone();
        }
    }

    private Path target() {
        return directory.resolve("a.jpg");
    }

    private void partAppears() throws Exception {
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            if (Files.notExists(directory.resolve("a.jpg.part"))) {
                assertThat(watch.poll(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS))
                        .isNotNull();
            }
        }
    }
}
