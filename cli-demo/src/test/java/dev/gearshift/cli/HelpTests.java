package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class HelpTests {
    @ParameterizedTest
    @CsvSource({
        "compare, --count --latency --images --image-bytes --strategies --out --live --json --stacktrace 91 200ms",
        "download, SOURCE gallery:hot subreddit:NAME tag:NAME search:WORDS user:NAME album:ID image:ID random @FILE"
                + " --albums --animations --mature --from-page --budget --wait-for-credits --strategy --parallelism --api --out --limit --json"
                + " --stacktrace Examples:",
        "upload, FILE --title --description --album --new-album --delete --budget --api --json --stacktrace Examples:",
        "credits, --api --json --stacktrace",
        "thumbnails, DIR --strategy --parallelism --size --out --json --stacktrace 128",
        "strategies, --json --stacktrace",
        "worker, QUEUE --redis --strategy --parallelism --until-input-ends --stacktrace SIGTERM",
        "queue, --redis --queue --watch --json dead --stacktrace",
        "queue dead, list retry drop",
        "serve, --port --count --latency --credits --faults --images --image-bytes --stacktrace 8080",
    })
    void eachCommandExplainsItsOptions(String command, String mentioned) {
        Ran ran = gearshift((command + " --help").split(" "));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: gearshift " + command).contains(mentioned.split(" "));
    }

    @Test
    void theCommandListsItsCommandsAndExitCodes() {
        Ran ran = gearshift("--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains(
                        "compare",
                        "download",
                        "upload",
                        "credits",
                        "thumbnails",
                        "strategies",
                        "serve",
                        "worker",
                        "queue")
                .containsPattern(
                        "Exit codes:\\s0 all done;\\s1 some of the work failed;\\s2 wrong usage;\\s130\\sinterrupted\\.");
    }

    @Test
    void withoutACommandItShowsTheHelpAsAMistake() {
        Ran ran = gearshift();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("Usage: gearshift ");
    }

    @Test
    void tellsItsVersionAndTheJavaItRunsOn() {
        Ran ran = gearshift("--version");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("gearshift " + System.getProperty("gearshift.version"))
                .contains("Java " + Runtime.version());
    }
}
