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
import java.util.OptionalLong;
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
    void aFileOfTheLengthThatIsKnownGetsItsName() {
        server.enqueue(jpeg().build());
        server.enqueue(jpeg().build());
        DownloadImage waiting = ofLength("a.jpg", JPEG.length);
        DownloadImage asynchronous = ofLength("b.jpg", JPEG.length);

        DownloadedFile first = executor.submit(waiting).join();
        DownloadedFile second = begun(asynchronous).join();

        assertThat(first.path()).isEqualTo(waiting.target()).hasBinaryContent(JPEG);
        assertThat(first.uri()).isEqualTo(waiting.source());
        assertThat(second.path()).isEqualTo(asynchronous.target()).hasBinaryContent(JPEG);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void aFileOfAnotherLengthNeverGetsItsName() throws Exception {
        Path old = Files.writeString(folder.resolve("a.jpg"), "old");
        server.enqueue(jpeg().build());
        server.enqueue(jpeg().build());

        assertThatThrownBy(executor.submit(ofLength("a.jpg", 503))::join)
                .cause()
                .isInstanceOf(OtherLengthException.class)
                .hasMessage("a.jpg came with " + JPEG.length
                        + " bytes where 503 were expected, so it is another file; it was not kept.");
        assertThatThrownBy(begun(ofLength("b.jpg", 0))::join).hasCauseInstanceOf(OtherLengthException.class);

        assertThat(old).hasContent("old");
        assertThat(folder).isDirectoryContaining(old::equals).isDirectoryNotContaining(file -> !file.equals(old));
    }

    @Test
    void aFailureIsTheDownloadersOwnWhereTheLengthIsKnown() {
        server.enqueue(new MockResponse.Builder().code(404).build());
        server.enqueue(new MockResponse.Builder().code(404).build());

        assertThatThrownBy(executor.submit(ofLength("a.jpg", 503))::join)
                .hasCauseInstanceOf(DownloadFailedException.class);
        assertThatThrownBy(begun(ofLength("a.jpg", 503))::join).hasCauseInstanceOf(DownloadFailedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void cancellingWhatHasBegunLeavesNothingWhereTheLengthIsKnown() throws Exception {
        server.enqueue(jpeg().throttleBody(1000, 1, TimeUnit.SECONDS).build());
        CompletableFuture<DownloadedFile> file = begun(ofLength("a.jpg", JPEG.length));
        server.takeRequest();

        file.cancel(true);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasLeftByAnEarlierProgramIsReplaced() throws Exception {
        Files.writeString(folder.resolve("a.jpg.part"), "old");
        Files.writeString(folder.resolve("a.jpg.part.part"), "older");
        server.enqueue(jpeg().build());

        executor.submit(ofLength("a.jpg", JPEG.length)).join();

        assertThat(folder).isDirectoryContaining("glob:**a.jpg").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLengthIsNeverNegative() {
        assertThatThrownBy(() -> ofLength("a.jpg", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length must be 0 or more; this is -1");
    }

    private DownloadImage ofLength(String name, long length) {
        return new DownloadImage(uri("/" + name), folder.resolve(name), OptionalLong.of(length));
    }

    private CompletableFuture<DownloadedFile> begun(DownloadImage download) {
        return executor.submit(() -> List.of(download.callAsync())).join().get(0);
    }

    @Test
    void beginsWithoutWaiting() {
        server.enqueue(jpeg().build());
        DownloadImage download = new DownloadImage(uri("/a.jpg"), folder.resolve("a.jpg"));

        CompletableFuture<DownloadedFile> file = begun(download);

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
