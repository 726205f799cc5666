package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What asks Imgur, in the all-in-one jar; and that it shows no secret, whatever goes wrong. */
@Timeout(240)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
@Tag("system")
final class ImgurCommandsJarTests {
    private static final String CLIENT_ID = "c11entS3cr3t0id";
    private static final Pattern DELETEHASH = Pattern.compile("deletehash ([A-Za-z0-9]+)");

    private static ImgurSimulator imgur;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults().withImages(70).withImageBytes(900));
    }

    @AfterAll
    static void close() {
        imgur.close();
    }

    @Test
    void uploadsListsDownloadsAndDeletes() throws Exception {
        Path picture = TestPictures.write(folder.resolve("cat.png"), 60, 40);

        Ran credits = run("credits");
        Ran uploaded = run("upload", picture.toString());
        Matcher hash = DELETEHASH.matcher(uploaded.out());
        assertThat(hash.find()).as(uploaded.out() + uploaded.err()).isTrue();
        Ran deleted = run("upload", "--delete", hash.group(1));
        Ran downloaded =
                run("download", "gallery:hot", "--out", folder.resolve("images").toString());

        for (Ran ran : List.of(credits, uploaded, deleted, downloaded)) {
            assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
            assertThat(ran.out() + ran.err()).doesNotContain(CLIENT_ID, "WARNING", "\tat ");
        }
        assertThat(credits.out()).contains("of this address, an hour");
        assertThat(deleted.out() + deleted.err()).doesNotContain(hash.group(1));
        Served.assertHolds(folder.resolve("images"), imgur.images());
    }

    @Test
    void noSecretIsShownWhateverGoesWrong() throws Exception {
        Path picture = TestPictures.write(folder.resolve("cat.png"), 60, 40);
        Path recording = folder.resolve("upload.jfr");
        for (Fault fault : List.of(Fault.RESET, Fault.ERROR_OBJECT, Fault.HTML_PAGE)) {
            imgur.play(Faults.seed(1).rate(1, fault));
            Ran upload = run(
                    List.of(
                            "-XX:StartFlightRecording=filename=" + recording,
                            "-jar",
                            System.getProperty("gearshift.jar")),
                    "upload",
                    picture.toString(),
                    "--album",
                    "a1bumS3cr3tHash",
                    "--stacktrace");
            assertFailsInSilence(upload, fault);
            assertHoldsNeither(recording, CLIENT_ID);
        }
        assertFailsInSilence(run("upload", "--delete", "de1eteS3cr3tHash", "--stacktrace"), Fault.HTML_PAGE);
        assertFailsInSilence(run("download", "image:abcdefg", "--stacktrace"), Fault.HTML_PAGE);
        imgur.play(Faults.none());
    }

    private static void assertFailsInSilence(Ran ran, Fault fault) {
        assertThat(ran.exitCode()).as(fault + ran.err() + ran.out()).isEqualTo(1);
        assertThat(ran.out() + ran.err()).doesNotContain(CLIENT_ID, "a1bumS3cr3tHash", "de1eteS3cr3tHash");
    }

    /** The command line itself is in each recording, and with it what was typed there; the environment is the caller's. */
    private static void assertHoldsNeither(Path recording, String secret) throws IOException {
        assertThat(jdk.jfr.consumer.RecordingFile.readAllEvents(recording).stream()
                        .filter(event -> !event.getEventType().getName().equals("jdk.InitialEnvironmentVariable"))
                        .map(Object::toString))
                .noneMatch(event -> event.contains(secret));
    }

    @Test
    void whatIsUploadedIsKnownEvenWhenItIsInterruptedAfterwards() throws Exception {
        Path first = TestPictures.write(folder.resolve("first.png"), 60, 40);
        Path second = TestPictures.write(folder.resolve("second.png"), 60, 40);
        Path third = TestPictures.write(folder.resolve("third.png"), 60, 40);
        try (ImgurSimulator slow = ImgurSimulator.start(SimulatorSettings.defaults()
                        .withImages(1)
                        .withImageBytes(900)
                        .withLatency(Duration.ofSeconds(2)));
                Child child = Child.start(
                        folder,
                        Map.of("IMGUR_CLIENT_ID", CLIENT_ID),
                        Child.jar(),
                        "upload",
                        first.toString(),
                        second.toString(),
                        third.toString(),
                        "--api",
                        slow.apiUri().toString())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> child.out().contains("first.png  "));
            child.interrupt();
            Ran ran = child.end();

            assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(130);
            assertThat(ran.out()).containsPattern("first\\.png  \\S+  deletehash [A-Za-z0-9]+\\R");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void controlCEndsListing() throws Exception {
        List<String> words = new ArrayList<>(List.of("download"));
        for (int i = 0; i < 40; i++) {
            words.addAll(List.of("album:nosuch" + i, "gallery:hot"));
        }
        words.addAll(List.of("--albums", "--out", folder.resolve("images").toString()));

        Ran ran = interrupted(words);

        assertThat(ran.err()).endsWith("Interrupted." + System.lineSeparator());
        assertThat(ran.out()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void controlCEndsDeletingAndSaysHowFarItCame() throws Exception {
        List<String> words = new ArrayList<>(List.of("upload"));
        for (int i = 0; i < 40; i++) {
            words.addAll(List.of("--delete", "de1eteS3cr3tHash" + i));
        }

        Ran ran = interrupted(words);

        assertThat(ran.out())
                .containsPattern("0 deleted, \\d failed, interrupted with 3\\d to go")
                .doesNotContain("S3cr3t");
    }

    /** Interrupts it after the third request; what is sent after that is what was under way. */
    private Ran interrupted(List<String> words) throws Exception {
        List<String> all = new ArrayList<>(words);
        try (ImgurSimulator slow = ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(200).withImageBytes(900).withLatency(Duration.ofMillis(400)))) {
            all.addAll(List.of("--api", slow.apiUri().toString()));
            try (Child child = Child.start(
                    folder, Map.of("IMGUR_CLIENT_ID", CLIENT_ID), Child.jar(), all.toArray(String[]::new))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> slow.stats().requests() >= 3);
                long before = slow.stats().requests();
                child.interrupt();
                Ran ran = child.end();

                assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(130);
                await().atMost(Duration.ofSeconds(10)).until(() -> slow.stats().openConnections() == 0);
                assertThat(slow.stats().requests()).isBetween(before, before + 2);
                return ran;
            }
        }
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return run(Child.jar(), arguments);
    }

    private Ran run(List<String> java, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--api", imgur.apiUri().toString()));
        return Child.run(
                Files.createDirectories(folder.resolve("scratch")),
                Map.of("IMGUR_CLIENT_ID", CLIENT_ID),
                java,
                all.toArray(String[]::new));
    }
}
