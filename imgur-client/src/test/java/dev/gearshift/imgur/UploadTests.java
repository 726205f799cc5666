package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gearshift.imgur.model.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes out for an upload, byte by byte. */
@Timeout(20)
class UploadTests {
    private static final String ALBUM = "d3l3t3H4sh00009";

    private final MockWebServer server = new MockWebServer();
    private final RecordingPauses pauses = new RecordingPauses();
    private ImgurClient imgur;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        server.start();
        imgur = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .pauses(pauses)
                .build();
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    private String sent(Upload upload) throws InterruptedException {
        server.enqueue(uploaded());
        assertThat(imgur.images().upload(upload).send().id()).isEqualTo("aB3dE5g");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod() + " " + request.getTarget()).isEqualTo("POST /3/image");
        return plain(request);
    }

    /** The body with a short boundary. */
    private static String plain(RecordedRequest request) {
        String type = request.getHeaders().get("Content-Type");
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        return request.getBody()
                .string(StandardCharsets.UTF_8)
                .replace(boundary, "B")
                .replace("\r\n", "\n");
    }

    private static MockResponse uploaded() {
        return new MockResponse.Builder().body(Fixtures.text("image-uploaded")).build();
    }

    @Test
    void bytesAreSentWithTheirNameAndWhatIsSaidAboutThem() throws Exception {
        String body = sent(Upload.of("cat.png", new byte[] {'a', 'b', 'c'})
                .withTitle("Ä cat ☕")
                .withDescription("It sits")
                .withName("other.png")
                .withAlbum(ALBUM)
                .withoutAudio());

        assertThat(body).isEqualTo("""
                --B
                Content-Disposition: form-data; name="image"; filename="cat.png"
                Content-Type: application/octet-stream

                abc
                --B
                Content-Disposition: form-data; name="type"

                file
                --B
                Content-Disposition: form-data; name="title"

                Ä cat ☕
                --B
                Content-Disposition: form-data; name="description"

                It sits
                --B
                Content-Disposition: form-data; name="name"

                other.png
                --B
                Content-Disposition: form-data; name="album"

                d3l3t3H4sh00009
                --B
                Content-Disposition: form-data; name="disable_audio"

                1
                --B--
                """);
    }

    @Test
    void aFileIsSentUnderItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("dog.jpg"), "woof");

        assertThat(sent(Upload.of(file))).contains("filename=\"dog.jpg\"").contains("\n\nwoof\n--B");
    }

    @Test
    void aStreamOfKnownLengthIsSentWithIt() throws Exception {
        server.enqueue(uploaded());
        imgur.images()
                .upload(Upload.of("s.png", 4, () -> new ByteArrayInputStream(bytes("moof"))))
                .send();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Length")).isNotNull();
        assertThat(plain(request)).contains("\n\nmoof\n--B");
    }

    @Test
    void aStreamOfUnknownLengthIsSentInChunks() throws Exception {
        server.enqueue(uploaded());
        imgur.images()
                .upload(Upload.of("s.png", new ByteArrayInputStream(bytes("moof"))))
                .send();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(plain(request)).contains("\n\nmoof\n--B");
    }

    @Test
    void anAddressIsLeftToImgur() throws Exception {
        assertThat(sent(Upload.of(URI.create("https://example.com/a.png?b=c"))))
                .contains("name=\"image\"")
                .contains("\n\nhttps://example.com/a.png?b=c\n")
                .contains("\n\nurl\n");
        assertThatThrownBy(() -> Upload.of(URI.create("file:///etc/passwd")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void progressGoesFromNothingToAll() throws Exception {
        List<Long> sent = new CopyOnWriteArrayList<>();
        List<Long> totals = new CopyOnWriteArrayList<>();
        sent(Upload.of("big.bin", new byte[1_000_000]).withProgress((bytes, total) -> {
            sent.add(bytes);
            totals.add(total);
        }));

        assertThat(sent).isSorted().hasSizeGreaterThan(3).startsWith(0L);
        assertThat(totals).containsOnly(sent.get(sent.size() - 1));
        assertThat(sent.get(sent.size() - 1)).isGreaterThan(1_000_000);
    }

    @Test
    void anUploadThatWasTurnedAwayIsSentAgainWhole() throws Exception {
        server.enqueue(new MockResponse.Builder().code(429).body("{}").build());
        server.enqueue(uploaded());

        imgur.images()
                .upload(Upload.of("a", 4, () -> new ByteArrayInputStream(bytes("moof"))))
                .send();

        assertThat(plain(server.takeRequest())).contains("moof");
        assertThat(plain(server.takeRequest())).contains("moof");
    }

    @Test
    void aStreamThatCanBeReadOnceIsSentOnce() {
        server.enqueue(new MockResponse.Builder().code(429).body("{}").build());
        AtomicInteger closed = new AtomicInteger();
        InputStream stream = new ByteArrayInputStream(bytes("moof")) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        assertThatThrownBy(() -> imgur.images()
                        .upload(Upload.of("a", stream))
                        .withRetryOfPosts(true)
                        .send())
                .isInstanceOf(ImgurException.RateLimited.class);

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(closed).hasPositiveValue();
    }

    @Test
    void anUploadThatMayHaveArrivedIsNotSentTwice() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() ->
                        imgur.images().upload(Upload.of("a", bytes("moof"))).send())
                .isInstanceOfSatisfying(
                        ImgurException.NoAnswer.class,
                        failure -> assertThat(failure.wentOut()).isTrue());

        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsSaidAndNotRetried() throws Exception {
        Path file = Files.writeString(folder.resolve("gone.jpg"), "x");
        Upload upload = Upload.of(file);
        Files.delete(file);

        ImgurException.NoAnswer failure = catchThrowableOfType(
                ImgurException.NoAnswer.class,
                () -> imgur.images().upload(upload).send());

        assertThat(failure).hasMessageContaining("gone.jpg");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.wentOut()).isFalse();
        assertThat(imgur.creditsSpent()).as("it was never sent").isZero();
        assertThatThrownBy(() -> Upload.of(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aStreamThatBreaksEndsTheUpload() {
        Upload upload = Upload.of("a", 100, () -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        });

        assertThatThrownBy(() -> imgur.images().upload(upload).send())
                .isInstanceOf(ImgurException.NoAnswer.class)
                .hasStackTraceContaining("the disk is gone");
    }

    @Test
    void aStreamThatCannotBeOpenedEndsTheUploadAtOnce() {
        Upload upload = Upload.of("a", 100, () -> {
            throw new UncheckedIOException(new IOException("the disk is gone"));
        });

        assertThatThrownBy(() -> imgur.images().upload(upload).send())
                .isInstanceOf(ImgurException.NoAnswer.class)
                .hasMessageContaining("the disk is gone");
    }

    @Test
    void cancellingAnUploadClosesItsConnection() throws Exception {
        try (EndlessServer endless = new EndlessServer(1, "");
                ImgurClient other = ImgurClient.builder()
                        .clientId("s3cr3tCl13nt1d")
                        .apiUri(endless.uri())
                        .build()) {
            CompletableFuture<?> upload =
                    other.images().upload(Upload.of("a", bytes("moof"))).sendAsync();
            assertThat(endless.wasAsked()).isTrue();

            assertThat(upload.cancel(true)).isTrue();

            assertThat(endless.sawTheClientGo()).isTrue();
        }
    }

    /** Takes its time, and longer in all than an attempt may take: a stream that goes on is no reason to give up. */
    @Test
    void aStreamOfUnknownLengthMayTakeItsTimeAsLongAsItGoesOn() {
        server.enqueue(uploaded());
        try (ImgurClient hasty = hasty()) {
            assertThat(hasty.images()
                            .upload(Upload.of("a", -1, () -> new SlowStream(15)))
                            .send()
                            .id())
                    .isEqualTo("aB3dE5g");
        }
    }

    @Test
    void aTimeoutOfTheCallIsForAllOfItWhateverItsLength() {
        assertThatThrownBy(() -> imgur.images()
                        .upload(Upload.of("a", -1, () -> new SlowStream(100)))
                        .withTimeout(Duration.ofMillis(500))
                        .send())
                .isInstanceOf(ImgurException.NoAnswer.class)
                .hasMessageContaining("no whole answer within 500 ms");
    }

    @Test
    void aStreamOfUnknownLengthThatStallsIsGivenUp() {
        try (ImgurClient hasty = hasty()) {
            assertThatThrownBy(() -> hasty.images()
                            .upload(Upload.of("a", new SlowStream(Integer.MAX_VALUE) {
                                @Override
                                int pieceAfter(int sent) throws IOException {
                                    return sent < 3 ? super.pieceAfter(sent) : paused(Duration.ofSeconds(8));
                                }
                            }))
                            .send())
                    .isInstanceOf(ImgurException.NoAnswer.class)
                    .hasMessageContaining("nothing was sent or answered for 1000 ms");
        }
    }

    @Test
    void streamsThatStallHoldUpNoOtherCall() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(5);
        List<CompletableFuture<Image>> uploads = new ArrayList<>();
        server.setDispatcher(Answers.each(request -> Answers.withCredits(uploaded())));
        imgur.images().get("aB3dE5g").send(); // So that it is known that there are credits.
        try {
            for (int i = 0; i < 5; i++) {
                uploads.add(imgur.images()
                        .upload(Upload.of("a", new SlowStream(Integer.MAX_VALUE) {
                            @Override
                            int pieceAfter(int sent) throws IOException {
                                reading.countDown();
                                try {
                                    goOn.await();
                                } catch (InterruptedException e) {
                                    throw new IOException(e);
                                }
                                return -1;
                            }
                        }))
                        .sendAsync());
            }
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(imgur.images().get("aB3dE5g").sendAsync()).succeedsWithin(Duration.ofSeconds(20));
        } finally {
            goOn.countDown();
            uploads.forEach(upload -> upload.cancel(true));
        }
    }

    private ImgurClient hasty() {
        return ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .requestTimeout(Duration.ofSeconds(1))
                .build();
    }

    /** Gives a piece each tenth of a second. */
    private static class SlowStream extends InputStream {
        private final int pieces;
        private int given;

        SlowStream(int pieces) {
            this.pieces = pieces;
        }

        /** How many bytes the next piece has; −1 after the last. */
        int pieceAfter(int sent) throws IOException {
            return sent < pieces ? paused(Duration.ofMillis(100)) : -1;
        }

        /** A stream that waits is what is tried here. */
        static int paused(Duration pause) throws IOException {
            try {
                if (new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this down");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            return 1000;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int piece = pieceAfter(given++);
            return Math.min(piece, length);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
