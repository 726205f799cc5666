package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gearshift.imgur.EndpointTable.Row;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each endpoint of the {@link EndpointTable} against a server that records what it is asked. */
@Timeout(20)
class EndpointTests {
    static final List<Class<?>> GROUPS = List.of(
            ImgurClient.class,
            ImageEndpoints.class,
            AlbumEndpoints.class,
            GalleryEndpoints.class,
            TagEndpoints.class,
            AccountEndpoints.class,
            CommentEndpoints.class,
            OAuthEndpoints.class);

    private final MockWebServer server = new MockWebServer();
    private final RecordingPauses pauses = new RecordingPauses();
    private ImgurClient imgur;

    @BeforeEach
    void start() throws Exception {
        server.start();
        imgur = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .clientSecret("cl13ntS3cr3t")
                .tokens(ImgurTokens.of("acc3ssT0ken", "r3fr3shT0ken"))
                .apiUri(server.url("/3/").uri())
                .pauses(pauses)
                .random(() -> 0.5)
                .build();
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    static List<Row> rows() {
        return EndpointTable.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void sendsExactlyThisAndReadsTheAnswer(Row row) throws Exception {
        server.enqueue(answer(200, Fixtures.text(row.fixture())));

        ImgurAnswer<?> answer = row.call().apply(imgur).answer();

        row.check().accept(answer.value());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.body()).isEqualTo(Fixtures.text(row.fixture()));
        assertAsked(row);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void doesTheSameWithoutWaiting(Row row) throws Exception {
        server.enqueue(answer(200, Fixtures.text(row.fixture())));

        Object value = row.call().apply(imgur).sendAsync().get(30, TimeUnit.SECONDS);

        row.check().accept(value);
        assertAsked(row);
    }

    /** Without tokens the application asks, and without tokens no user can. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rowsOfAnApplication")
    void isAskedByAnApplicationToo(Row row) throws Exception {
        server.enqueue(answer(200, Fixtures.text(row.fixture())));
        try (ImgurClient nobody = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .build()) {
            row.check().accept(row.call().apply(nobody).send());
        }

        assertAsked(row, "Client-ID s3cr3tCl13nt1d");
    }

    static List<Row> rowsOfAnApplication() {
        try (ImgurClient any = EndpointTable.client()) {
            List<Row> rows = rows().stream()
                    .filter(row -> row.call().apply(any).address().endpoint().access() == Endpoint.Access.APPLICATION)
                    .toList();
            assertThat(rows).hasSizeBetween(rows().size() / 2, rows().size() - 2);
            return rows;
        }
    }

    private void assertAsked(Row row) throws InterruptedException {
        assertAsked(row, row.line().endsWith("/oauth2/token") ? null : "Bearer acc3ssT0ken");
    }

    private void assertAsked(Row row, @Nullable String authorization) throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request.getMethod() + " " + request.getTarget()).isEqualTo(row.line());
        assertThat(request.getHeaders().get("Authorization")).isEqualTo(authorization);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("gearshift/");
        assertThat(request.getHeaders().get("Upgrade")).isNull();
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        String type = request.getHeaders().get("Content-Type");
        if (row.body().equals("multipart")) {
            assertThat(type).startsWith("multipart/form-data; boundary=");
            assertThat(request.getHeaders().get("Content-Length")).isEqualTo(Integer.toString(body.length()));
        } else {
            assertThat(body).isEqualTo(row.body());
            assertThat(type).isEqualTo(body.isEmpty() ? null : "application/x-www-form-urlencoded");
        }
    }

    /** An answer that leaves open whether the call was carried out: only what can be repeated is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isTriedAgainAfterAFailureOfTheServerUnlessItPosts(Row row) {
        server.enqueue(answer(503, Fixtures.text("basic-boolean")));
        server.enqueue(answer(200, Fixtures.text(row.fixture())));
        ImgurRequest<?> request = row.call().apply(imgur);
        boolean again = request.repeatable() || request.endpoint().equals("POST /oauth2/token");

        if (again) {
            row.check().accept(request.send());
        } else {
            assertThatThrownBy(request::send).isInstanceOf(ImgurException.ServerError.class);
            row.check().accept(request.withRetryOfPosts(true).send());
        }

        assertThat(request.repeatable()).isEqualTo(!row.line().startsWith("POST"));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    /** An answer that says that the call was turned away: posts, too, are sent again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isTriedAgainAfterBeingTurnedAwayForCapacity(Row row) {
        server.enqueue(new MockResponse.Builder()
                .code(403)
                .body("{\"data\":{\"error\":\"Imgur is temporarily over capacity. Please try again later.\"},"
                        + "\"success\":false,\"status\":403}")
                .build());
        server.enqueue(answer(200, Fixtures.text(row.fixture())));

        row.check().accept(row.call().apply(imgur).send());

        assertThat(pauses.all()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void failsTypedAndNamesWhatWasAskedWithoutItsSecrets(Row row) {
        server.enqueue(new MockResponse.Builder()
                .code(404)
                .body("{\"data\":{\"error\":\"Unable to find " + EndpointTable.HASH
                        + "\",\"request\":\"/3/x\",\"method\":\"GET\"},\"success\":false,\"status\":404}")
                .build());
        ImgurRequest<?> request = row.call().apply(imgur);

        ImgurException failure = catchThrowableOfType(ImgurException.class, request::send);

        assertThat(failure).isInstanceOf(ImgurException.NotFound.class);
        assertThat(failure.requestMethod())
                .isEqualTo(row.line().substring(0, row.line().indexOf(' ')));
        if (row.line().contains(EndpointTable.HASH)) {
            assertThat(failure.requestPath()).contains("***");
            assertThat(failure.getMessage() + failure.body() + failure + request)
                    .doesNotContain(EndpointTable.HASH);
        }
    }

    @Test
    void everyMethodHasARow() {
        Set<String> listed = rows().stream().map(Row::method).collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = GROUPS.stream()
                .flatMap(EndpointTests::calls)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(there);
    }

    static Stream<Method> calls(Class<?> group) {
        return Stream.of(group.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method ->
                        method.getReturnType() == ImgurRequest.class || method.getReturnType() == ImgurPages.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, image, 10",
        "POST, image/, 10",
        "POST, upload, 10",
        "POST, image.json, 10",
        "POST, image/abc1234, 1",
        "POST, image/abc1234/favorite, 1",
        "GET, image/upload, 1",
        "PUT, image, 1",
        "GET, credits, 1"
    })
    void otherCallsCostWhatImgurTakes(String method, String path, int cost) {
        assertThat(imgur.other(method, path, Map.of()).cost()).isEqualTo(cost);
    }

    @Test
    void whatNeedsAUserIsNotSentWithoutOne() {
        try (ImgurClient nobody = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .build()) {
            assertThatThrownBy(() -> nobody.images().favorite("abc1234").send())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("POST /3/image/{id}/favorite needs a signed-in user: give the client tokens(…), see"
                            + " ImgurClient.Builder.");
            assertThatThrownBy(() -> nobody.oauth().refresh()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> imgur.images().get("..")).hasMessage("The id is \"..\", which names nothing");
        assertThatThrownBy(() -> imgur.images().update("a", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> imgur.accounts().favorites("me", ListOrder.BEST))
                .hasMessage("Favorites are sorted by ListOrder.NEWEST or ListOrder.OLDEST, not by ListOrder.BEST");
        assertThatThrownBy(() -> imgur.gallery().subreddit("a", Sort.VIRAL, Window.DAY))
                .hasMessage("Subreddits are sorted by Sort.TIME or Sort.TOP, not by Sort.VIRAL");
        assertThatThrownBy(() -> GallerySearch.query("cats").of(GallerySearch.Kind.GIF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> imgur.gallery().random().withPerPage(10))
                .hasMessage("Imgur heeds no page size for GET /3/gallery/random/random/{page}");
        assertThatThrownBy(() -> imgur.accounts().albums("me").withPerPage(101))
                .hasMessage("A page has 1 to 100 items; this is 101");
        assertThatThrownBy(() -> imgur.comments().create("a", " ")).hasMessage("The comment is blank");
        assertThatThrownBy(() -> imgur.other("PATCH", "image", Map.of()))
                .hasMessage("The method must be one of [GET, POST, PUT, DELETE]; this is PATCH");
        assertThatThrownBy(() -> imgur.other("GET", "/image?x", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.getRequestCount()).isZero();
    }
}
