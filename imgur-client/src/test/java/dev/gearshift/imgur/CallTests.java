package dev.gearshift.imgur;

import static dev.gearshift.imgur.Answers.IMAGE;
import static dev.gearshift.imgur.Answers.answer;
import static dev.gearshift.imgur.Answers.each;
import static dev.gearshift.imgur.Answers.stalled;
import static dev.gearshift.imgur.Answers.stalling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a call on its way: options, events, credits, retries, cancellation. */
@Timeout(30)
class CallTests {
    private final MockWebServer server = new MockWebServer();
    private final ManualTime time = new ManualTime();
    private final List<ImgurEvent> events = new CopyOnWriteArrayList<>();
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
                .clientId("s3cr3tCl13nt1d")
                .apiUri(server.url("/3/").uri())
                .listener(events::add)
                .pauses(time)
                .clock(time)
                .random(() -> 0.5);
    }

    private void dispatch(Function<RecordedRequest, MockResponse> answers) {
        server.setDispatcher(each(answers));
    }

    @Test
    void optionsOfOneCallChangeNoOther() throws Exception {
        ImgurRequest<?> plain = imgur.images().get("abc1234");
        ImgurRequest<?> once =
                plain.withMaxAttempts(1).withParameter("a", "b c").withParameter("a", "d&e");
        server.enqueue(answer(503, ""));

        assertThatThrownBy(once::send).isInstanceOf(ImgurException.ServerError.class);

        assertThat(server.takeRequest().getTarget()).isEqualTo("/3/image/abc1234?a=d%26e");
        server.enqueue(answer(200, IMAGE));
        plain.send();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/3/image/abc1234");
        assertThat(plain).hasToString("ImgurRequest[GET /3/image/{id}]");
        assertThatThrownBy(() -> plain.withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.withMaxAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.withParameter(" ", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeoutOfOneCallIsKept() {
        server.enqueue(stalled());

        assertThatThrownBy(() -> imgur.images()
                        .get("abc1234")
                        .withTimeout(Duration.ofMillis(60))
                        .withMaxAttempts(1)
                        .send())
                .hasMessageContaining("no whole answer within 60 ms");
    }

    @Test
    void anAnswerHasWhatCameWithIt() {
        server.enqueue(answer(200, IMAGE)
                .newBuilder()
                .setHeader("X-RateLimit-UserRemaining", "77")
                .setHeader("ETag", "\"x\"")
                .build());

        ImgurAnswer<?> answer = imgur.images().get("abc1234").answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("etag")).contains("\"x\"");
        assertThat(answer.body()).isEqualTo(IMAGE);
        assertThat(answer.rateLimits()).isEqualTo(new RateLimits(null, null, null, 77L, null, null, null, null));
        assertThat(answer).hasToString("ImgurAnswer[status=200, attempts=1, elapsed=0 ms]");
    }

    @Test
    void theBodyOfAnAnswerIsAllThere() {
        String body = "{\"data\":\"" + "x".repeat(1_000_000) + "\"}";
        server.enqueue(answer(200, body));

        assertThat(imgur.other("GET", "feed", Map.of()).answer().body()).isEqualTo(body);
    }

    @Test
    void anAnswerThatIsTooLarge_isGivenUp() {
        dispatch(request -> answer(200, "{\"data\":[" + "{},".repeat(4 << 20) + "{}]}"));

        assertThatThrownBy(() -> imgur.other("GET", "feed", Map.of()).send())
                .isInstanceOf(ImgurException.UnexpectedAnswer.class)
                .hasMessageContaining("the answer has more than 8 MiB");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    /** The JDK's client would send it again unseen, and each may have been charged. */
    @Test
    void aConnectionThatBreaksIsAnAttempt() {
        AtomicInteger requests = new AtomicInteger();
        dispatch(request -> requests.incrementAndGet() == 1
                ? answer(200, IMAGE)
                : new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        imgur.images().get("abc1234").send();

        ImgurException failure = catchThrowableOfType(
                ImgurException.class,
                () -> imgur.images().get("abc1234").withMaxAttempts(1).send());

        assertThat(failure).isInstanceOf(ImgurException.NoAnswer.class);
        assertThat(failure.retryable()).isTrue();
        assertThat(requests).hasValue(2);
        assertThat(imgur.creditsSpent()).isEqualTo(2);
    }

    /** After a kept connection has broken, the JDK makes another before it finds out that it may not send again. */
    @Test
    void whatWentOutIsCountedAlsoIfNoOtherConnectionIsMade() throws Exception {
        try (ServerSocket once = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ImgurClient client = builder()
                        .apiUri(URI.create("http://127.0.0.1:" + once.getLocalPort() + "/3/"))
                        .build()) {
            CompletableFuture<?> first = client.images().get("abc1234").sendAsync();
            CompletableFuture<?> second;
            try (Socket connection = once.accept()) {
                readHead(connection);
                connection
                        .getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + IMAGE.length() + "\r\n\r\n" + IMAGE)
                                .getBytes(StandardCharsets.US_ASCII));
                first.get(20, TimeUnit.SECONDS);
                second = client.images().get("abc1234").withMaxAttempts(1).sendAsync();
                readHead(connection);
                once.close();
            }
            assertThat(failure(second)).isInstanceOf(ImgurException.NoAnswer.class);
            assertThat(client.creditsSpent()).isEqualTo(2);
        }
    }

    private static void readHead(Socket connection) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
            line = lines.readLine();
        }
    }

    @Test
    void whoMeansForEverMayWaitForEver() throws Exception {
        Duration forEver = Duration.ofMillis(Long.MAX_VALUE);
        try (ImgurClient patient = builder().requestTimeout(forEver).build()) {
            server.enqueue(answer(200, IMAGE));
            server.enqueue(answer(200, IMAGE));
            patient.images()
                    .get("abc1234")
                    .withTimeout(forEver)
                    .withDeadline(forEver)
                    .send();
            patient.images().get("abc1234").sendAsync().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDeadlineEndsAnExchange_andIsTold() {
        server.enqueue(stalled());
        CompletableFuture<?> call = imgur.images()
                .get("abc1234")
                .withDeadline(Duration.ofSeconds(5))
                .sendAsync();
        await().until(() -> server.getRequestCount() == 1);

        time.advance(Duration.ofSeconds(5));

        ImgurException late = (ImgurException) failure(call);
        await().until(() -> events.stream().anyMatch(ImgurEvent.Failed.class::isInstance));
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        ImgurEvent.Failed.class,
                        failed -> assertThat(failed.failure()).isSameAs(late));
    }

    @Test
    void aPageHasADeadlineToo() {
        server.enqueue(stalled());
        CompletableFuture<?> walk = imgur.gallery()
                .section(Section.HOT, Sort.VIRAL, Window.DAY)
                .withDeadline(Duration.ofSeconds(5))
                .forEachAsync(item -> {});
        await().until(() -> server.getRequestCount() == 1);

        time.advance(Duration.ofSeconds(5));

        assertThat(failure(walk)).hasMessageContaining("the call was not over after 5000 ms");
    }

    @Test
    void aDeadlineThatIsNotMetLeavesNothingArmed() {
        server.enqueue(answer(200, IMAGE));

        imgur.images().get("abc1234").withDeadline(Duration.ofSeconds(5)).send();

        await().until(() -> time.untilNext().isEmpty());
    }

    /** It would only wait for the end. */
    @Test
    void whereTheDeadlineLeavesNoTimeForAPause_theFailureIsToldAtOnce() {
        server.enqueue(
                answer(429, "{}").newBuilder().setHeader("Retry-After", "30").build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class,
                () -> imgur.images()
                        .get("abc1234")
                        .withDeadline(Duration.ofSeconds(5))
                        .send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whatEarlierAttemptsEndedWithIsSuppressed() {
        server.enqueue(answer(503, "{}"));
        server.enqueue(answer(404, "{}"));
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync();
        awaitPause();
        time.advance(Duration.ofSeconds(1));

        assertThat(failure(call))
                .isInstanceOf(ImgurException.NotFound.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .isInstanceOf(ImgurException.ServerError.class));
    }

    @Test
    void aLongRetryAfterHoldsBackWhatFollows() {
        dispatch(request ->
                answer(429, "{}").newBuilder().setHeader("Retry-After", "1800").build());
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.RateLimited.class);

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> imgur.images().get("abc1234").send())
                    .isInstanceOf(ImgurException.CreditsUsedUp.class);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void closingSendsNothingThatWaited() {
        CountDownLatch asked = new CountDownLatch(1);
        server.setDispatcher(stalling(asked));
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            calls.add(imgur.images().get("abc1234").sendAsync());
        }

        imgur.close();

        calls.forEach(call -> assertThat(failure(call)).hasMessageContaining("the client was closed"));
        assertThat(events.stream().filter(ImgurEvent.Sent.class::isInstance)).hasSize(1);
    }

    @Test
    void aDeadlineCountsPausesAndAttemptsTogether() {
        dispatch(request -> answer(503, "{}"));
        CompletableFuture<?> call = imgur.images()
                .get("abc1234")
                .withMaxAttempts(100)
                .withDeadline(Duration.ofSeconds(5))
                .sendAsync();
        awaitPause();
        for (int i = 0; i < 10 && !call.isDone(); i++) {
            time.advance(Duration.ofMillis(500));
        }

        assertThat(failure(call))
                .isInstanceOf(ImgurException.class)
                .satisfiesAnyOf(
                        // There was no time for another pause, or an attempt was under way.
                        failure -> assertThat(failure).isInstanceOf(ImgurException.ServerError.class),
                        failure -> assertThat(failure)
                                .hasMessage(
                                        "Imgur did not answer GET /3/image/abc1234: the call was not over after 5000 ms."
                                                + " Allow it a later deadline, or try again later.")
                                .hasCauseInstanceOf(ImgurException.ServerError.class));
        assertThat(server.getRequestCount()).isBetween(1, 10);
    }

    @Test
    void aDeadlineEndsTheWaitForCredits() {
        try (ImgurClient waiting = builder()
                .creditPolicy(CreditPolicy.waiting(Duration.ofHours(1)))
                .build()) {
            server.enqueue(limited(0, time.instant().plus(Duration.ofMinutes(30))));
            waiting.images().get("abc1234").send();
            CompletableFuture<?> call = waiting.images()
                    .get("abc1234")
                    .withDeadline(Duration.ofSeconds(5))
                    .sendAsync();
            assertThat(call).isNotDone();

            time.advance(Duration.ofSeconds(5));

            assertThat(failure(call)).hasMessageContaining("not over after 5000 ms");
            assertThat(waiting.creditsSpent()).isEqualTo(1);
        }
    }

    private static Throwable failure(CompletableFuture<?> call) {
        ExecutionException thrown =
                catchThrowableOfType(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
        return Objects.requireNonNull(thrown.getCause());
    }

    /** One that is part of another must not hide what is left of it. */
    @Test
    void shortHeadersAreNoSecrets_andMaskNothing() {
        try (ImgurClient versioned = builder()
                .header("X-Api-Version", "3")
                .header("Accept-Language", "en-US, en")
                .header("X-Gateway", " Cl13nt ")
                .build()) {
            server.enqueue(answer(403, "{\"data\":{\"error\":\"token s3cr3tCl13nt1d is over 13 Cl13nt\"}}"));

            assertThatThrownBy(() -> versioned.images().get("abc1234").send())
                    .hasMessageContaining("token *** is over 13 ***");
        }
    }

    @Test
    void staleTokensAreRenewedWhateverTheWaitThatIsAskedFor() {
        try (ImgurClient user = builder()
                .clientSecret("cl13ntS3cr3t")
                .tokens(ImgurTokens.of("acc3ssT0ken", "r3fr3shT0ken"))
                .build()) {
            server.enqueue(answer(429, "{}")
                    .newBuilder()
                    .setHeader("Retry-After", "1800")
                    .build());
            server.enqueue(answer(200, Fixtures.text("tokens")));
            server.enqueue(answer(200, IMAGE));

            user.images().get("abc1234").send();

            assertThat(server.getRequestCount()).isEqualTo(3);
        }
    }

    @Test
    void whatIsSentToAnyPlaceMayBeASecret() {
        server.enqueue(answer(400, "{\"data\":{\"error\":\"Invalid deletehash d3l3t3H4sh00001, d3l3t3H4sh00002\"}}"));
        ImgurRequest<?> request = imgur.other("POST", "album/x/add", Map.of("deletehashes", "d3l3t3H4sh00001"))
                .withParameter("also", "d3l3t3H4sh00002");

        ImgurException failure = catchThrowableOfType(ImgurException.class, request::send);

        assertThat(failure).hasMessageContaining("Invalid deletehash ***, ***");
        assertThat(failure.body()).doesNotContain("d3l3t3H4sh");
    }

    @Test
    void aGatewayGetsTheHeaderItAsksFor() throws Exception {
        try (ImgurClient paying =
                builder().header("X-RapidAPI-Key", "g4t3wayK3y").build()) {
            server.enqueue(answer(403, "{\"message\":\"g4t3wayK3y is not subscribed\"}"));

            assertThatThrownBy(() -> paying.images().get("abc1234").send())
                    .isInstanceOf(ImgurException.Forbidden.class)
                    .hasMessageContaining("*** is not subscribed");
        }
        assertThat(server.takeRequest().getHeaders().get("X-RapidAPI-Key")).isEqualTo("g4t3wayK3y");
        try (ImgurClient paying =
                builder().header("X-Auth", "Bearer g4t3/wayK3y").build()) {
            server.enqueue(answer(403, "{\"message\":\"g4t3\\/wayK3y is not subscribed\"}"));
            assertThatThrownBy(() -> paying.images().get("abc1234").send())
                    .hasMessageContaining("*** is not subscribed")
                    .extracting(failure -> ((ImgurException) failure).body())
                    .asString()
                    .doesNotContain("wayK3y");
        }
        assertThatThrownBy(() -> builder().header("authorization", "g4t3wayK3y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The header authorization cannot be set; the client sets it itself.");
        assertThatThrownBy(() -> builder().header("X-RapidAPI-Key", "g4t3way\nK3y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The header X-RapidAPI-Key cannot be set: check its name and value.");
    }

    @Test
    void eventsTellTheWholeStory() {
        server.enqueue(answer(503, "{}"));
        server.enqueue(answer(200, IMAGE));
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync();
        awaitPause();
        time.advance(Duration.ofSeconds(1));
        call.join();
        server.enqueue(answer(404, "{}"));
        assertThatThrownBy(() -> imgur.albums().get("Zy9xW").send()).isInstanceOf(ImgurException.class);

        assertThat(story())
                .containsExactly(
                        "1 Sent GET /3/image/abc1234",
                        "1 Answered GET /3/image/abc1234",
                        "1 Retrying GET /3/image/abc1234",
                        "1 Sent GET /3/image/abc1234",
                        "1 Answered GET /3/image/abc1234",
                        "2 Sent GET /3/album/Zy9xW",
                        "2 Answered GET /3/album/Zy9xW",
                        "2 Failed GET /3/album/Zy9xW");
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        ImgurEvent.Retrying.class,
                        retrying -> assertThat(retrying.pause()).isEqualTo(Duration.ofMillis(500)));
        assertThat(events.get(0).call().endpoint()).isEqualTo("GET /3/image/{id}");
    }

    private List<String> story() {
        return events.stream()
                .map(event -> event.call().number() + " " + event.getClass().getSimpleName() + " "
                        + event.call().endpoint().split(" ", -1)[0] + " "
                        + event.call().path())
                .collect(Collectors.toList());
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        aListenerThatThrowsHarmsNobody(new IllegalStateException("listener"));
        aListenerThatThrowsHarmsNobody(new AssertionError("listener"));
        aListenerThatThrowsHarmsNobody(new IOException("of a listener in another language"));
    }

    private void aListenerThatThrowsHarmsNobody(Throwable thrown) {
        events.clear();
        try (ImgurClient other = builder().listener(event -> sneaky(thrown)).build()) {
            server.enqueue(answer(200, IMAGE));
            other.images().get("abc1234").send();
        }
        assertThat(events).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void retriesEndWhenTooManyCallsFail() {
        try (ImgurClient careful =
                builder().retryBudget(3).pauses(new RecordingPauses()).build()) {
            dispatch(request -> answer(503, ""));
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> careful.images().get("abc1234").send()).isInstanceOf(ImgurException.class);
            }
        }
        assertThat(server.getRequestCount()).as("20 calls and 3 retries").isEqualTo(23);
    }

    @Test
    void callsThatGoWellEarnRetriesBack() {
        try (ImgurClient careful =
                builder().retryBudget(1).pauses(new RecordingPauses()).build()) {
            AtomicInteger asked = new AtomicInteger();
            dispatch(request -> asked.incrementAndGet() % 7 == 0 ? answer(503, "") : answer(200, IMAGE));
            for (int i = 0; i < 70; i++) {
                careful.images().get("abc1234").send();
            }
        }
    }

    @Test
    void theHoursCreditsAreWaitedForWithoutAThread() {
        try (ImgurClient patient = builder()
                .creditPolicy(CreditPolicy.waiting(Duration.ofHours(1)))
                .build()) {
            Instant reset = time.instant().plus(Duration.ofMinutes(30));
            server.enqueue(limited(0, reset));
            patient.images().get("abc1234").send();
            server.enqueue(answer(200, IMAGE));

            CompletableFuture<?> call = patient.images().get("abc1234").sendAsync();

            assertThat(events.get(events.size() - 1)).isInstanceOf(ImgurEvent.AwaitingCredits.class);
            time.advance(Duration.ofMinutes(29));
            assertThat(call).isNotDone();
            time.advance(Duration.ofMinutes(1));
            call.join();
            assertThat(patient.creditsSpent()).isEqualTo(2);
        }
    }

    /** What the body tells counts as much as what headers tell: from a cache, it comes without them. */
    @Test
    void whatTheCreditsAreIsKnownFromTheBodyToo() {
        server.enqueue(answer(
                200,
                "{\"data\":{\"UserLimit\":500,\"UserRemaining\":0,\"UserReset\":"
                        + time.instant().plusSeconds(1800).getEpochSecond()
                        + ",\"ClientLimit\":12500,\"ClientRemaining\":12000},\"success\":true,\"status\":200}"));
        imgur.credits().send();

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.CreditsUsedUp.class);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(imgur.rateLimits()).extracting(RateLimits::clientRemaining).isEqualTo(12_000L);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void withoutCreditsACallFailsBeforeItIsSent() {
        Instant reset = time.instant().plus(Duration.ofMinutes(30));
        server.enqueue(limited(0, reset));
        imgur.images().get("abc1234").send();

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure)
                .isInstanceOf(ImgurException.CreditsUsedUp.class)
                .hasMessage(
                        "Imgur did not answer GET /3/image/abc1234: it was not sent, as this hour's credits are used up."
                                + " Wait until retryAfter() has passed, or set a CreditPolicy that waits.");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(failure.retryable()).isTrue();
        assertThat(((ImgurException.CreditsUsedUp) failure).forToday()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aBudgetEndsTheRun() {
        try (ImgurClient frugal =
                builder().creditPolicy(CreditPolicy.failing().withBudget(11)).build()) {
            server.enqueue(answer(200, Fixtures.text("image-uploaded")));
            server.enqueue(answer(200, IMAGE));
            frugal.images().upload(Upload.of("a", new byte[1])).send();
            frugal.images().get("abc1234").send();

            ImgurException failure = catchThrowableOfType(
                    ImgurException.class, () -> frugal.images().get("abc1234").send());

            assertThat(failure)
                    .isInstanceOf(ImgurException.CreditsUsedUp.class)
                    .hasMessageContaining("the budget of 11 credits is used up");
            assertThat(failure.retryable()).isFalse();
            assertThat(frugal.creditsSpent()).isEqualTo(11);
        }
    }

    /** A server that takes one credit for a read, ten for an upload, and counts what comes without any being left. */
    private final class CountingServer {
        private final AtomicLong left = new AtomicLong(250);
        private final AtomicInteger beyond = new AtomicInteger();

        CountingServer() {
            server.setDispatcher(each(request -> {
                long now = left.addAndGet(request.getMethod().equals("POST") ? -10 : -1);
                if (now < 0) {
                    beyond.incrementAndGet();
                }
                return answer(200, IMAGE)
                        .newBuilder()
                        .setHeader("X-RateLimit-ClientRemaining", Long.toString(now))
                        .headersDelay(Math.abs(now * 7919) % 10, TimeUnit.MILLISECONDS)
                        .build();
            }));
        }

        void assertAllUsedAndNoMore() {
            assertThat(beyond).hasValue(0);
            assertThat(left).hasValueBetween(0L, 9L);
        }
    }

    private ImgurClient toTheLast() {
        return builder().creditPolicy(CreditPolicy.failing().withDailyMargin(0)).build();
    }

    private static ImgurRequest<?> readOrUpload(ImgurClient imgur, int number) {
        return number % 20 == 7
                ? imgur.images().upload(Upload.of("a", new byte[100]))
                : imgur.images().get("abc1234");
    }

    @Test
    void manyCallsAtOnceNeverOvershoot() throws Exception {
        CountingServer counting = new CountingServer();
        try (ImgurClient shared = toTheLast()) {
            // The server forgets connections when more than fifty come together, and an upload is not sent again.
            Semaphore atOnce = new Semaphore(40);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                assertThat(atOnce.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                calls.add(readOrUpload(shared, i).sendAsync().handle((value, failure) -> {
                    atOnce.release();
                    return failure;
                }));
            }
            for (CompletableFuture<?> call : calls) {
                Object failure = call.get(30, TimeUnit.SECONDS);
                if (failure != null) {
                    assertThat(failure).isInstanceOf(ImgurException.CreditsUsedUp.class);
                }
            }
        }
        counting.assertAllUsedAndNoMore();
    }

    @Test
    void thirtyTwoThreadsNeverOvershoot() throws Exception {
        CountingServer counting = new CountingServer();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (ImgurClient shared = toTheLast()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int number = i;
                calls.add(threads.submit(() -> readOrUpload(shared, number).send()));
            }
            for (Future<?> call : calls) {
                try {
                    call.get(30, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(ImgurException.CreditsUsedUp.class);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        counting.assertAllUsedAndNoMore();
    }

    @Test
    void manyCallsUnderWayHoldNoThreads() throws Exception {
        CountDownLatch asked = new CountDownLatch(64);
        List<CompletableFuture<?>> calls = new ArrayList<>();
        try (ImgurClient other = builder().build()) {
            dispatchOnceThenStall(asked);
            other.images().get("abc1234").send();
            for (int i = 0; i < 64; i++) {
                calls.add(other.images().get("abc1234").sendAsync());
            }
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("gearshift-http"))
                    .hasSizeLessThanOrEqualTo(6);
            calls.forEach(call -> call.cancel(true));
        }
        assertThat(calls).allMatch(CompletableFuture::isCancelled);
    }

    private void dispatchOnceThenStall(CountDownLatch asked) {
        AtomicInteger count = new AtomicInteger();
        dispatch(request -> {
            if (count.getAndIncrement() == 0) {
                return limited(100, time.instant().plusSeconds(1800));
            }
            asked.countDown();
            return stalled();
        });
    }

    @Test
    void cancellingDuringAPauseSendsNothingMore() {
        server.enqueue(answer(503, ""));
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync();
        awaitPause();

        assertThat(call.cancel(true)).isTrue();

        assertThat(time.untilNext()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aDeadlineOfTheFuturesAbortsTheCall() throws Exception {
        server.enqueue(stalled());
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync().orTimeout(50, TimeUnit.MILLISECONDS);

        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        server.enqueue(answer(200, IMAGE));
        assertThat(imgur.images().get("abc1234").send().id()).isEqualTo("abc1234");
    }

    @Test
    void userResetIsWaitedForWhenItIsSoon() {
        server.enqueue(limited(0, time.instant().plusSeconds(30))
                .newBuilder()
                .code(429)
                .build());
        server.enqueue(answer(200, IMAGE));
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync();
        awaitPause();

        assertThat(time.untilNext()).contains(Duration.ofSeconds(30));
        time.advance(Duration.ofSeconds(30));

        call.join();
    }

    /** This clock is five minutes ahead of Imgur's: only the difference of the two times it sends can be believed. */
    @Test
    void theResetIsReadByTheClockOfWhoToldIt() {
        Instant there = time.instant().minus(Duration.ofMinutes(5));
        server.enqueue(limited(0, there.plusSeconds(30))
                .newBuilder()
                .code(429)
                .setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(there.atOffset(ZoneOffset.UTC)))
                .build());
        server.enqueue(answer(200, IMAGE));
        CompletableFuture<?> call = imgur.images().get("abc1234").sendAsync();
        awaitPause();

        assertThat(time.untilNext()).contains(Duration.ofSeconds(30));
        assertThat(imgur.rateLimits())
                .extracting(RateLimits::userReset)
                .isEqualTo(time.instant().plusSeconds(30));
        time.advance(Duration.ofSeconds(30));

        call.join();
    }

    @Test
    void aResetThatIsOverIsNoReasonToComeBackAtOnce() {
        server.enqueue(limited(0, time.instant().minusSeconds(30))
                .newBuilder()
                .code(429)
                .build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryAfter()).isNull();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void userResetIsNotWaitedForWhenItIsFar() {
        server.enqueue(limited(0, time.instant().plus(Duration.ofMinutes(50)))
                .newBuilder()
                .code(429)
                .build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void aRegionThatIsNotServedIsTold() {
        server.enqueue(answer(451, ""));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.RegionBlocked.class);
        server.enqueue(answer(403, "<html><title>Imgur</title>Content not viewable in your region</html>"));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.RegionBlocked.class);
        server.enqueue(answer(409, "{\"data\":{\"error\":\"Not following tag\"}}"));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.Conflict.class);
        server.enqueue(answer(410, ""));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.NotFound.class);
        server.enqueue(new MockResponse.Builder().code(304).build());
        assertThatThrownBy(() -> imgur.images().get("abc1234").send())
                .isInstanceOf(ImgurException.UnexpectedAnswer.class);
    }

    @Test
    void theDayMayBeOverWhileTheHourIsNot() {
        server.enqueue(answer(429, "{}")
                .newBuilder()
                .setHeader("X-RateLimit-ClientRemaining", "0")
                .setHeader("X-RateLimit-UserRemaining", "499")
                .build());

        ImgurException failure = catchThrowableOfType(
                ImgurException.class, () -> imgur.images().get("abc1234").send());

        assertThat(failure).isInstanceOf(ImgurException.RateLimited.class);
        assertThat(failure.retryable()).isFalse();
        assertThatThrownBy(() -> imgur.images().get("abc1234").send())
                .isInstanceOf(ImgurException.CreditsUsedUp.class)
                .hasMessage(
                        "Imgur did not answer GET /3/image/abc1234: it was not sent, as the application's credits for"
                                + " today are used up. Stop for today: no CreditPolicy waits for the day's credits. They come"
                                + " back after retryAfter() at the latest; Imgur does not tell when.")
                .isInstanceOfSatisfying(ImgurException.CreditsUsedUp.class, none -> {
                    assertThat(none.forToday()).isTrue();
                    assertThat(none.retryAfter()).isEqualTo(Duration.ofDays(1));
                });
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void theStatusInTheBodyMayDifferFromTheAnswers() {
        server.enqueue(answer(404, "{\"data\":{\"id\":\"abc1234\"},\"success\":true,\"status\":200}"));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.NotFound.class);
        server.enqueue(answer(200, "{\"data\":{\"error\":\"x\"},\"success\":false,\"status\":400}"));
        assertThatThrownBy(() -> imgur.images().get("abc1234").send()).isInstanceOf(ImgurException.BadRequest.class);
    }

    @Test
    void anEmptyAnswerToADeletionIsAnAnswer() {
        server.enqueue(new MockResponse.Builder().code(204).build());

        assertThat(imgur.images().delete("abc1234").send().status()).isZero();
    }

    @Test
    void successThatIsFalseIsNoSuccess() {
        server.enqueue(answer(200, "{\"data\":true,\"success\":false,\"status\":200}"));

        assertThatThrownBy(() -> imgur.images().delete("abc1234").send())
                .isInstanceOf(ImgurException.UnexpectedAnswer.class);
    }

    private MockResponse limited(long remaining, Instant reset) {
        return answer(200, IMAGE)
                .newBuilder()
                .setHeader("X-RateLimit-UserLimit", "500")
                .setHeader("X-RateLimit-UserRemaining", Long.toString(remaining))
                .setHeader("X-RateLimit-UserReset", Long.toString(reset.getEpochSecond()))
                .build();
    }

    private void awaitPause() {
        await().atMost(Duration.ofSeconds(10)).until(() -> time.untilNext().isPresent());
    }
}
