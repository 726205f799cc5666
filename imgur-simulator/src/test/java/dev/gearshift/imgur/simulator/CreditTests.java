package dev.gearshift.imgur.simulator;

import static dev.gearshift.imgur.simulator.Client.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What calls cost, what is left, and what happens when nothing is. */
@Timeout(30)
final class CreditTests {

    private static final SimulatorSettings SMALL =
            SimulatorSettings.defaults().withImages(3).withImageBytes(600);
    private static final byte[] PNG = PngFile.encode(Scene.paint(3, 8, 8, 0), 8, 8, 0, 0);

    private final MovableClock clock = new MovableClock();

    private ImgurSimulator start(CreditLimits credits) {
        return ImgurSimulator.start(SMALL.withCredits(credits), ready -> {}, clock);
    }

    @Test
    void theThreeGroupsOfHeaders() throws Exception {
        try (ImgurSimulator imgur = start(CreditLimits.imgur())) {
            Client client = new Client(imgur.baseUri());
            clock.move(Duration.ofSeconds(10));
            HttpResponse<byte[]> read = client.api("/3/tags");
            assertThat(header(read, "X-RateLimit-UserLimit")).isEqualTo(500);
            assertThat(header(read, "X-RateLimit-UserRemaining")).isEqualTo(499);
            assertThat(header(read, "X-RateLimit-UserReset"))
                    .isEqualTo(clock.instant().getEpochSecond() + 3590);
            assertThat(header(read, "X-RateLimit-ClientLimit")).isEqualTo(12_500);
            assertThat(header(read, "X-RateLimit-ClientRemaining")).isEqualTo(12_499);
            assertThat(read.headers().firstValue("X-Post-Rate-Limit-Limit")).isEmpty();
            HttpResponse<byte[]> upload = client.upload("/3/image", CLIENT_ID, "a.png", PNG);
            assertThat(header(upload, "X-RateLimit-UserRemaining")).isEqualTo(489);
            assertThat(header(upload, "X-RateLimit-ClientRemaining")).isEqualTo(12_489);
            assertThat(header(upload, "X-Post-Rate-Limit-Limit")).isEqualTo(1250);
            assertThat(header(upload, "X-Post-Rate-Limit-Remaining")).isEqualTo(1249);
            assertThat(header(upload, "X-Post-Rate-Limit-Reset")).isEqualTo(3590);
            JsonNode credits = client.data("/3/credits");
            assertThat(credits.propertyNames())
                    .containsExactly("UserLimit", "UserRemaining", "UserReset", "ClientLimit", "ClientRemaining");
            assertThat(credits.get("ClientRemaining").asInt()).isEqualTo(12_488);
            HttpResponse<byte[]> member = client.api("/3/tags", client.bearer("alice"));
            assertThat(header(member, "X-RateLimit-UserLimit")).isEqualTo(2000);
            assertThat(header(member, "X-RateLimit-UserRemaining")).isEqualTo(1999);
            assertThat(header(member, "X-RateLimit-ClientRemaining")).isEqualTo(12_487);
            assertThat(imgur.stats().credits()).isEqualTo(13);
        }
    }

    @Test
    void failuresAndKnownVersionsCostACreditAndTellNothing() throws Exception {
        try (ImgurSimulator imgur = start(CreditLimits.imgur())) {
            Client client = new Client(imgur.baseUri());
            String etag = client.api("/3/tags").headers().firstValue("ETag").orElseThrow();
            List<HttpResponse<byte[]>> silent = List.of(
                    client.api("/3/image/nothere"),
                    client.get("/3/tags", "Authorization", CLIENT_ID, "If-None-Match", etag));
            for (HttpResponse<byte[]> answer : silent) {
                assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
            }
            assertThat(imgur.stats().credits()).isEqualTo(3);
            client.get("/3/tags");
            client.api("/3/nothing");
            assertThat(imgur.stats().credits()).isEqualTo(3);
            client.api("/3/credits");
            assertThat(imgur.stats().credits()).isEqualTo(4);
        }
    }

