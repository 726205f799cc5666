package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
final class ServeTests {
    @TempDir
    private Path folder;

    @Test
    void servesUntilItIsInterrupted() throws Exception {
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        PipedReader printed = new PipedReader(8192);
        PipedWriter out = new PipedWriter(printed);
        Thread serving = new Thread(
                () -> {
                    CommandLine command = Main.commandLine(InputStream.nullInputStream());
                    command.setOut(new PrintWriter(out, true));
                    command.setErr(new PrintWriter(new StringWriter()));
                    exitCode.complete(command.execute("serve", "--port", "0", "--count", "9", "--image-bytes", "900"));
                },
                "serve");
        serving.start();
        try {
            String api = api(printed);

            Ran ran = Ran.gearshift("download", "random", "--api", api, "--out", folder.toString());

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).startsWith("9 downloaded");
        } finally {
            serving.interrupt();
            serving.join(TimeUnit.SECONDS.toMillis(10));
        }
        assertThat(exitCode).isCompletedWithValue(0);
    }

    private static String api(PipedReader printed) throws IOException {
        BufferedReader lines = new BufferedReader(printed);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("API ")) {
                return line.substring("API ".length()).strip();
            }
        }
        throw new AssertionError("no line with the API's address");
    }

    @Test
    void saysThatThePortIsTaken() {
        try (ImgurSimulator holder =
                ImgurSimulator.start(SimulatorSettings.defaults().withImages(1).withImageBytes(900))) {
            int port = holder.baseUri().getPort();

            Ran ran = Ran.gearshift("serve", "--port", String.valueOf(port), "--count", "1", "--image-bytes", "900");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("Port " + port + " on 127.0.0.1 cannot be used", "choose another port")
                    .doesNotContain("\tat ", "Exception");
        }
    }
}
