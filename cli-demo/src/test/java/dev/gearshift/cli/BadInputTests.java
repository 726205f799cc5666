package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake is answered with what is wrong and what to do, and never with a stack trace or the whole help. */
@Timeout(30)
final class BadInputTests {
    private static final int NO_PORT = 9;

    @TempDir
    private Path folder;

    @AfterEach
    void forgetSettings() {
        System.clearProperty("gearshift.parallelism");
        System.clearProperty("gearshift.strategy");
    }

    static Stream<Arguments> mistakes() {
        String url = "http://127.0.0.1:" + NO_PORT + "/a.jpg";
        return Stream.of(
                arguments("download " + url + " --strategy treads", "Did you mean \"threads\"?"),
                arguments("compare --strategies treads", "Did you mean \"threads\"?"),
                arguments("thumbnails . --strategy treads", "Did you mean \"threads\"?"),
                arguments("compare --counts 3", "Unknown options: '--counts', '3'. Did you mean --count"),
                arguments("download " + url + " --limti=3", "Unknown option: '--limti=3'. Did you mean --limit"),
                arguments("dwnload " + url, "Did you mean"),
                arguments("compare extra", "'extra'"),
                arguments("download", "Missing required parameter: 'SOURCE'"),
                arguments("thumbnails", "Missing required parameter: 'DIR'"),
                arguments("download @no/such/list", "The list no/such/list cannot be read"),
                arguments("download @.", "The list . cannot be read"),
                arguments("download example.org/a.jpg", "\"example.org/a.jpg\" is no source. Sources: "),
                arguments("download ftp://example.org/a.jpg", "\"ftp://example.org/a.jpg\" is no source."),
                arguments("download gallery:warm", "\"gallery:warm\" is no source."),
                arguments("download gallery:hot gallery:warm", "The gallery has hot, top and user"),
                arguments("download random --wait-for-credits soon", "'soon' is no duration"),
                arguments("serve --credits -1", "The limit 'user' must be 0 or more, but is -1."),
                arguments("serve --faults nonsense", "The fault script stops making sense at 'nonsense'."),
                arguments("download http://", "\"http://\" is no source."),
                arguments("download http://a{b}", "\"http://a{b}\" is no source."),
                arguments("download " + url + " --parallelism -1", "--parallelism must be 1 or more, but is -1."),
                arguments("download " + url + " --parallelism 0", "--parallelism must be 1 or more, but is 0."),
                arguments("download " + url + " --parallelism many", "Invalid value for option '--parallelism'"),
                arguments("download " + url + " --limit 0", "--limit must be 1 or more, but is 0."),
                arguments("download random --api nowhere", "nowhere"),
                arguments("thumbnails . --size 0", "--size must be 1 or more pixels, but is 0."),
                arguments("thumbnails . --parallelism 0", "--parallelism must be 1 or more, but is 0."),
                arguments("thumbnails no/such/folder", "no/such/folder is no folder"),
                arguments("compare --count 0", "at least 1 image, not 0"),
                arguments("compare --count -3", "at least 1 image, not -3"),
                arguments("compare --latency soon", "'soon' is no duration: write 200ms, 1.5s or 2m"),
                arguments("compare --latency -5ms", "'-5ms' is no duration"),
                arguments("compare --latency 2000m", "from 0 to 1 hour"),
                arguments("compare --images no/such/folder", "--images no/such/folder is no folder"),
                arguments("compare --image-bytes 1", "An image takes from 512 to"),
                arguments("serve --port 70000", "from 0 to 65535"),
                arguments("serve --port 70000 --count 2 --image-bytes 8000000", "from 0 to 65535"),
                arguments("serve --port 70000 --count 9000 --image-bytes 900", "from 0 to 65535"),
                arguments("serve --count 9000", "9000 images of 230400 bytes are more than the 512 MiB"),
                arguments("serve --images no/such/folder", "--images no/such/folder is no folder"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneMessageAndExitCodeTwo(String line, String said) {
        assertMistake(gearshift(line.split(" ")), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"download gallery:hot", "download random", "credits", "compare --live"})
    @DisabledIfEnvironmentVariable(named = "IMGUR_CLIENT_ID", matches = ".+")
    void whatNeedsAClientIdSaysSo(String line) {
        assertMistake(gearshift(line.split(" ")), "IMGUR_CLIENT_ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare --count 1", "download http://127.0.0.1:9/a.jpg", "thumbnails ."})
    void aMalformedSettingIsNamed(String line) {
        System.setProperty("gearshift.parallelism", "x");

        assertMistake(gearshift(line.split(" ")), "gearshift.parallelism");
    }

    @Test
    void anUnknownStrategyFromTheSettingsIsNamedWithWhoAsked() {
        System.setProperty("gearshift.strategy", "treads");

        assertMistake(gearshift("strategies"), "-Dgearshift.strategy");
    }

    @Test
    void aListThatIsNoTextIsNamed() throws IOException {
        Path list = Files.write(folder.resolve("list"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});

        assertMistake(gearshift("download", "@" + list), "is no UTF-8 text");
    }

    @Test
    void anEmptyFolderOfImagesIsNamed() {
        Ran ran = gearshift("serve", "--port", "0", "--images", folder.toString());

        assertMistake(ran, folder.toString());
    }

    @Test
    void aFileInThePlaceOfTheFolderIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("out"), "");

        for (Path out : List.of(file, file.resolve("below"))) {
            assertFailure(gearshift("download", "http://127.0.0.1:9/a.jpg", "--out", out.toString()), out.toString());
            assertFailure(gearshift("thumbnails", folder.toString(), "--out", out.toString()), out.toString());
            assertFailure(gearshift("compare", "--count", "1", "--out", out.toString()), out.toString());
        }
    }

    @Test
    void aServerThatSaysNoIsAFailure() {
        try (ImgurSimulator imgur =
                ImgurSimulator.start(SimulatorSettings.defaults().withImages(1).withImageBytes(900))) {
            Ran file = gearshift("download", imgur.baseUri() + "/none.txt", "--out", folder.toString());
            Ran album = gearshift(
                    "download",
                    "https://imgur.com/a/nosuch1",
                    "--api",
                    imgur.apiUri().toString(),
                    "--out",
                    folder.toString());

            assertThat(file.exitCode()).isEqualTo(1);
            assertThat(file.out()).contains("failed: none.txt: ", "404", "0 downloaded");
            assertFailure(album, "404");
        }
    }

    @Test
    void aDeadServerIsAFailure() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String dead = "http://127.0.0.1:" + port;

        Ran file = gearshift("download", dead + "/a.jpg", "--out", folder.toString());
        Ran api = gearshift("download", "random", "--api", dead + "/3/", "--out", folder.toString());

        assertThat(file.exitCode()).isEqualTo(1);
        assertThat(file.out()).contains("failed: a.jpg: ", "there is no connection to 127.0.0.1");
        assertThat(file.err()).doesNotContain("\tat ");
        assertFailure(api, "did not answer GET /3/gallery/random/random/0");
    }

    @Test
    void theStackTraceIsThereForWhoAsks() {
        assertThat(gearshift("thumbnails", "no/such/folder", "--stacktrace").err())
                .contains("no/such/folder is no folder", "UsageException", "\tat dev.gearshift.cli.");
        assertThat(gearshift("compare", "--latency", "soon", "--stacktrace").err())
                .contains("'soon' is no duration", "\tat picocli.");
    }

    private static void assertMistake(Ran ran, String said) {
        assertThat(ran.err()).contains(said).doesNotContain("\tat ", "Usage:", "Exception", "should not have");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    private static void assertFailure(Ran ran, String said) {
        assertThat(ran.err()).contains(said).doesNotContain("\tat ", "Usage:", "should not have");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
    }
}
