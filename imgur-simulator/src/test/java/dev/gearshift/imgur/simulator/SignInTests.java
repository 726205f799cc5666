package dev.gearshift.imgur.simulator;

import static dev.gearshift.imgur.simulator.Client.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Access tokens. */
@Timeout(30)
final class SignInTests {

    private final MovableClock clock = new MovableClock();
    private ImgurSimulator imgur;
    private Client client;

    @BeforeEach
    void start() {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withImages(3).withImageBytes(600).withTokenLifetime(Duration.ofMinutes(5));
        imgur = ImgurSimulator.start(settings, ready -> {}, clock);
        client = new Client(imgur.baseUri());
    }

    @AfterEach
    void stop() {
        imgur.close();
    }

    @Test
    void aRefreshTokenGivesAnAccessTokenWithoutAnEnvelopeAndForNothing() throws Exception {
        HttpResponse<byte[]> answer = client.refresh("refresh-alice");
        JsonNode token = Client.json(answer);
        assertThat(token.propertyNames())
                .containsExactly(
                        "access_token",
                        "expires_in",
                        "token_type",
                        "scope",
                        "refresh_token",
                        "account_id",
                        "account_username");
        assertThat(token.get("expires_in").asInt()).isEqualTo(300);
        assertThat(token.get("refresh_token").asString()).isEqualTo(ImgurSimulator.refreshToken("alice"));
        assertThat(imgur.stats().credits()).isZero();
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.contains("rate"));
        JsonNode me = Client.data(client.api(
                "/3/account/me", "Bearer " + token.get("access_token").asString()));
        assertThat(me.get("url").asString()).isEqualTo("alice");
        assertThat(me.get("id")).isEqualTo(token.get("account_id"));
    }

    @Test
    void aTokenHoldsForItsTime() throws Exception {
        String bearer = client.bearer("alice");
        clock.move(Duration.ofSeconds(299));
        assertThat(client.api("/3/tags", bearer).statusCode()).isEqualTo(200);
        clock.move(Duration.ofSeconds(1));
        HttpResponse<byte[]> expired = client.api("/3/tags", bearer);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Client.text(expired))
                .contains("The access token provided is invalid.")
                .doesNotContain("access-");
        String other = client.bearer("alice");
        assertThat(client.api("/3/tags", other).statusCode()).isEqualTo(200);
        imgur.expireTokens();
        assertThat(client.api("/3/tags", other).statusCode()).isEqualTo(401);
        assertThat(client.api("/3/tags", "Bearer made-up").statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoRefreshTokenIsRefused() throws Exception {
        for (String bad : List.of("alice", "refresh-", "refresh-a b", "refresh-abc", " ")) {
            assertThat(client.refresh(bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(Client.text(client.form("POST", "/oauth2/token", CLIENT_ID, "grant_type", "password")))
                .contains("Invalid grant_type");
        assertThat(Client.text(client.form("POST", "/oauth2/token", CLIENT_ID, "grant_type", "refresh_token")))
                .contains("client_id is missing");
        assertThat(client.get("/oauth2/token").statusCode()).isEqualTo(401);
    }

    @Test
    void theFirstTokensAndAccountsGiveWayToTheLast() throws Exception {
        String first = client.bearer("user0000");
        String last = first;
        for (int i = 1; i <= 1000; i++) {
            last = client.bearer("user" + (1000 + i));
        }
        assertThat(client.api("/3/account/me", first).statusCode()).isEqualTo(401);
        assertThat(client.api("/3/account/user0000").statusCode()).isEqualTo(404);
        assertThat(client.api("/3/account/me", last).statusCode()).isEqualTo(200);
    }

    @Test
    void newClientsAreTurnedAwayWithAPage() throws Exception {
        HttpResponse<byte[]> page = client.get("/oauth2/authorize?client_id=x&response_type=token");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(Client.text(page)).contains("Error (1024)");
        HttpResponse<byte[]> apply = client.get("/oauth2/addclient");
        assertThat(apply.statusCode()).isEqualTo(301);
        assertThat(apply.headers().firstValue("Location")).contains("https://imgur.com/");
    }
}
