package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which Imgur is known to report a failure, over HTTP. */
@Timeout(20)
class ErrorAnswerTests {
    private final MockWebServer server = new MockWebServer();
    private ImgurClient imgur;

    @BeforeEach
    void start() throws Exception {
        server.start();
        imgur = ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .maxAttempts(1)
                .build();
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("1 an error as text", 404, """
                        {"data":{"error":"No image data was found.","request":"/3/image/a","method":"GET"},
                         "success":false,"status":404}""", ImgurException.NotFound.class, null, "No image data was found."),
                shape(
                        "2 an error as an object",
                        400,
                        """
                        {"data":{"error":{"code":1002,"message":"File is over the size limit","type":"ImgurException",
                         "exception":[]}},"success":false,"status":400}""",
                        ImgurException.BadRequest.class,
                        "1002",
                        "File is over the size limit."),
                shape("3 data as text", 500, """
                        {"data":"An error occurred","success":false,"status":500}""", ImgurException.ServerError.class, null, "An error occurred."),
                shape(
                        "4 over capacity, as 403",
                        403,
                        """
                        {"data":{"error":"Imgur is temporarily over capacity. Please try again later."},
                         "success":false,"status":403}""",
                        ImgurException.OverCapacity.class,
                        null,
                        "Imgur is temporarily over capacity. Please try again later."),
                shape("5 JSON:API", 429, """
                        {"errors":[{"id":"legacy-api-1","code":"429","status":"Too Many Requests",
                         "detail":"Slow down"}]}""", ImgurException.RateLimited.class, "429", "Slow down."),
                shape(
                        "5 JSON:API without detail",
                        429,
                        """
                        {"errors":[{"code":"429","status":"Too Many Requests"}]}""",
                        ImgurException.RateLimited.class,
                        "429",
                        "Too Many Requests."),
                shape(
                        "6 a web page",
                        503,
                        "<!DOCTYPE html><html><head><title>503 client\n read error</title></head><body>x</body></html>",
                        ImgurException.ServerError.class,
                        null,
                        "a web page came, \"503 client read error\"."),
                shape(
                        "6 a web page without title",
                        418,
                        "<h1>Error</h1><p>(1024)</p>",
                        ImgurException.UnexpectedAnswer.class,
                        null,
                        "a web page came, \"Error (1024)\"."),
                shape(
                        "6 a web page that says it is over capacity",
                        403,
                        "<html><title>Imgur</title><body>imgur is over capacity!</body></html>",
                        ImgurException.OverCapacity.class,
                        null,
                        "a web page came, \"Imgur\"."),
                shape(
                        "6 a web page in place of an image's data",
                        200,
                        "<html><title>Imgur</title></html>",
                        ImgurException.UnexpectedAnswer.class,
                        null,
                        "a web page came, \"Imgur\"."),
                shape(
                        "6 XML",
                        401,
                        "<?xml version=\"1.0\"?><data><error>Bad id</error></data>",
                        ImgurException.Unauthorized.class,
                        null,
                        "a web page came, \"Bad id\"."),
                shape("7 nothing", 403, "", ImgurException.Forbidden.class, null, "the body is empty."),
                shape(
                        "7 text",
                        500,
                        "upstream connect error",
                        ImgurException.ServerError.class,
                        null,
                        "upstream connect error."),
                shape(
                        "7 an upstream's timeout in an error string",
                        400,
                        """
                        {"data":{"error":"Operation timed out after 10001 milliseconds with 0 bytes received"},
                         "success":false,"status":400}""",
                        ImgurException.ServerError.class,
                        null,
                        "Operation timed out after 10001 milliseconds with 0 bytes received."),
                shape("an error under a status of 200", 200, """
                        {"data":{"error":"Not here"},"success":false,"status":404}""", ImgurException.NotFound.class, null, "Not here."),
                shape("an error that says nothing", 404, """
                        {"data":{"error":{}},"success":false}""", ImgurException.NotFound.class, null, "{}."),
                shape("JSON that ends early", 404, "{\"data\":", ImgurException.NotFound.class, null, "{\"data\":."));
    }

    private static Arguments shape(
            String name,
            int status,
            String body,
            Class<? extends ImgurException> type,
            @Nullable String code,
            String detail) {
        return Arguments.of(name, status, body, type, code, detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void everyShapeIsUnderstood(
            String name,
            int status,
            String body,
            Class<? extends ImgurException> type,
            @Nullable String code,
            String detail) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure).isExactlyInstanceOf(type);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.body()).isEqualTo(body);
        assertThat(failure.requestPath()).isEqualTo("/3/image/a");
        assertThat(failure.rateLimits()).isNull();
        assertThat(failure)
                .hasMessageStartingWith("Imgur answered " + failure.status() + " to GET /3/image/a: " + detail + " ");
    }

    @Test
    void limitsAndRetryAfterComeWithTheFailure() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("X-RateLimit-UserRemaining", "0")
                .setHeader("X-RateLimit-ClientRemaining", "12")
                .setHeader("Retry-After", "90")
                .body("{}")
                .build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(failure.rateLimits()).isEqualTo(new RateLimits(null, 12L, null, 0L, null, null, null, null));
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<title", "<title>", "<title></", "<!-", " ", "<a>"})
    void aHostilePageIsReadInNoTime(String part) {
        String page = "<" + part.repeat((1 << 16) / part.length());
        server.enqueue(new MockResponse.Builder().code(404).body(page).build());
        imgur.images()
                .get("warm-up")
                .sendAsync()
                .handle((value, failure) -> failure)
                .join();
        server.enqueue(new MockResponse.Builder().code(404).body(page).build());
        long began = System.nanoTime();

        assertThatThrownBy(() -> imgur.images().get("a").send()).isInstanceOf(ImgurException.NotFound.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aLongBodyIsCut() {
        server.enqueue(
                new MockResponse.Builder().code(404).body("x".repeat(100_000)).build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("a").send());

        assertThat(failure.body()).hasSize(4097).endsWith("x…");
        assertThat(failure.getMessage()).hasSizeLessThan(400);
    }
}