    @Test
    void theUsersCreditsEndInTheShapeOfJsonApiAndComeBack() throws Exception {
        try (ImgurSimulator imgur = start(CreditLimits.of(11).withClient(100))) {
            Client client = new Client(imgur.baseUri());
            client.api("/3/tags");
            client.api("/3/tags");
            HttpResponse<byte[]> refused = client.upload("/3/image", CLIENT_ID, "a.png", PNG);
            assertThat(refused.statusCode()).isEqualTo(429);
            JsonNode error = Client.json(refused).get("errors").get(0);
            assertThat(error.get("code").asString()).isEqualTo("429");
            assertThat(error.get("status").asString()).isEqualTo("Too Many Requests");
            assertThat(Client.json(refused).has("data")).isFalse();
            assertThat(header(refused, "X-RateLimit-UserRemaining")).isEqualTo(9);
            assertThat(imgur.stats().overBudget()).isEqualTo(1);
            assertThat(imgur.stats().credits()).isEqualTo(2);
            assertThat(client.api("/3/tags").statusCode()).isEqualTo(200);
            clock.move(Duration.ofHours(1));
            assertThat(client.upload("/3/image", CLIENT_ID, "a.png", PNG).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theClientsCreditsEndWhileTheUserHasSome() throws Exception {
        try (ImgurSimulator imgur = start(CreditLimits.imgur().withClient(1))) {
            Client client = new Client(imgur.baseUri());
            assertThat(header(client.api("/3/tags"), "X-RateLimit-ClientRemaining"))
                    .isZero();
            HttpResponse<byte[]> refused = client.api("/3/tags");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(header(refused, "X-RateLimit-UserRemaining")).isEqualTo(499);
            assertThat(Client.json(refused).get("data").get("error").isString()).isTrue();
            assertThat(client.api("/3/credits").statusCode()).isEqualTo(429);
            clock.move(Duration.ofHours(23));
            assertThat(client.api("/3/tags").statusCode()).isEqualTo(429);
            clock.move(Duration.ofHours(1));
            assertThat(client.api("/3/tags").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePostsEndWithASentenceAndSecondsToWait() throws Exception {
        try (ImgurSimulator imgur = start(CreditLimits.imgur().withPosts(1).withWindow(Duration.ofMinutes(10)))) {
            Client client = new Client(imgur.baseUri());
            client.form("POST", "/3/album", CLIENT_ID);
            HttpResponse<byte[]> refused = client.form("POST", "/3/album", CLIENT_ID);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Client.json(refused).get("data").asString()).startsWith("You are uploading too fast.");
            assertThat(header(refused, "X-Post-Rate-Limit-Remaining")).isZero();
            assertThat(header(refused, "X-Post-Rate-Limit-Reset")).isEqualTo(600);
            assertThat(client.bearer("alice")).startsWith("Bearer ");
            clock.move(Duration.ofMinutes(10));
            assertThat(client.form("POST", "/3/album", CLIENT_ID).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thirtyTwoClientsAtOnceGetExactlyWhatThereIs() throws Exception {
        int clients = 32;
        long calls = 20;
        try (ImgurSimulator imgur = start(CreditLimits.of(500))) {
            Client client = new Client(imgur.baseUri());
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                CountDownLatch together = new CountDownLatch(clients);
                List<Future<Integer>> answered = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    answered.add(threads.submit(() -> {
                        together.countDown();
                        together.await();
                        int good = 0;
                        for (int call = 0; call < calls; call++) {
                            good += client.api("/3/image/"
                                                            + imgur.images()
                                                                    .get(call % 3)
                                                                    .id())
                                                    .statusCode()
                                            == 200
                                    ? 1
                                    : 0;
                        }
                        return good;
                    }));
                }
                int good = 0;
                for (Future<Integer> one : answered) {
                    good += one.get();
                }
                assertThat(good).isEqualTo(500);
            } finally {
                threads.shutdownNow();
            }
            SimulatorStats stats = imgur.stats();
            assertThat(stats.credits()).isEqualTo(500);
            assertThat(stats.overBudget()).isEqualTo(clients * calls - 500);
            assertThat(stats.requests()).isEqualTo(clients * calls);
            imgur.resetStats();
            assertThat(imgur.stats().overBudget()).isZero();
        }
    }

    @Test
    void thePursesOfManyAccountsAreBounded() {
        CreditLedger ledger = new CreditLedger(CreditLimits.imgur(), clock);
        for (int i = 0; i < CreditLedger.MAX_ACCOUNTS + 10; i++) {
            ledger.pay(new Account("user" + i, i), 1, false);
        }
        assertThat(ledger.accounts()).isEqualTo(CreditLedger.MAX_ACCOUNTS);
        assertThat(ledger.left(new Account("user20", 20)).userRemaining()).isEqualTo(1999);
    }

    @Test
    void limitsOutsideTheirRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditLimits.of(-1))
                .withMessage("The limit 'user' must be 0 or more, but is -1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditLimits.imgur().withWindow(Duration.ofMillis(999)))
                .withMessage("The credits' window must be from 1 second to 1 day, not PT0.999S.");
    }

    private static long header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValueAsLong(name).orElseThrow();
    }
}
