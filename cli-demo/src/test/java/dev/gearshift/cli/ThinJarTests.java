package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command with one strategy or another beside it: what is on the class path is what runs. */
@Timeout(90)
@EnabledIfSystemProperty(named = "gearshift.thin.jar", matches = ".+")
final class ThinJarTests {
    private static ImgurSimulator imgur;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults().withImages(20).withImageBytes(2000));
    }

    @AfterAll
    static void close() {
        imgur.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "async"})
    void runsTheOnlyStrategyBesideIt(String strategy) throws Exception {
        Ran ran = download(strategy);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("Strategy: " + strategy + " (chosen by ");
        Served.assertHolds(out(), imgur.images());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need Java 21")
    void runsVirtualThreads() throws Exception {
        Ran ran = download("virtual");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("Strategy: virtual (chosen by ");
        Served.assertHolds(out(), imgur.images());
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "there are virtual threads")
    void saysWhyVirtualThreadsCannotRun() throws Exception {
        Ran ran = download("virtual");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("\"virtual\" (executors-virtual ", "cannot run here: it needs Java 21")
                .doesNotContain("\tat ");
        assertThat(out()).doesNotExist();
    }

    @Test
    void saysWhatToAddWithoutAny() throws Exception {
        Ran ran = download();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("No ConcurrencyStrategy on the classpath. Add one of these as a runtime dependency:")
                .contains("- threads ", "- virtual ", "- async ")
                .doesNotContain("\tat ");
        assertThat(out()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker --strategy threads", "queue", "queue dead list"})
    void saysWhatIsMissingForRedis(String command) throws Exception {
        Ran ran = run(List.of("threads"), command.split(" "));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("This needs the artifact executors-redis, which is not on the class path."
                        + System.lineSeparator());
    }

    private Ran download(String... strategies) throws Exception {
        return run(
                List.of(strategies),
                "download",
                "random",
                "--api",
                imgur.apiUri().toString(),
                "--out",
                out().toString());
    }

    private Ran run(List<String> strategies, String... command) throws Exception {
        String version = System.getProperty("gearshift.version");
        List<String> classPath = new ArrayList<>(List.of(System.getProperty("gearshift.thin.jar")));
        for (String strategy : strategies) {
            String module = "executors-" + strategy;
            classPath.add(
                    Path.of(System.getProperty("gearshift.root"), module, "target", module + "-" + version + ".jar")
                            .toString());
        }
        return Child.run(
                folder, List.of("-cp", String.join(File.pathSeparator, classPath), Main.class.getName()), command);
    }

    private Path out() {
        return folder.resolve("images");
    }
}
