package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ImgurSimulatorTests {

    private static final SimulatorSettings SMALL =
            SimulatorSettings.defaults().withImages(20).withImageBytes(1024);

    @Test
    void photographsHaveAboutTheWantedSizeAndCanBeRead() throws Exception {
        List<Integer> prepared = new CopyOnWriteArrayList<>();
        try (ImgurSimulator imgur =
                ImgurSimulator.start(SimulatorSettings.defaults().withImages(8), prepared::add)) {
            Client client = new Client(imgur.baseUri());
            for (ServedImage image : imgur.images()) {
                assertThat(image.bytes()).isBetween(207_360L, 253_440L);
                byte[] bytes = client.get(image.link().getPath()).body();
                assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth())
                        .isGreaterThan(500);
            }
            byte[] turned = client.get(imgur.images().get(3).link().getPath()).body();
            assertThat(new String(turned, StandardCharsets.ISO_8859_1)).contains("Exif\0\0MM");
            assertThat(imgur.images()).extracting(ServedImage::sha256).doesNotHaveDuplicates();
        }
        assertThat(prepared).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void smallImagesHaveTheExactSizeAndCanBeRead() throws Exception {
        for (int size : new int[] {512, 1024, 8192}) {
            try (ImgurSimulator imgur = ImgurSimulator.start(SMALL.withImageBytes(size))) {
                Client client = new Client(imgur.baseUri());
                for (ServedImage image : imgur.images()) {
                    assertThat(image.bytes()).isEqualTo(size);
                    byte[] bytes = client.get(image.link().getPath()).body();
                    assertThat(ImageIO.read(new ByteArrayInputStream(bytes))).isNotNull();
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameImages() {
        assertThat(hashes(SMALL)).isEqualTo(hashes(SMALL)).isNotEqualTo(hashes(SMALL.withSeed(2)));
        SimulatorSettings larger = SMALL.withImageBytes(20_000);
        assertThat(hashes(larger)).isEqualTo(hashes(larger)).isNotEqualTo(hashes(larger.withSeed(2)));
    }

    @Test
    void aFolderIsServedAsItIs(@TempDir Path folder) throws Exception {
        byte[] jpeg = JpegFile.encode(Scene.paint(1, 64, 48, 0), 64, 48, 0.8f, false);
        byte[] png = PngFile.encode(Scene.paint(2, 32, 24, 0), 32, 24, 0, 0);
        Files.write(folder.resolve("b.JPEG"), jpeg);
        Files.write(folder.resolve("a.png"), png);
        Files.writeString(folder.resolve("notes.txt"), "not an image");
        SimulatorSettings settings = SMALL.withFolder(folder);
        try (ImgurSimulator imgur = ImgurSimulator.start(settings)) {
            Client client = new Client(imgur.baseUri());
            assertThat(imgur.images())
                    .extracting(ServedImage::type, ServedImage::sha256)
                    .containsExactly(tuple("image/png", Sha256.hex(png)), tuple("image/jpeg", Sha256.hex(jpeg)));
            String path = imgur.images().get(1).link().getPath();
            assertThat(client.get(path).body()).isEqualTo(jpeg);
            assertThat(client.get(path, "Range", "bytes=4-7").body()).hasSize(4);
            String id = imgur.images().get(1).id();
            assertThat(Client.json(client.api("/3/image/" + id))
                            .get("data")
                            .get("width")
                            .asInt())
                    .isEqualTo(64);
        }
        assertThat(hashes(settings.withImages(1))).containsExactly(Sha256.hex(png));
    }

    @Test
    void aConnectionIsKeptAndUsedAgain() throws Exception {
        try (ImgurSimulator imgur = ImgurSimulator.start(SMALL)) {
            Client client = new Client(imgur.baseUri());
            for (ServedImage image : imgur.images()) {
                client.get(image.link().getPath());
            }
            client.api("/3/credits");
            SimulatorStats stats = imgur.stats();
            assertThat(stats.connections()).isEqualTo(1);
            assertThat(stats.requests()).isEqualTo(21);
            assertThat(stats.imageRequests()).isEqualTo(20);
            assertThat(stats.imagesSent()).isEqualTo(20);
            assertThat(stats.bytesSent()).isGreaterThan(20 * 1024L);
            assertThat(Client.json(new Client(imgur.baseUri()).get("/stats"))
                            .get("connections")
                            .asInt())
                    .isEqualTo(1);
            assertThat(client.send("POST", "/stats/reset").statusCode()).isEqualTo(200);
            assertThat(imgur.stats()).isEqualTo(new SimulatorStats(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, Map.of()));
            assertThat(Client.json(client.get("/simulator/images"))).hasSize(20);
        }
    }

    @Test
    void latencyHoldsNoThreads() throws Exception {
        int requests = 500;
        try (ImgurSimulator imgur = ImgurSimulator.start(SMALL.withLatency(Duration.ofSeconds(3)))) {
            byte[] request = request(imgur);
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                SocketChannel client = SocketChannel.open(address(imgur));
                client.write(ByteBuffer.wrap(request));
                clients.add(client);
            }
            await(imgur, stats -> stats.inFlight() == requests);
            assertThat(simulatorThreads()).hasSizeLessThanOrEqualTo(3); // two event loops and the clock
            for (SocketChannel client : clients) {
                ByteBuffer answer = ByteBuffer.allocate(4096);
                while (client.read(answer) >= 0) {
                    continue;
                }
                assertThat(answer.position()).isGreaterThan(1024);
                client.close();
            }
            SimulatorStats stats = imgur.stats();
            assertThat(stats.peakInFlight()).isEqualTo(requests);
            assertThat(stats.inFlight()).isZero();
            assertThat(stats.imagesSent()).isEqualTo(requests);
        }
    }

    @Test
    void aClientThatGoesAwayIsCounted() throws Exception {
        try (ImgurSimulator imgur = ImgurSimulator.start(SMALL.withLatency(Duration.ofMinutes(1)))) {
            try (Socket client = new Socket()) {
                client.connect(address(imgur));
                client.getOutputStream().write(request(imgur));
                await(imgur, stats -> stats.inFlight() == 1);
            }
            await(imgur, stats -> stats.aborted() == 1 && stats.inFlight() == 0 && stats.openConnections() == 0);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAndGarbageIsRefused() throws Exception {
        try (ImgurSimulator imgur = ImgurSimulator.start(SMALL);
                Socket client = new Socket()) {
            client.connect(address(imgur));
            OutputStream out = client.getOutputStream();
            out.write("GET /nothere.jpg HTTP/1.1\r\n\r\nGET /3/credits HTTP/1.1\r\n\r\n?\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).containsSubsequence("HTTP/1.1 302", "HTTP/1.1 401", "HTTP/1.1 400");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ImgurSimulator.start(SMALL.withPort(taken.getLocalPort())))
                    .withMessageStartingWith("Port " + taken.getLocalPort() + " on 127.0.0.1 cannot be used")
                    .withMessageEndingWith("or use port 0 for any free one.");
        }
        assertThat(simulatorThreads()).isEmpty();
    }

    @Test
    void closingLeavesNoThreadAndNoSocket() throws Exception {
        ImgurSimulator imgur = ImgurSimulator.start(SMALL.withLatency(Duration.ofMinutes(1)));
        try (Socket client = new Socket()) {
            client.connect(address(imgur));
            client.getOutputStream().write(request(imgur));
            await(imgur, stats -> stats.inFlight() == 1);
            imgur.close();
            imgur.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(simulatorThreads()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("globalEventExecutor"));
        ImgurSimulator.start(SMALL.withPort(imgur.baseUri().getPort())).close();
    }

    private static byte[] request(ImgurSimulator imgur) {
        return ("GET " + imgur.images().get(0).link().getPath() + " HTTP/1.1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static InetSocketAddress address(ImgurSimulator imgur) {
        return new InetSocketAddress("127.0.0.1", imgur.baseUri().getPort());
    }

    /** The test's own timeout is the deadline. */
    private static void await(ImgurSimulator imgur, Predicate<SimulatorStats> reached) {
        while (!reached.test(imgur.stats())) {
            Thread.onSpinWait();
        }
    }

    private static List<String> simulatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("imgur-simulator"))
                .toList();
    }

    private static List<String> hashes(SimulatorSettings settings) {
        try (ImgurSimulator imgur = ImgurSimulator.start(settings)) {
            return imgur.images().stream().map(ServedImage::sha256).toList();
        }
    }
}
