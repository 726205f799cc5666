package dev.gearshift.executors.testkit.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the race tests of this package with jcstress, in JVMs of its own. */
@Tag("proof")
@Timeout(1_200)
final class RaceProofTests {
    @TempDir
    private Path folder;

    @Test
    void noForbiddenOutcome() throws Exception {
        Path output = folder.resolve("jcstress.txt");
        Process jcstress = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        "dev.gearshift.executors.testkit.races",
                        "-m",
                        "quick",
                        "-iters",
                        "2",
                        "-r",
                        folder.resolve("report").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended;
        try {
            ended = jcstress.waitFor(18, TimeUnit.MINUTES);
        } finally {
            jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
            jcstress.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(ended).as(text).isTrue();
        assertThat(jcstress.exitValue()).as(text).isZero();
        assertThat(text)
                .contains("Failed tests: No matches.", "Error tests: No matches.")
                .contains("All remaining tests: 5 matching");
    }
}
