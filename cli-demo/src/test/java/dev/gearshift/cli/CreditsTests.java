package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;

@Timeout(30)
final class CreditsTests {
    private static ImgurSimulator imgur;

    @BeforeAll
    static void serve() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(1)
                .withImageBytes(900)
                .withCredits(CreditLimits.imgur().withUser(480).withClient(12_000)));
    }

    @AfterAll
    static void close() {
        imgur.close();
    }

    @Test
    void showsTheThreeAllowances() {
        Ran ran = gearshift("credits", "--api", imgur.apiUri().toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("credits|remaining|limit|resets"),
                        line -> assertThat(line).matches("of the application, a day\\|1199[89]\\|12000\\|not told"),
                        line -> assertThat(line)
                                .matches("of this address, an hour\\|47[89]\\|480\\|.* UTC, in (59|60) min"),
                        line -> assertThat(line).matches("posts from this address, an hour\\|\\?\\|\\?\\|not told"));
    }

    @Test
    void printsJson() {
        Ran ran = gearshift("credits", "--json", "--api", imgur.apiUri().toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode hour = ran.json().get("allowances").get(1);
        assertThat(hour.get("of").asString()).isEqualTo("of this address, an hour");
        assertThat(hour.get("remaining").asInt()).isBetween(478, 479);
        assertThat(hour.get("limit").asInt()).isEqualTo(480);
        assertThat(hour.get("resets").asString()).endsWith("Z");
        assertThat(ran.json().get("allowances").get(2).get("remaining").isNull())
                .isTrue();
    }

    @Test
    void saysWhatImgurSaid() {
        imgur.play(Faults.seed(1).next(1, Fault.ERROR_OBJECT));

        Ran ran = gearshift("credits", "--api", imgur.apiUri().toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("Imgur answered 400 to GET /3/credits").doesNotContain("\tat ");
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "IMGUR_CLIENT_ID", matches = ".+")
    void needsAClientIdAndSaysSo() {
        Ran ran = gearshift("credits");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("IMGUR_CLIENT_ID is not set");
    }
}
