package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.IMAGE;
import static dev.gearshift.imgur.Answers.answer;
import static dev.gearshift.imgur.Answers.stalled;
import static dev.gearshift.imgur.Answers.stalling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.Image;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ImgurClientTests {
    private static final String CLIENT_ID = "s3cr3tCl13nt1d";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

    private final MockWebServer server = new MockWebServer();
    private final RecordingPauses pauses = new RecordingPauses();
    private ImgurClient imgur;

    @BeforeEach
    void start() throws Exception {
        server.start();
        imgur = builder().build();
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    private ImgurClient.Builder builder() {
        return ImgurClient.builder()
                .clientId(CLIENT_ID)
                .apiUri(server.url("/3/").uri())
                .requestTimeout(Duration.ofSeconds(10))
                .pauses(pauses)
                .clock(NOON)
                .random(() -> 0.5);
    }

    @Test
    void imageIsAskedForByItsId() throws Exception {
        server.enqueue(answer(200, IMAGE));

        assertThat(imgur.images().get("abc1234").send().id()).isEqualTo("abc1234");

        assertAsked("/3/image/abc1234");
    }

    @Test
    void albumIsAskedForByItsId() throws Exception {
        server.enqueue(answer(200, "{\"data\": {\"id\": \"Zy9xW\", \"images\": [{\"id\": \"abc1234\"}]}}"));

        assertThat(imgur.albums().get("Zy9xW").send().images())
                .extracting(Image::id)
                .containsExactly("abc1234");

        assertAsked("/3/album/Zy9xW");
    }

    private void assertAsked(String path) throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget()).isEqualTo(path);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Client-ID " + CLIENT_ID);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent"))
                .matches("gearshift/\\d+\\.\\d+\\.\\d+\\S* \\(\\+java \\S+\\)");
        assertThat(request.getHeaders().get("Upgrade")).isNull();
        assertThat(request.getBodySize()).isZero();
    }

    @Test
    void galleryHoldsImagesAndAlbums() {
        server.enqueue(
                answer(200, "{\"data\": [{\"id\": \"a\", \"is_album\": false}, {\"id\": \"b\", \"is_album\": true}]}"));

        assertThat(imgur.gallery()
                        .section(Section.HOT, Sort.VIRAL, Window.DAY)
                        .page(0)
                        .send())
                .<Object>extracting(Object::getClass)
                .containsExactly(GalleryImage.class, GalleryAlbum.class);
    }

    @Test
    void theApplicationNamesItselfLast() throws Exception {
        try (ImgurClient named = builder().userAgent("my-app/1.2").build()) {
            server.enqueue(answer(200, IMAGE));
            named.images().get("a").send();
        }
        assertThat(server.takeRequest().getHeaders().get("User-Agent")).endsWith(") my-app/1.2");
    }

    @Test
    void anApiAddressNeedsNoSlash() throws Exception {
        try (ImgurClient other = builder().apiUri(server.url("/v3").uri()).build()) {
            server.enqueue(answer(200, IMAGE));
            other.images().get("a").send();
        }
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v3/image/a");
    }

    @Test
    void anInjectedClientIsUsedAndStaysOpen() {
        HttpClient own = HttpClient.newHttpClient();
        for (int i = 0; i < 2; i++) {
            try (ImgurClient other = builder().httpClient(own).build()) {
                server.enqueue(answer(200, IMAGE));
                assertThat(other.images().get("a").send().id()).isEqualTo("abc1234");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 429})
    void whatMayPassIsTriedAgain(int status) {
        server.enqueue(answer(status, "{}"));
        server.enqueue(answer(status, "{}"));
        server.enqueue(answer(200, IMAGE));

        assertThat(imgur.images().get("a").send().id()).isEqualTo("abc1234");

        assertThat(pauses.all()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 418})
    void whatWillNotPassIsNot(int status) {
        server.enqueue(answer(status, "{}"));

        assertThatThrownBy(() -> imgur.images().get("a").send()).isInstanceOf(ImgurException.class);

        assertThat(pauses.all()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    7                             | PT7S
                    Wed, 25 Nov 2026 12:00:30 GMT | PT30S
                    """)
    void retryAfterIsObeyed(String value, Duration pause) {
        server.enqueue(
                answer(429, "{}").newBuilder().setHeader("Retry-After", value).build());
        server.enqueue(answer(200, IMAGE));

        imgur.images().get("a").send();

        assertThat(pauses.all()).containsExactly(pause);
    }

    @Test
    void whoAsksForALongWait_isNotAskedAgain() {
        server.enqueue(
                answer(429, "{}").newBuilder().setHeader("Retry-After", "3600").build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(pauses.all()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theLastFailureIsThrown() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer(503, "{\"data\": \"Down for now.\"}"));
        }

        assertThatThrownBy(() -> imgur.images().get("a").send())
                .isInstanceOf(ImgurException.ServerError.class)
                .hasMessage("Imgur answered 503 to GET /3/image/a: Down for now."
                        + " The fault is on Imgur's side; try again later.");
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void anApplicationWithoutCreditsStopsAtOnce() {
        server.enqueue(answer(429, "{}")
                .newBuilder()
                .setHeader("X-RateLimit-ClientRemaining", "0")
                .build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("stop until tomorrow");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void limitsAreReadFromEveryAnswerThatTellsThem() {
        assertThat(imgur.rateLimits()).isNull();
        server.enqueue(answer(200, IMAGE)
                .newBuilder()
                .setHeader("X-RateLimit-ClientLimit", "12500")
                .setHeader("X-RateLimit-ClientRemaining", "12499")
                .setHeader("X-RateLimit-UserLimit", "500")
                .setHeader("X-RateLimit-UserRemaining", "498")
                .setHeader("X-RateLimit-UserReset", "1764072000")
                .setHeader("X-Post-Rate-Limit-Limit", "1250")
                .setHeader("X-Post-Rate-Limit-Remaining", "1249")
                .setHeader("X-Post-Rate-Limit-Reset", "3600")
                .build());
        server.enqueue(answer(200, IMAGE));

        imgur.images().get("a").send();
        imgur.images().get("a").send();

        assertThat(imgur.rateLimits())
                .isEqualTo(new RateLimits(
                        12500L,
                        12499L,
                        500L,
                        498L,
                        Instant.ofEpochSecond(1_764_072_000),
                        1250L,
                        1249L,
                        NOON.instant().plusSeconds(3600)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"data\": [", "<html><title>Error (1024)</title></html>"})
    void whatCannotBeReadIsAskedForAgain(String body) {
        server.enqueue(answer(200, body));
        server.enqueue(answer(200, body));
        server.enqueue(answer(200, IMAGE));

        assertThat(imgur.images().get("a").send().id()).isEqualTo("abc1234");

        assertThat(pauses.all()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void whatCannotBeReadInTheEndIsUnexpected() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer(200, "{\"data\": ["));
        }

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure)
                .isInstanceOf(ImgurException.UnexpectedAnswer.class)
                .hasMessage("Imgur answered 200 to GET /3/image/a: the body is not a JSON object."
                        + " See body() for what came, and check the API address.");
        assertThat(failure.body()).isEqualTo("{\"data\": [");
        assertThat(failure.retryable()).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aPageThatCannotBeReadEndsNoWalk() {
        server.enqueue(answer(200, "{\"data\": [{\"id\": \"a\"}], \"success\""));
        server.enqueue(answer(200, "{\"data\": [{\"id\": \"a\"}]}"));
        server.enqueue(answer(200, "<html><title>Error (1024)</title></html>"));
        server.enqueue(answer(200, "{\"data\": []}"));

        assertThat(imgur.gallery().random().stream()).hasSize(1);
    }

    @Test
    void aPostWhoseAnswerCannotBeReadIsNotSentAgain() {
        server.enqueue(answer(200, "{\"data\": {\"id\""));

        assertThatThrownBy(() -> imgur.albums().create(AlbumDetails.empty()).send())
                .isInstanceOf(ImgurException.UnexpectedAnswer.class);

        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"success\": true}", "{\"data\": true}", "{\"data\": {}}"})
    void whatIsNoAnswerIsUnexpected(String body) {
        server.enqueue(answer(200, body));

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure).isInstanceOf(ImgurException.UnexpectedAnswer.class);
        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure.body()).isEqualTo(body);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(answer(200, IMAGE));

        assertThat(imgur.images().get("a").send().id()).isEqualTo("abc1234");
    }

    @Test
    void aTruncatedAnswerIsTriedAgain() {
        server.enqueue(answer(200, IMAGE)
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(answer(200, IMAGE));

        assertThat(imgur.images().get("a").send().id()).isEqualTo("abc1234");
        assertThat(pauses.all()).hasSize(1);
    }

    @Test
    void aSilentServerIsNotWaitedFor() {
        server.enqueue(stalled());
        try (ImgurClient hasty =
                builder().requestTimeout(Duration.ofMillis(50)).maxAttempts(1).build()) {
            assertThatThrownBy(() -> hasty.images().get("a").send())
                    .isInstanceOf(ImgurException.NoAnswer.class)
                    .hasMessage("Imgur did not answer GET /3/image/a: no whole answer within 50 ms."
                            + " Check the network and the API address, and try again.");
        }
    }

    @Test
    void aServerThatIsNotThereGivesNoAnswer() {
        server.close();

        ImgurException.NoAnswer failure = catchThrowableOfType(
                ImgurException.NoAnswer.class, () -> imgur.images().get("a").send());

        assertThat(failure.status()).isZero();
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.wentOut()).isFalse();
        assertThat(pauses.all()).hasSize(2);
        assertThat(imgur.creditsSpent()).isZero();
    }

    @Test
    void anInterruptTakesTheRequestBack() throws Exception {
        CountDownLatch asked = stall();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                imgur.images().get("a").send();
            } catch (ImgurException e) {
                flag.complete(Thread.currentThread().isInterrupted());
                thrown.complete(e);
            }
        });
        caller.start();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ImgurException.NoAnswer.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag.get()).isTrue();
    }

    @Test
    void anInterruptedThreadSendsNothing() {
        Thread.currentThread().interrupt();

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .isInstanceOf(ImgurException.NoAnswer.class)
                .hasCauseInstanceOf(InterruptedException.class)
                .hasMessage("Imgur did not answer GET /3/image/a: the call was given up."
                        + " The calling thread was interrupted, and still is.");
        assertThat(imgur.creditsSpent()).isZero();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void closingEndsTheCallsUnderWay() throws Exception {
        CountDownLatch asked = stall();
        CompletableFuture<Image> call =
                CompletableFuture.supplyAsync(() -> imgur.images().get("a").send());
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        imgur.close();

        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ImgurException.NoAnswer.class);
        assertThatThrownBy(() -> imgur.images().get("a").send())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This ImgurClient is closed; make a new one.");
    }

    private CountDownLatch stall() {
        CountDownLatch asked = new CountDownLatch(1);
        server.setDispatcher(stalling(asked));
        return asked;
    }

    @Test
    void wrongArgumentsNeverReachImgur() {
        assertThatThrownBy(() -> imgur.gallery().random().page(-1).send()).hasMessage("Pages count from 0; this is -1");
        assertThatThrownBy(() -> imgur.images().get(" ").send()).hasMessage("The id is blank");
        assertThatThrownBy(() -> imgur.gallery()
                        .section(Section.HOT, Sort.RISING, Window.DAY)
                        .page(0)
                        .send())
                .hasMessage("Sort.RISING works with Section.USER only, not with Section.HOT");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aMissingIdIsExplained() {
        assertThatThrownBy(() -> ImgurClient.fromEnvironment(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "IMGUR_CLIENT_ID is not set: set it to the client id of an Imgur application, or do without,"
                                + " as Imgur has given out no new ids since about June 2025: lists of URLs and the simulator"
                                + " work without one.");
        assertThatThrownBy(() -> ImgurClient.builder().build()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theIdOfTheEnvironmentIsTaken() {
        try (ImgurClient client = ImgurClient.fromEnvironment(Map.of("IMGUR_CLIENT_ID", CLIENT_ID))) {
            assertThat(client).hasToString("ImgurClient[https://api.imgur.com/3/]");
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> ImgurClient.builder().clientId("two\nlines"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("two");
        assertThatThrownBy(() -> ImgurClient.builder().apiUri(URI.create("ftp://host/")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ImgurClient.builder().maxAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ImgurClient.builder().requestTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 429, 500})
    void theClientIdIsInNothingThatIsPrinted(int status) {
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer(
                    status,
                    "{\"data\": {\"error\": {\"code\": \"" + CLIENT_ID + "\", \"message\": \"Bad client " + CLIENT_ID
                            + "\"}}, \"success\": false, \"id\": \"" + CLIENT_ID + "\"}"));
        }

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(CLIENT_ID);
        assertThat(failure.body()).doesNotContain(CLIENT_ID).contains("***");
        assertThat(failure.code()).isEqualTo("***");
        assertThat(imgur.toString()).doesNotContain(CLIENT_ID);
    }
}
