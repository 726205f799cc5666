package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.JsonNode;

@Timeout(30)
final class StrategiesTests {
    @AfterEach
    void chooseNothing() {
        System.clearProperty("gearshift.strategy");
    }

    @Test
    void listsEachWithWhereItComesFromAndWhatIsTaken() {
        Ran ran = gearshift("strategies");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("async ", "processes ", "sequential ", "threads ", "virtual ")
                .contains("dev.gearshift:executors-threads:", "RUNS_LAMBDAS")
                .contains("thumbnails takes threads (chosen by default)");
    }

    @Test
    void printsJson() {
        JsonNode report = gearshift("strategies", "--json").json();

        List<String> ids = new ArrayList<>();
        report.get("strategies").forEach(row -> ids.add(row.get("id").asString()));
        assertThat(ids).contains("async", "processes", "sequential", "threads", "virtual");
        assertThat(report.get("failures").isEmpty()).isTrue();
        assertThat(report.get("chosen").get("thumbnails").asString()).isEqualTo("threads (chosen by default)");
    }

    @Test
    void saysWhoChose() {
        System.setProperty("gearshift.strategy", "sequential");

        Ran ran = gearshift("strategies");

        assertThat(ran.out()).contains("download takes   sequential (chosen by -Dgearshift.strategy");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "there are virtual threads")
    void saysWhyVirtualCannotRun() {
        assertThat(gearshift("strategies").out())
                .contains("cannot run here: it needs Java 21")
                .contains("download takes   threads (chosen by default)");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
    void takesVirtualForDownloads() {
        assertThat(gearshift("strategies").out()).contains("download takes   virtual (chosen by default)");
    }
}
