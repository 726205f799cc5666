package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.local.SequentialStrategy;
import dev.gearshift.imgur.DownloadFailedException;
import dev.gearshift.imgur.DownloadedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloadImageTests {
    private static final byte[] JPEG = ImageFiles.jpeg(Pictures.grainy(400, 300));

    private final MockWebServer server = new MockWebServer();
    private TaskExecutor executor;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server.start();
        executor = new SequentialStrategy().open(StrategySettings.defaults());
    }

    @AfterEach
    void stop() {
        executor.close();
        server.close();
    }

    private URI uri(String path) {
        return server.url(path).uri();
    }

    private static MockResponse.Builder jpeg() {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "image/jpeg")
                .body(new Buffer().write(JPEG));
    }

    @Test
    void filesArriveOverOneConnection() throws Exception {
        List<URI> sources = List.of(uri("/a.jpg"), uri("/b.jpg"), uri("/2/a.jpg"));
        sources.forEach(source -> server.enqueue(jpeg().build()));
        FileNames names = new FileNames();

        try (Stream<DownloadedFile> files = executor.map(
                sources.stream().map(source -> new DownloadImage(source, folder.resolve(names.of(source)))))) {
            assertThat(files.map(file -> file.path().getFileName().toString()))
                    .containsExactly("a.jpg", "b.jpg", "a-2.jpg");
        }

        assertThat(folder.resolve("a-2.jpg")).hasBinaryContent(JPEG);
        for (int i = 0; i < 3; i++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getConnectionIndex()).isZero();
            assertThat(request.getExchangeIndex()).isEqualTo(i);
        }
    }

    @Test
    void whatIsThereIsReplaced() throws Exception {
        Path target = Files.writeString(folder.resolve("a.jpg"), "old");
        server.enqueue(jpeg().build());

        DownloadedFile file =
                executor.submit(new DownloadImage(uri("/a.jpg"), target)).join();

        assertThat(file.bytes()).isEqualTo(JPEG.length);
        assertThat(target).hasBinaryContent(JPEG);
    }

    @Test
    void aFailureIsTheDownloadersOwn() {
        server.enqueue(new MockResponse.Builder().code(404).build());

        TaskFuture<DownloadedFile> file = executor.submit(new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg")));

        assertThatThrownBy(file::join).cause().isInstanceOfSatisfying(DownloadFailedException.class, failure -> {
            assertThat(failure.status()).isEqualTo(404);
            assertThat(failure.reason()).isEqualTo(DownloadFailedException.Reason.STATUS);
        });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void cancellingLeavesNothing() throws Exception {
        server.enqueue(jpeg().throttleBody(1000, 1, TimeUnit.SECONDS).build());
        TaskFuture<DownloadedFile> file = executor.submit(new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg")));
        server.takeRequest();

        file.cancel(true);
        executor.close();

        assertThatThrownBy(file::join).isInstanceOf(CancellationException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void beginsWithoutWaiting() {
        server.enqueue(jpeg().build());
        DownloadImage download = new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg"));

        CompletableFuture<DownloadedFile> file =
                executor.submit(() -> List.of(download.callAsync())).join().get(0);

        assertThat(file.join().path()).isEqualTo(download.target()).hasBinaryContent(JPEG);
    }

    @Test
    void aDownloadBecomesAThumbnail() {
        server.enqueue(jpeg().build());

        DownloadedFile file = executor.submit(new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg")))
                .join();
        Thumbnail thumbnail =
                executor.submit(new MakeThumbnail(file.path(), folder, 100)).join();

        assertThat(thumbnail.file()).isEqualTo(folder.resolve("a_thumbnail.jpg"));
        assertThat(thumbnail.height()).isEqualTo(75);
    }

    @Test
    void withoutAnExecutorThereIsNoDownloader() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg")).call())
                .withMessageStartingWith("No task is running");
    }
}
