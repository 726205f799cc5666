package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and {@code kill -9} in the middle of the work: nothing half done is left, and the next run does the rest. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
@Tag("system")
final class EndedEarlyJarTests {
    /** What a comparison starts: the simulator, a redis-server, what watches that, and two workers. */
    private static final int OTHERS = 5;

    private static final int IMAGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ImgurSimulator imgur;

    @BeforeEach
    void serve() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(IMAGES)
                .withImageBytes(8000)
                .withLatency(Duration.ofMillis(50)));
    }

    @AfterEach
    void close() {
        imgur.close();
    }

    @Test
    void controlCEndsItInOrder() throws Exception {
        int done;
        try (Child child = download(4)) {
            await().atMost(PATIENCE).until(() -> imgur.stats().imagesSent() >= 20);
            long before = System.nanoTime();
            child.interrupt();
            Ran ran = child.end();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(ran.exitCode()).as(ran.err()).isEqualTo(130);
            done = Served.assertEachWhole(out(), imgur.images());
            assertThat(done).isBetween(15, IMAGES - 1);
            assertThat(ran.out())
                    .startsWith(done + " downloaded into ")
                    .contains("interrupted with " + (IMAGES - done) + " to go: run the same command again to go on");
            assertThat(ran.err()).doesNotContain("\tat ", "WARNING");
            assertThat(Served.names(out())).noneMatch(name -> name.endsWith(".part"));
            assertThat(child.handle().isAlive()).isFalse();
        }
        assertTheNextRunDoesTheRest(done);
    }

    @Test
    void killedItLeavesNoHalfFileUnderAName() throws Exception {
        int done;
        try (Child child = download(4)) {
            await().atMost(PATIENCE).until(() -> imgur.stats().imagesSent() >= 20);
            child.kill();
            done = Served.assertEachWhole(out(), imgur.images());
            assertThat(done).isBetween(15, IMAGES - 1);
        }
        // As if it had been killed while each of the files was being written.
        for (ServedImage image : imgur.images()) {
            Path part = out().resolve(Served.fileName(image) + ".part");
            if (!Files.exists(out().resolve(Served.fileName(image)))) {
                Files.writeString(part, "x".repeat(20_000));
            }
        }
        assertTheNextRunDoesTheRest(done);
    }

    /** As where Imgur does not serve the region: each file is a picture, but none is the one that is listed. */
    @Test
    void killedItLeavesNoOtherPictureUnderAName() throws Exception {
        imgur.play(Faults.seed(1).rate(1, "/", Fault.REGION_BLOCKED));
        try (Child child = download(4)) {
            await().atMost(PATIENCE).until(() -> imgur.stats().imageRequests() >= 20);
            child.kill();
            assertThat(Served.assertEachWhole(out(), imgur.images())).isZero();
        }
        imgur.play(Faults.none());
        try (Child child = download(20)) {
            assertThat(child.end().exitCode()).isZero();
        }
        Served.assertHolds(out(), imgur.images());
    }

    private void assertTheNextRunDoesTheRest(int done) throws Exception {
        await().atMost(PATIENCE).until(() -> imgur.stats().openConnections() == 0);
        imgur.resetStats();
        try (Child child = download(20)) {
            Ran ran = child.end();

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).startsWith((IMAGES - done) + " downloaded").contains(", " + done + " there already");
        }
        assertThat(imgur.stats().imageRequests()).isEqualTo(IMAGES - done);
        Served.assertHolds(out(), imgur.images());
    }

    @Test
    void killedWhileItComparesItLeavesNoProcess() throws Exception {
        Collection<ProcessHandle> others;
        try (Child child = Child.start(
                folder, Child.jar(), "compare", "--count", "400", "--image-bytes", "1000", "--out", out().toString())) {
            await().atMost(PATIENCE)
                    .ignoreException(NoSuchFileException.class) // Half a file has just got its name.
                    .until(() -> !Served.names(out().resolve("warm-up")).isEmpty());
            others = child.descendants();
            assertThat(others).hasSize(OTHERS);
            child.kill();
            await().atMost(Duration.ofSeconds(5)).until(() -> others.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void controlCWhileItComparesLeavesNoProcessAndNoTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (Child child = Child.start(
                folder,
                List.of("-Djava.io.tmpdir=" + temporary, "-jar", System.getProperty("gearshift.jar")),
                "compare",
                "--count",
                "100",
                "--image-bytes",
                "1000")) {
            await().atMost(PATIENCE).until(() -> child.err().contains("sequential: downloading"));
            Collection<ProcessHandle> others = child.descendants();
            child.interrupt();
            Ran ran = child.end();

            assertThat(ran.exitCode()).isEqualTo(130);
            assertThat(ran.err()).endsWith("Interrupted.\n").doesNotContain("\tat ");
            assertThat(others).hasSize(OTHERS).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(temporary).isEmptyDirectory();
    }

    private Child download(int parallelism) throws Exception {
        return Child.start(
                folder,
                Child.jar(),
                "download",
                "random",
                "--api",
                imgur.apiUri().toString(),
                "--out",
                out().toString(),
                "--parallelism",
                String.valueOf(parallelism));
    }

    private Path out() {
        return folder.resolve("images");
    }
}
