package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.IMAGE;
import static dev.gearshift.imgur.Answers.answer;
import static dev.gearshift.imgur.Answers.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that are turned away are renewed, once for all calls. */
@Timeout(20)
class OAuthTests {
    private final MockWebServer server = new MockWebServer();
    private final ManualTime time = new ManualTime();
    private final List<ImgurTokens> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();

    /** The token that the server takes. */
    private volatile String good = "n3wAcc3ssT0ken";

    private volatile MockResponse refusal = answer(401, "{\"data\":{\"error\":\"The access token is invalid.\"}}");
    private volatile MockResponse refresh = answer(200, Fixtures.text("tokens"));
    private ImgurClient imgur;

    @BeforeEach
    void start() throws Exception {
        server.setDispatcher(each(request -> {
            if (request.getTarget().equals("/oauth2/token")) {
                refreshes.incrementAndGet();
                return refresh;
            }
            return ("Bearer " + good).equals(request.getHeaders().get("Authorization")) ? answer(200, IMAGE) : refusal;
        }));
        server.start();
        imgur = client(ImgurTokens.of("oldAcc3ssT0ken", "r3fr3shT0ken"));
    }

    @AfterEach
    void stop() {
        imgur.close();
        server.close();
    }

    private ImgurClient client(ImgurTokens tokens) {
        return ImgurClient.builder()
                .clientId("s3cr3tCl13nt1d")
                .clientSecret("cl13ntS3cr3t")
                .tokens(tokens)
                .onNewTokens(told::add)
                .apiUri(server.url("/3/").uri())
                .pauses(time)
                .clock(time)
                .random(() -> 0.5)
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"data":{"error":"The access token provided is invalid."},"success":false,"status":401}
            403 | {"data":{"error":"The access token provided has expired."},"success":false,"status":403}
            429 | {"data":{"error":"Too many requests"},"success":false,"status":429}
            """)
    void aTokenThatIsTurnedAwayIsRenewedAndTheCallSentAgain(int status, String body) throws Exception {
        refusal = answer(status, body);

        assertThat(imgur.images().get("abc1234").send().id()).isEqualTo("abc1234");

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer oldAcc3ssT0ken");
        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getMethod() + " " + asked.getTarget()).isEqualTo("POST /oauth2/token");
        assertThat(asked.getHeaders().get("Authorization")).isNull();
        assertThat(asked.getBody().utf8())
                .isEqualTo("refresh_token=r3fr3shT0ken&client_id=s3cr3tCl13nt1d&client_secret=cl13ntS3cr3t"
                        + "&grant_type=refresh_token");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer n3wAcc3ssT0ken");
    }

    @Test
    void theApplicationIsToldTheNewTokens() {
        imgur.images().get("abc1234").send();

        assertThat(told)
                .containsExactly(new ImgurTokens(
                        "n3wAcc3ssT0ken", "n3wR3freshT0ken", time.instant().plusSeconds(315_360_000), "someone"));
        assertThat(told.toString()).doesNotContain("T0ken");
    }

    @Test
    void manyCallsAtOnceRenewOnce() throws Exception {
        good = "oldAcc3ssT0ken";
        imgur.images().get("abc1234").send();
        good = "n3wAcc3ssT0ken";
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(imgur.images().get("abc1234").sendAsync());
        }

        for (CompletableFuture<?> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }

        assertThat(refreshes).hasValue(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void whatIsTurnedAwayAgainFails() {
        good = "nobodyKnowsThis";

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.Unauthorized.class);
        assertThat(refreshes).hasValue(1);
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.class);
        assertThat(refreshes).as("just renewed: the token is not to blame").hasValue(1);
    }

    @Test
    void aForbiddenThingIsNoReasonToRenew() {
        refusal = answer(403, "{\"data\":{\"error\":\"You are not allowed to do this.\"}}");

        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.class);

        assertThat(refreshes).hasValue(0);
    }

    @Test
    void aLimitIsNoReasonToRenewATokenThatIsKnownToBeGood() {
        refusal = answer(429, "{}");
        try (ImgurClient other = client(
                new ImgurTokens("oldAcc3ssT0ken", "r3fr3shT0ken", time.instant().plus(Duration.ofDays(9)), null))) {
            assertThatThrownBy(() ->
                            other.images().get("abc1234").withMaxAttempts(1).send())
                    .isInstanceOf(ImgurException.class);
        }
        assertThat(refreshes).hasValue(0);
    }

    @Test
    void aTokenThatHasExpiredIsNotEvenSent() throws Exception {
        try (ImgurClient other = client(
                new ImgurTokens("oldAcc3ssT0ken", "r3fr3shT0ken", time.instant().plusSeconds(20), null))) {
            other.images().get("abc1234").send();
        }
        assertThat(server.takeRequest().getTarget()).isEqualTo("/oauth2/token");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer n3wAcc3ssT0ken");
    }

    @Test
    void aRefreshTokenThatIsNoLongerGoodLeavesTheFirstFailure() {
        refresh = answer(400, "{\"data\":{\"error\":\"Invalid refresh token\"},\"success\":false,\"status\":400}");

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.Unauthorized.class);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        ImgurException.BadRequest.class,
                        cause -> assertThat(cause)
                                .hasMessageContaining("POST /oauth2/token")
                                .hasMessageNotContaining("r3fr3shT0ken"));
        assertThat(told).isEmpty();
    }

    @Test
    void anAnswerWithoutATokenIsUnexpected() {
        refresh = answer(200, "{\"error\":\"1024\"}");

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.oauth().refresh().send());

        assertThat(failure).isInstanceOf(ImgurException.UnexpectedAnswer.class);
    }

    @Test
    void withoutARefreshTokenTheFailureIsPlain() {
        try (ImgurClient other = client(ImgurTokens.of("oldAcc3ssT0ken"))) {
            assertThat(catchThrowableOfType(
                            ImgurException.class,
                            () -> other.images().get("abc1234").send()))
                    .isInstanceOf(ImgurException.Unauthorized.class);
        }
        assertThat(refreshes).hasValue(0);
    }

    @Test
    void cancellingOneCallLeavesTheRefreshToTheOthers() throws Exception {
        refresh = refresh.newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build();
        CompletableFuture<?> given = imgur.images().get("abc1234").sendAsync();
        CompletableFuture<?> kept = imgur.images().get("abc1234").sendAsync();
        await().atMost(Duration.ofSeconds(10)).until(() -> refreshes.get() == 1);

        given.cancel(true);

        kept.get(30, TimeUnit.SECONDS);
        assertThat(refreshes).hasValue(1);
    }
}
