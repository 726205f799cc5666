package dev.gearshift.imgur.simulator;

import static dev.gearshift.imgur.simulator.Client.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.DateFormatter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What goes wrong, as a client sees it. */
@Timeout(30)
final class FaultInjectionTests {

    private static final String LISTING = "/3/gallery/hot/viral/0";

    private ImgurSimulator imgur;
    private Client client;
    private ServedImage image;
    private String path;

    @BeforeEach
    void start() {
        imgur = ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(140).withImageBytes(4000));
        client = new Client(imgur.baseUri());
        image = imgur.images().get(0);
        path = image.link().getPath();
    }

    @AfterEach
    void stop() {
        imgur.close();
    }

    private void next(Fault fault) {
        imgur.play(Faults.none().withSlowness(Duration.ofMillis(200)).next(1, fault));
    }

    /** The answer after the fault is a good one, and the fault was counted. */
    private void assertOver(Fault fault) throws Exception {
        assertThat(client.get(path).body()).hasSize(4000);
        assertThat(client.api(LISTING).statusCode()).isEqualTo(200);
        assertThat(imgur.stats().faults()).isEqualTo(Map.of(fault, 1L));
        assertThat(imgur.stats().allFaults()).isEqualTo(1);
        imgur.resetStats();
        assertThat(imgur.stats().faults()).isEmpty();
    }

    @Test
    void aSlowBodyComesInPieces() throws Exception {
        next(Fault.SLOW);
        long start = System.nanoTime();
        assertThat(Sha256.hex(client.get(path).body())).isEqualTo(image.sha256());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
        assertOver(Fault.SLOW);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRUNCATED", "RESET_MIDWAY", "RESET"})
    void anAnswerBreaksOff(Fault fault) throws Exception {
        for (String target : List.of(path, LISTING)) {
            next(fault);
            // Not a GET: the client of the platform asks again by itself after one that was reset.
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.send("POST", target, "Authorization", CLIENT_ID));
        }
    }

    @Test
    void halfOfABodyIsThereBeforeItBreaksOff() throws Exception {
        next(Fault.TRUNCATED);
        byte[] answer = raw("GET " + path);
        assertThat(head(answer)).startsWith("HTTP/1.1 200 OK").contains("content-length: 4000");
        assertThat(body(answer)).hasSize(2000);
        assertOver(Fault.TRUNCATED);
        next(Fault.RESET_MIDWAY);
        assertThatThrownBy(() -> raw("GET " + path)).isInstanceOf(SocketException.class);
        next(Fault.TRUNCATED);
        assertThat(raw("GET " + path + "\r\nIf-None-Match: *")).isEmpty();
    }

    @Test
    void aResetIsAReset() throws Exception {
        next(Fault.RESET);
        assertThatThrownBy(() -> raw("GET " + path)).isInstanceOf(SocketException.class);
        assertThat(imgur.stats().inFlight()).isZero();
        assertThat(imgur.stats().aborted()).isZero();
        assertOver(Fault.RESET);
    }

    /** As where the answer is lost on its way: the caller does not know, and Imgur counts. */
    @Test
    void whatIsResetIsCountedAllTheSame() throws Exception {
        long before = imgur.stats().credits();
        next(Fault.RESET);

        assertThatThrownBy(() -> raw("GET " + LISTING + "\r\nAuthorization: " + CLIENT_ID))
                .isInstanceOf(SocketException.class);

        assertThat(imgur.stats().credits()).isEqualTo(before + 1);
    }

    @Test
    void aWrongLengthLooksComplete() throws Exception {
        next(Fault.WRONG_LENGTH);
        HttpResponse<byte[]> half = client.get(path);
        assertThat(half.statusCode()).isEqualTo(200);
        assertThat(half.body()).hasSize(2000);
        assertThat(imgur.stats().imagesSent()).isZero();
        assertOver(Fault.WRONG_LENGTH);
    }

    @ParameterizedTest
    @EnumSource(names = {"STALLED", "SILENT"})
    void aStalledAnswerWaitsForTheClientToGo(Fault fault) throws Exception {
        next(fault);
        try (Socket socket = connect("GET " + path)) {
            InputStream in = socket.getInputStream();
            if (fault == Fault.STALLED) {
                assertThat(head(in.readNBytes(2000))).startsWith("HTTP/1.1 200");
            }
            while (imgur.stats().allFaults() == 0) {
                Thread.onSpinWait(); // the test's own timeout is the deadline
            }
            assertThat(imgur.stats().inFlight()).isEqualTo(1);
        }
        while (imgur.stats().inFlight() > 0) {
            Thread.onSpinWait();
        }
        assertThat(imgur.stats().aborted()).isEqualTo(1);
        next(fault);
        try (Socket socket = connect("GET " + path)) {
            while (imgur.stats().allFaults() == 1) {
                Thread.onSpinWait();
            }
            imgur.close();
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void tooManyRequestsInThreeForms() throws Exception {
        for (String target : List.of(path, LISTING)) {
            next(Fault.TOO_MANY_REQUESTS);
            HttpResponse<byte[]> plain = client.api(target);
            assertThat(plain.statusCode()).isEqualTo(429);
            assertThat(plain.headers().firstValue("Retry-After")).isEmpty();
            assertThat(plain.headers().firstValue("X-RateLimit-UserRemaining")).isEmpty();
            imgur.play(Faults.none().withRetryAfter(Duration.ofMillis(1500)).next(1, Fault.RETRY_AFTER_SECONDS));
            assertThat(client.api(target).headers().firstValue("Retry-After")).contains("2");
            imgur.play(Faults.none().withRetryAfter(Duration.ofSeconds(60)).next(1, Fault.RETRY_AFTER_DATE));
            String date = client.api(target).headers().firstValue("Retry-After").orElseThrow();
            long wait = DateFormatter.parseHttpDate(date).getTime() - System.currentTimeMillis();
            assertThat(wait).isBetween(50_000L, 61_000L);
        }
        assertThat(imgur.stats().credits()).isZero();
        assertThat(imgur.stats().overBudget()).isZero();
    }

    @Test
    void theShapesOfErrors() throws Exception {
        Map<Fault, Integer> statuses = new EnumMap<>(Fault.class);
        Map<Fault, String> bodies = new EnumMap<>(Fault.class);
        for (Fault fault : List.of(
                Fault.OVER_CAPACITY,
                Fault.ERROR_OBJECT,
                Fault.ERROR_TEXT,
                Fault.UPSTREAM_TIMEOUT,
                Fault.TOO_MANY_REQUESTS,
                Fault.UNAVAILABLE_HTML,
                Fault.CACHE_ERROR,
                Fault.HTML_PAGE,
                Fault.EMPTY_BODY)) {
            next(fault);
            HttpResponse<byte[]> answer = client.api("/3/image/" + image.id());
            statuses.put(fault, answer.statusCode());
            bodies.put(fault, Client.text(answer));
            assertOver(fault);
        }
        assertThat(statuses)
                .isEqualTo(Map.of(
                        Fault.OVER_CAPACITY, 403,
                        Fault.ERROR_OBJECT, 400,
                        Fault.ERROR_TEXT, 500,
                        Fault.UPSTREAM_TIMEOUT, 500,
                        Fault.TOO_MANY_REQUESTS, 429,
                        Fault.UNAVAILABLE_HTML, 503,
                        Fault.CACHE_ERROR, 503,
                        Fault.HTML_PAGE, 200,
                        Fault.EMPTY_BODY, 500));
        assertThat(bodies)
                .containsEntry(
                        Fault.OVER_CAPACITY,
                        "{\"data\":{\"error\":\"Imgur is temporarily over capacity. Please try again later.\"},"
                                + "\"success\":false,\"status\":403}")
                .containsEntry(
                        Fault.ERROR_OBJECT,
                        "{\"data\":{\"error\":{\"code\":1001,\"message\":\"Something is wrong with it.\","
                                + "\"type\":\"ImgurException\",\"exception\":[]},\"request\":\"/3/image/" + image.id()
                                + "\",\"method\":\"GET\"},\"success\":false,\"status\":400}")
                .containsEntry(
                        Fault.ERROR_TEXT,
                        "{\"data\":\"An error occurred. Please try again.\",\"success\":false,\"status\":500}")
                .containsEntry(Fault.EMPTY_BODY, "");
        assertThat(bodies.get(Fault.TOO_MANY_REQUESTS)).startsWith("{\"errors\":[{\"id\":\"legacy-api-");
        assertThat(bodies.get(Fault.UPSTREAM_TIMEOUT)).contains("milliseconds with 0 bytes received", "\"request\"");
        assertThat(bodies.get(Fault.UNAVAILABLE_HTML)).contains("<h1>Imgur is over capacity!");
        assertThat(bodies.get(Fault.CACHE_ERROR)).startsWith("<?xml").contains("503 client read error");
        assertThat(bodies.get(Fault.HTML_PAGE)).contains("Error (1024)");
    }

    @Test
    void anAnswerSaysNothingAboutCredits() throws Exception {
        next(Fault.NO_HEADERS);
        HttpResponse<byte[]> silent = client.form("POST", "/3/album", CLIENT_ID);
        assertThat(silent.statusCode()).isEqualTo(200);
        assertThat(headersOfCredits(silent)).isEmpty();
        assertThat(imgur.stats().credits()).isEqualTo(1);
        assertThat(headersOfCredits(client.form("POST", "/3/album", CLIENT_ID))).hasSize(8);
        assertOver(Fault.NO_HEADERS);
    }

    private static List<String> headersOfCredits(HttpResponse<?> answer) {
        return answer.headers().map().keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN_EXPIRED", "TOKEN_EXPIRED_429"})
    void aTokenExpiresBeforeItsTime(Fault fault) throws Exception {
        String bearer = client.bearer("alice");
        next(fault);
        assertThat(client.api(LISTING).statusCode()).isEqualTo(200);
        assertThat(client.api(LISTING, bearer).statusCode()).isEqualTo(fault == Fault.TOKEN_EXPIRED ? 401 : 429);
        assertThat(client.api(LISTING, bearer).statusCode()).isEqualTo(401);
        assertThat(client.api(LISTING, client.bearer("alice")).statusCode()).isEqualTo(200);
        assertOver(fault);
    }

    @Test
    void aServerWithoutRangesSendsAll() throws Exception {
        next(Fault.NO_RANGE);
        assertThat(client.get(path).headers().firstValue("Accept-Ranges")).contains("bytes");
        HttpResponse<byte[]> whole = client.get(path, "Range", "bytes=100-");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Accept-Ranges")).isEmpty();
        assertThat(Sha256.hex(whole.body())).isEqualTo(image.sha256());
        assertOver(Fault.NO_RANGE);
    }

    @Test
    void theContentChangesBetweenRanges() throws Exception {
        ImgurSimulator large =
                ImgurSimulator.start(SimulatorSettings.defaults().withImages(4).withImageBytes(20_000));
        try (large) {
            Client other = new Client(large.baseUri());
            ServedImage first = large.images().get(0);
            String link = first.link().getPath();
            HttpResponse<byte[]> begin = other.get(link, "Range", "bytes=0-99");
            String etag = begin.headers().firstValue("ETag").orElseThrow();
            large.play(Faults.none().next(2, Fault.CHANGED));
            HttpResponse<byte[]> blind = other.get(link, "Range", "bytes=100-199");
            assertThat(blind.statusCode()).isEqualTo(206);
            assertThat(blind.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(etag));
            assertThat(blind.headers().firstValue("Content-Range").orElseThrow())
                    .doesNotEndWith("/" + first.bytes());
            HttpResponse<byte[]> guarded = other.get(link, "Range", "bytes=100-", "If-Range", etag);
            assertThat(guarded.statusCode()).isEqualTo(200);
            assertThat(Sha256.hex(guarded.body())).isNotEqualTo(first.sha256());
            assertThat(ImageIO.read(new ByteArrayInputStream(guarded.body()))).isNotNull();
            assertThat(other.get(link, "Range", "bytes=100-", "If-Range", etag).statusCode())
                    .isEqualTo(206);
        }
        next(Fault.CHANGED);
        HttpResponse<byte[]> sameLengths = client.get(path, "Range", "bytes=0-");
        assertThat(sameLengths.body().length).isNotEqualTo(4000);
    }

    @Test
    void imagesThatAreNotWhatWasAskedFor() throws Exception {
        next(Fault.REMOVED);
        HttpResponse<byte[]> removed = client.get(path);
        assertThat(removed.statusCode()).isEqualTo(302);
        assertThat(removed.headers().firstValue("Location")).contains(imgur.baseUri() + "/removed.png");
        assertOver(Fault.REMOVED);
        Set<String> etags = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            next(Fault.REGION_BLOCKED);
            HttpResponse<byte[]> blocked =
                    client.get(imgur.images().get(i).link().getPath());
            assertThat(blocked.statusCode()).isEqualTo(200);
            assertThat(blocked.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(ImageIO.read(new ByteArrayInputStream(blocked.body())).getWidth())
                    .isEqualTo(320);
            etags.add(blocked.headers().firstValue("ETag").orElseThrow());
        }
        assertThat(etags).hasSize(1);
        next(Fault.HTML_IMAGE);
        HttpResponse<byte[]> page = client.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void theGalleryShiftsWhilePaging() throws Exception {
        imgur.play(Faults.none().next(1000, Fault.SHIFTED));
        List<String> seen = new ArrayList<>();
        JsonNode page;
        int pages = 0;
        do {
            page = client.data("/3/gallery/hot/viral/" + pages++);
            page.forEach(item -> seen.add(item.get("id").asString()));
        } while (!page.isEmpty());
        assertThat(imgur.stats().faults()).isEqualTo(Map.of(Fault.SHIFTED, pages - 1L));
        assertThat(seen).hasSizeGreaterThan(new HashSet<>(seen).size());
        assertThat(seen)
                .containsAll(imgur.images().stream().map(ServedImage::id).toList());
        JsonNode first = client.data("/3/gallery/hot/viral/0").get(0);
        assertThat(seen).doesNotContain(first.get("id").asString());
        assertThat(client.get(first.get("link").asString()).statusCode()).isEqualTo(200);
        assertThat(client.data("/3/gallery/" + first.get("id").asString()).get("id"))
                .isEqualTo(first.get("id"));
        for (int i = 0; i < 100; i++) {
            client.api("/3/gallery/hot/viral/1");
        }
        assertThat(imgur.stats().faults())
                .isEqualTo(Map.of(Fault.SHIFTED, (long) Gallery.MAX_NEWCOMERS / Gallery.SHIFT));
        assertThat(client.data("/3/gallery/random/random")).hasSize(169 + Gallery.MAX_NEWCOMERS);
    }

    @Test
    void aScriptIsPlayedOverHttpToo() throws Exception {
        HttpResponse<byte[]> played =
                client.send("POST", "/simulator/faults", BodyPublishers.ofString("next 2 /3/image over-capacity"));
        assertThat(Client.text(played)).isEqualTo("seed 1, next 2 /3/image over-capacity\n");
        assertThat(client.get("/simulator/faults").body()).isEqualTo(played.body());
        for (int status : new int[] {403, 403, 200}) {
            assertThat(client.api("/3/image/" + image.id()).statusCode()).isEqualTo(status);
        }
        HttpResponse<byte[]> bad = client.send("POST", "/simulator/faults", BodyPublishers.ofString("often reset"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(Client.text(bad)).startsWith("The fault script stops making sense at 'often reset'.");
        assertThat(Client.json(client.get("/stats"))
                        .get("faults")
                        .get("over-capacity")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void countsAreExactWithThirtyTwoClientsAtOnce() throws Exception {
        imgur.play(Faults.seed(3)
                .next(100, "/3/image", Fault.OVER_CAPACITY)
                .rate(0.2, "/3/image", Fault.UNAVAILABLE_HTML, Fault.ERROR_TEXT));
        Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                running.add(threads.submit(() -> {
                    for (int call = 0; call < 15; call++) {
                        int status = client.api(
                                        "/3/image/" + imgur.images().get(call).id())
                                .statusCode();
                        statuses.computeIfAbsent(status, key -> new AtomicInteger())
                                .incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        SimulatorStats stats = imgur.stats();
        assertThat(stats.faults().get(Fault.OVER_CAPACITY)).isEqualTo(100);
        assertThat(stats.faults())
                .isEqualTo(Map.of(
                        Fault.OVER_CAPACITY, count(statuses, 403),
                        Fault.UNAVAILABLE_HTML, count(statuses, 503),
                        Fault.ERROR_TEXT, count(statuses, 500)));
        assertThat(count(statuses, 200)).isEqualTo(480 - stats.allFaults()).isEqualTo(stats.credits());
    }

    private static long count(Map<Integer, AtomicInteger> statuses, int status) {
        AtomicInteger count = statuses.get(status);
        return count == null ? 0 : count.get();
    }

    private Socket connect(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", imgur.baseUri().getPort());
        String[] lines = request.split("\r\n", 2);
        String text = lines[0] + " HTTP/1.1\r\n" + (lines.length > 1 ? lines[1] + "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private byte[] raw(String request) throws IOException {
        try (Socket socket = connect(request)) {
            return socket.getInputStream().readAllBytes();
        }
    }

    private static int end(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    }

    private static String head(byte[] answer) {
        return new String(answer, 0, end(answer), StandardCharsets.ISO_8859_1);
    }

    private static byte[] body(byte[] answer) {
        return Arrays.copyOfRange(answer, end(answer) + 4, answer.length);
    }
}
