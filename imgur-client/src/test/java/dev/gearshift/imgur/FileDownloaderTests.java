package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import dev.gearshift.imgur.DownloadFailedException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FileDownloaderTests {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final byte[] PICTURE = picture(100_000);
    private static final byte[] WITHOUT_END = BaseEncoding.base16().decode("FFD8FFDA00020102030405060708090A");

    private final MockWebServer server = new MockWebServer();
    private final RecordingPauses pauses = new RecordingPauses();
    private FileDownloader downloader;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server.start();
        downloader = builder().build();
    }

    @AfterEach
    void stop() {
        downloader.close();
        server.close();
    }

    private FileDownloader.Builder builder() {
        return FileDownloader.builder()
                .headerTimeout(Duration.ofSeconds(10))
                .stallTimeout(Duration.ofSeconds(10))
                .pauses(pauses)
                .clock(NOON)
                .random(() -> 0.5);
    }

    @Test
    void aFileArrivesWhole() throws Exception {
        server.enqueue(picture());
        Path target = directory.resolve("new/place/a.jpg");

        DownloadedFile file = downloader.download(uri("/a.jpg?1"), target);

        assertThat(file)
                .isEqualTo(
                        new DownloadedFile(target, uri("/a.jpg?1"), PICTURE.length, sha256(PICTURE), "image/jpeg", 1));
        assertThat(target).hasBinaryContent(PICTURE);
        assertThat(files()).containsExactly("new/place/a.jpg");
    }

    @Test
    void theRequestSaysWhoAsksAndForWhat() throws Exception {
        server.enqueue(picture());

        downloader.download(uri("/a.jpg"), target());

        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request.getRequestLine()).isEqualTo("GET /a.jpg HTTP/1.1");
        assertThat(request.getHeaders().get("User-Agent"))
                .matches("gearshift/\\d+\\.\\d+\\.\\d+\\S* \\(\\+java \\S+\\)");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("image/*,video/*;q=0.8,*/*;q=0.5");
        assertThat(request.getHeaders().get("Authorization")).isNull();
        assertThat(request.getHeaders().get("Upgrade")).isNull();
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        server.enqueue(new MockResponse.Builder().body("").build());

        DownloadedFile file = downloader.download(uri("/a"), target());

        assertThat(file.bytes()).isZero();
        assertThat(file.sha256()).isEqualTo(sha256(new byte[0]));
        assertThat(file.contentType()).isNull();
        assertThat(target()).isEmptyFile();
    }

    @Test
    void aBodyOfUnknownLengthIsTaken() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .chunkedBody(new Buffer().write(PICTURE), 1000)
                .build());

        assertThat(downloader.download(uri("/a"), target()).bytes()).isEqualTo(PICTURE.length);
        assertThat(target()).hasBinaryContent(PICTURE);
    }

    @Test
    void anOlderFileIsReplacedInOneStep() throws Exception {
        Files.writeString(target(), "old");
        Files.writeString(directory.resolve("a.jpg.part"), "left by a crash, and longer than nothing");
        server.enqueue(picture());

        downloader.download(uri("/a.jpg"), target());

        assertThat(target()).hasBinaryContent(PICTURE);
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void anOlderFileSurvivesAFailure() throws Exception {
        Files.writeString(target(), "old");
        server.enqueue(status(404));

        assertThatThrownBy(() -> downloader.download(uri("/a.jpg"), target()))
                .isInstanceOf(DownloadFailedException.class);

        assertThat(target()).hasContent("old");
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void manyFilesComeOverFewConnections() throws Exception {
        Set<Integer> connections = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            server.enqueue(picture());
            downloader.download(uri("/a.jpg"), target());
            connections.add(server.takeRequest().getConnectionIndex());
        }
        assertThat(connections).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) throws Exception {
        server.enqueue(status(status));
        server.enqueue(status(status));
        server.enqueue(picture());

        DownloadedFile file = downloader.download(uri("/a.jpg"), target());

        assertThat(file.attempts()).isEqualTo(3);
        assertThat(pauses.all()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304, 400, 401, 403, 404, 410, 418})
    void whatWillNotPassIsNot(int status) throws Exception {
        server.enqueue(new MockResponse.Builder().code(status).build());

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure.reason()).isEqualTo(Reason.STATUS);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.uri()).isEqualTo(uri("/a.jpg"));
        assertThat(failure).hasMessage("Could not download " + uri("/a.jpg") + ": the server answered " + status + ".");
        assertThat(files()).isEmpty();
    }

    @Test
    void overCapacityMayPass() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(403)
                .body("{\"data\":{\"error\":\"Imgur is temporarily over capacity. Please try again later.\"}}")
                .build());
        server.enqueue(picture());

        assertThat(downloader.download(uri("/a.jpg"), target()).attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    7                             | PT7S
                    Wed, 25 Nov 2026 12:00:30 GMT | PT30S
                    """)
    void retryAfterIsObeyed(String value, Duration pause) throws Exception {
        server.enqueue(status(429).newBuilder().setHeader("Retry-After", value).build());
        server.enqueue(picture());

        downloader.download(uri("/a.jpg"), target());

        assertThat(pauses.all()).containsExactly(pause);
    }

    @Test
    void whoAsksForALongWait_isNotAskedAgain() throws Exception {
        server.enqueue(status(429).newBuilder().setHeader("Retry-After", "3600").build());

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure)
                .hasMessage("Could not download " + uri("/a.jpg")
                        + ": the server answered 429 and asks to wait for 3600 s.");
        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void theLastFailureIsThrown() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.enqueue(status(503));
        }

        DownloadFailedException failure = failure("/a.jpg?token=secret");

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(failure)
                .hasMessage("Could not download " + uri("/a.jpg") + "?***: the server answered 503, after 4 attempts.");
        assertThat(files()).isEmpty();
    }

    @Test
    void aTruncatedBodyIsTriedAgain() throws Exception {
        server.enqueue(truncated());
        server.enqueue(picture());

        assertThat(downloader.download(uri("/a.jpg"), target()).attempts()).isEqualTo(2);

        assertThat(target()).hasBinaryContent(PICTURE);
        assertThat(files()).containsExactly("a.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFD8FFDA0002010203", "89504E470D0A1A0A0000000149444154"})
    void aPictureWithoutItsEndIsTakenWhenItComesSoAgain(String hex) throws Exception {
        byte[] picture = BaseEncoding.base16().decode(hex);
        server.enqueue(of(picture));
        server.enqueue(of(picture));

        DownloadedFile file = downloader.download(uri("/a.jpg"), target());

        assertThat(file.attempts()).isEqualTo(2);
        assertThat(file.sha256()).isEqualTo(Hashing.sha256().hashBytes(picture).toString());
        assertThat(target()).hasBinaryContent(picture);
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void aPictureWithoutItsEndIsNoFileIfEachAttemptBringsAnother() throws IOException {
        for (int length = 9; length < 13; length++) {
            server.enqueue(of(Arrays.copyOf(WITHOUT_END, length)));
        }

        assertThat(failure("/a.jpg").reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(files()).isEmpty();
    }

    @Test
    void aPictureWithoutItsEndIsNoFileIfNoLengthWasAnnounced() throws IOException {
        for (int i = 0; i < 4; i++) {
            server.enqueue(new MockResponse.Builder()
                    .addHeader("Content-Type", "image/jpeg")
                    .chunkedBody(new Buffer().write(WITHOUT_END), 7)
                    .build());
        }

        assertThat(failure("/a.jpg").reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(files()).isEmpty();
    }

    @Test
    void aPictureThatOnlyOnceCameWithoutItsEndIsTakenWhole() throws Exception {
        byte[] whole = Bytes.concat(WITHOUT_END, new byte[] {(byte) 0xFF, (byte) 0xD9});
        server.enqueue(of(WITHOUT_END));
        server.enqueue(of(whole));

        downloader.download(uri("/a.jpg"), target());

        assertThat(target()).hasBinaryContent(whole);
    }

    private static MockResponse of(byte[] picture) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "image/jpeg")
                .body(new Buffer().write(picture))
                .build();
    }

    @Test
    void aBodyThatIsAlwaysTruncatedIsNoFile() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.enqueue(truncated());
        }

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure.getMessage())
                .matches("Could not download \\S+: the answer ended after \\d+ of 100000 bytes, after 4 attempts\\.");
        assertThat(files()).isEmpty();
    }

    @Test
    void aBodyThatStallsIsTriedAgain() throws Exception {
        server.enqueue(stalled());
        server.enqueue(picture());

        try (FileDownloader hasty =
                builder().stallTimeout(Duration.ofSeconds(1)).build()) {
            assertThat(hasty.download(uri("/a.jpg"), target()).attempts()).isEqualTo(2);
        }
        assertThat(target()).hasBinaryContent(PICTURE);
    }

    @Test
    void aBodyThatAlwaysStallsIsNoFile() throws Exception {
        server.enqueue(stalled());
        server.enqueue(stalled());

        try (FileDownloader hasty =
                builder().stallTimeout(Duration.ofMillis(150)).maxAttempts(2).build()) {
            DownloadFailedException failure =
                    catchThrowableOfType(DownloadFailedException.class, () -> hasty.download(uri("/a.jpg"), target()));

            assertThat(failure.reason()).isEqualTo(Reason.STALLED);
            assertThat(failure.getMessage())
                    .matches("Could not download \\S+: no more bytes came for 150 ms after \\d+ of 100000 bytes,"
                            + " after 2 attempts\\.");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aSlowBodyThatKeepsComingIsNotStalled() throws Exception {
        server.enqueue(picture()
                .newBuilder()
                .throttleBody(20_000, 700, TimeUnit.MILLISECONDS)
                .build());

        try (FileDownloader hasty =
                builder().stallTimeout(Duration.ofSeconds(2)).build()) {
            assertThat(hasty.download(uri("/a.jpg"), target()).attempts()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAgain() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        server.enqueue(picture());

        try (FileDownloader hasty =
                builder().headerTimeout(Duration.ofSeconds(1)).build()) {
            assertThat(hasty.download(uri("/a.jpg"), target()).attempts()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        try (FileDownloader hasty =
                builder().headerTimeout(Duration.ofMillis(100)).maxAttempts(1).build()) {
            assertThatThrownBy(() -> hasty.download(uri("/a.jpg"), target()))
                    .hasMessage("Could not download " + uri("/a.jpg") + ": no answer came within 100 ms.");
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        URI source = uri("/a.jpg");
        server.close();

        DownloadFailedException failure =
                catchThrowableOfType(DownloadFailedException.class, () -> downloader.download(source, target()));

        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
        assertThat(failure.status()).isZero();
        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(failure.getMessage()).startsWith("Could not download " + source + ": there is no connection to ");
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerIsReplacedOnceAtOnce() throws Exception {
        server.enqueue(broken());
        server.enqueue(picture());

        DownloadedFile file = downloader.download(uri("/a.jpg"), target());

        assertThat(file.attempts()).isEqualTo(1);
        assertThat(pauses.all()).isEmpty();
    }

    @Test
    void connectionsThatAlwaysBreakAreGivenUp() throws Exception {
        server.setDispatcher(Answers.each(request -> broken()));

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION);
        assertThat(failure.attempts()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("broke before an answer came");
        assertThat(pauses.all()).hasSize(3);
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        server.enqueue(redirect(302, "/b.jpg"));
        server.enqueue(redirect(308, uri("/c.jpg").toString()));
        server.enqueue(picture());

        DownloadedFile file = downloader.download(uri("/a.jpg"), target());

        assertThat(file.uri()).isEqualTo(uri("/a.jpg"));
        assertThat(file.attempts()).isEqualTo(1);
        assertThat(targets(3)).containsExactly("/a.jpg", "/b.jpg", "/c.jpg");
    }

    @Test
    void anAttemptAfterARedirectStartsOver() throws Exception {
        server.enqueue(redirect(302, "/b.jpg"));
        server.enqueue(status(503));
        server.enqueue(picture());

        downloader.download(uri("/a.jpg"), target());

        assertThat(targets(3)).containsExactly("/a.jpg", "/b.jpg", "/a.jpg");
    }

    @Test
    void aCircleOfRedirectsEnds() throws Exception {
        for (int i = 0; i < 6; i++) {
            server.enqueue(redirect(302, "/a.jpg"));
        }

        assertThat(failure("/a.jpg").reason()).isEqualTo(Reason.REDIRECT);
        assertThat(server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void aDeletedImageIsToldApartAndItsStandInNotFetched() throws Exception {
        server.enqueue(redirect(302, "/removed.png"));

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure).isInstanceOf(MediaRemovedException.class);
        assertThat(failure.reason()).isEqualTo(Reason.REMOVED);
        assertThat(failure.status()).isEqualTo(302);
        assertThat(failure).hasMessage("Could not download " + uri("/a.jpg") + ": the image was removed from Imgur.");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"})
    void aWebPageIsRefusedByItsType(String type) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", type)
                .body("<p>" + "x".repeat(1_000_000))
                .build());

        assertThat(failure("/a.gifv").reason()).isEqualTo(Reason.WEB_PAGE);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><p>x", "\n  <html lang=en>", "\uFEFF<!doctype HTML>", "<head><title>"})
    void aWebPageIsRefusedByItsFirstBytes(String page) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "image/jpeg")
                .body(page)
                .throttleBody(1, 1, TimeUnit.MILLISECONDS)
                .build());

        DownloadFailedException failure = failure("/a.jpg");

        assertThat(failure.reason()).isEqualTo(Reason.WEB_PAGE);
        assertThat(failure).hasMessageEndingWith(": a web page came instead of a file.");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsNotTriedAgain() throws Exception {
        Files.writeString(directory.resolve("file"), "not a directory");
        server.enqueue(picture());

        DownloadFailedException failure = catchThrowableOfType(
                DownloadFailedException.class,
                () -> downloader.download(uri("/a.jpg"), directory.resolve("file/a.jpg")));

        assertThat(failure.reason()).isEqualTo(Reason.FILE);
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void aTargetThatIsADirectoryWithContentIsAFailure() throws Exception {
        Files.createDirectories(target().resolve("inside"));
        server.enqueue(picture());

        assertThat(failure("/a.jpg").reason()).isEqualTo(Reason.FILE);
        assertThat(directory.resolve("a.jpg.part")).doesNotExist();
    }

    @Test
    void twoDownloadsToOneTargetDoNotMix() throws Exception {
        server.enqueue(stalled());
        server.enqueue(picture());
        CompletableFuture<DownloadedFile> first = downloader.downloadAsync(uri("/a.jpg"), target());

        DownloadFailedException failure = catchThrowableOfType(
                DownloadFailedException.class,
                () -> downloader.download(uri("/b.jpg"), directory.resolve("x/../a.jpg")));
        assertThat(failure.reason()).isEqualTo(Reason.TARGET_BUSY);
        assertThat(server.takeRequest(5, TimeUnit.SECONDS).getTarget()).isEqualTo("/a.jpg");

        first.cancel(true);
        assertThat(downloader.download(uri("/a.jpg"), target()).bytes()).isEqualTo(PICTURE.length);
    }

    @Test
    @Timeout(20)
    void twoDownloadersDoNotMixAtOneTarget() throws Exception {
        server.enqueue(stalled());
        server.enqueue(picture());
        server.enqueue(picture());
        CompletableFuture<DownloadedFile> first = downloader.downloadAsync(uri("/a.jpg"), target());
        while (Files.notExists(directory.resolve("a.jpg.part"))) {
            Thread.onSpinWait();
        }
        try (FileDownloader other = FileDownloader.create()) {
            DownloadFailedException failure =
                    catchThrowableOfType(DownloadFailedException.class, () -> other.download(uri("/b.jpg"), target()));
            assertThat(failure.reason()).isEqualTo(Reason.TARGET_BUSY);
            assertThat(directory.resolve("a.jpg.part")).exists();

            first.cancel(true);
            assertThat(other.download(uri("/b.jpg"), target()).bytes()).isEqualTo(PICTURE.length);
        }
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void aFileThatAnotherProcessDownloadsIsLeftToIt() throws Exception {
        server.enqueue(picture());
        server.enqueue(picture());
        Process other = HoldsPart.start(directory.resolve("a.jpg.part"));
        try {
            assertThat(failure("/a.jpg").reason()).isEqualTo(Reason.TARGET_BUSY);
            assertThat(directory.resolve("a.jpg.part")).exists();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(downloader.download(uri("/a.jpg"), target()).bytes()).isEqualTo(PICTURE.length);
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void manyDownloadsRunAtOnce() throws Exception {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        server.setDispatcher(Answers.each(request -> {
            String file = request.getTarget();
            return file.endsWith("4") && refused.add(file) ? status(503) : picture();
        }));
        List<CompletableFuture<DownloadedFile>> downloads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            downloads.add(downloader.downloadAsync(uri("/" + i), directory.resolve(i + ".jpg")));
        }

        for (CompletableFuture<DownloadedFile> download : downloads) {
            assertThat(download.get(30, TimeUnit.SECONDS).sha256()).isEqualTo(sha256(PICTURE));
        }
        assertThat(files()).hasSize(50).allMatch(name -> name.endsWith(".jpg"));
        assertThat(pauses.all()).as("one for each of those refused").hasSize(refused.size());
        assertThat(refused).hasSize(5);
    }

    @Test
    void aCallbackThatBlocksStopsNoOtherDownload() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        try {
            List<CompletableFuture<?>> blocked = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                server.enqueue(picture());
                blocked.add(downloader
                        .downloadAsync(uri("/" + i), directory.resolve(i + ".jpg"))
                        .thenRun(release::join));
            }
            server.enqueue(picture());

            assertThat(downloader.download(uri("/last"), target()).attempts()).isEqualTo(1);
            assertThat(blocked).noneMatch(CompletableFuture::isDone);
        } finally {
            release.complete(null);
        }
    }

    @Test
    void onlyHttpAddressesAreTaken() {
        for (String source : List.of("ftp://host/a.jpg", "file:///etc/passwd", "a.jpg", "http:///a.jpg")) {
            assertThatThrownBy(() -> downloader.downloadAsync(URI.create(source), target()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Only http and https addresses with a host can be downloaded;");
        }
        assertThatThrownBy(() -> downloader.downloadAsync(uri("/a"), Path.of("/")))
                .hasMessage("The target must name a file; this is /");
    }

    @Test
    void aClosedDownloaderTakesNothing() {
        downloader.close();

        assertThatThrownBy(() -> downloader.downloadAsync(uri("/a.jpg"), target()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This FileDownloader is closed; make a new one.");
    }

    private DownloadFailedException failure(String path) {
        return catchThrowableOfType(DownloadFailedException.class, () -> downloader.download(uri(path), target()));
    }

    private URI uri(String path) {
        return server.url(path).uri();
    }

    private Path target() {
        return directory.resolve("a.jpg");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .toList();
        }
    }

    private List<String> targets(int count) throws InterruptedException {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(server.takeRequest(5, TimeUnit.SECONDS).getTarget());
        }
        return targets;
    }

    private static MockResponse picture() {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "image/jpeg")
                .body(new Buffer().write(PICTURE))
                .build();
    }

    private static MockResponse truncated() {
        return picture()
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
    }

    private static MockResponse stalled() {
        return picture()
                .newBuilder()
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
    }

    private static MockResponse broken() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static MockResponse redirect(int status, String location) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Location", location)
                .body("moved")
                .build();
    }

    private static MockResponse status(int status) {
        return new MockResponse.Builder().code(status).body("status " + status).build();
    }

    private static byte[] picture(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
