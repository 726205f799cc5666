package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Where links lead besides to images: thumbnails, videos, pages, and the oddities of old items. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinkTests {

    private static final SimulatorSettings SETTINGS =
            SimulatorSettings.defaults().withImages(100).withImageBytes(9000);

    private ImgurSimulator imgur;
    private Client client;
    private ServedImage image;

    @BeforeAll
    void start() {
        imgur = ImgurSimulator.start(SETTINGS);
        client = new Client(imgur.baseUri());
        image = imgur.images().get(0);
    }

    @AfterAll
    void stop() {
        imgur.close();
    }

    @Test
    void thumbnailsHaveTheirSizes(@TempDir Path folder) throws Exception {
        byte[] wide = PngFile.encode(Scene.paint(1, 1500, 500, 0), 1500, 500, 0, 0);
        Files.write(folder.resolve("wide.png"), wide);
        Files.writeString(folder.resolve("z-broken.jpg"), "no picture");
        try (ImgurSimulator other = ImgurSimulator.start(SETTINGS.withFolder(folder))) {
            Client asks = new Client(other.baseUri());
            String id = other.images().get(0).id();
            Map<String, List<Integer>> sizes = Map.of(
                    "s", List.of(90, 90),
                    "b", List.of(160, 160),
                    "t", List.of(160, 53),
                    "m", List.of(320, 107),
                    "l", List.of(640, 213),
                    "h", List.of(1024, 341));
            for (Map.Entry<String, List<Integer>> size : sizes.entrySet()) {
                HttpResponse<byte[]> answer = asks.get("/" + id + size.getKey() + ".png");
                assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
                BufferedImage still = ImageIO.read(new ByteArrayInputStream(answer.body()));
                assertThat(List.of(still.getWidth(), still.getHeight()))
                        .as(size.getKey())
                        .isEqualTo(size.getValue());
                assertThat(asks.get("/" + id + size.getKey() + ".png").body()).isEqualTo(answer.body());
            }
            assertThat(other.stats().imagesSent()).isZero();
            assertThat(asks.get("/" + other.images().get(1).id() + "s.jpg").statusCode())
                    .isEqualTo(302);
        }
    }

    @Test
    void aThumbnailIsNeverLargerThanItsImage() throws Exception {
        BufferedImage whole = read(image.link().getPath());
        BufferedImage huge = read("/" + image.id() + "h.jpg");
        assertThat(huge.getWidth()).isEqualTo(whole.getWidth());
        assertThat(client.get("/" + image.id() + "x.jpg").statusCode()).isEqualTo(302);
    }

    private BufferedImage read(String path) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(client.get(path).body()));
    }

    @Test
    void aVideoIsThereWhenItHasBeenMadeAndABrowserGetsAPage() throws Exception {
        int ready = 0;
        int pending = 0;
        for (JsonNode gif : gifs(client)) {
            String mp4 = gif.get("mp4").asString();
            HttpResponse<byte[]> answer = client.get(mp4, "Accept", "*/*");
            if (gif.get("processing").get("status").asString().equals("pending")) {
                pending++;
                assertThat(gif.get("mp4_size").asInt()).isZero();
                assertThat(answer.statusCode()).isEqualTo(302);
                assertThat(client.get(gif.get("hls").asString()).statusCode()).isEqualTo(302);
            } else {
                ready++;
                assertThat(answer.headers().firstValue("Content-Type")).contains("video/mp4");
                assertThat(answer.body()).hasSize(gif.get("mp4_size").asInt());
                assertThat(new String(answer.body(), 4, 8, StandardCharsets.US_ASCII))
                        .isEqualTo("ftypisom");
                assertThat(client.get(mp4, "Accept", "*/*", "Range", "bytes=0-3")
                                .body())
                        .hasSize(4);
                assertThat(Client.text(client.get(mp4, "Accept", "text/html,*/*")))
                        .startsWith("<!DOCTYPE html>");
                assertThat(Client.text(client.get(gif.get("hls").asString()))).startsWith("#EXTM3U");
            }
        }
        assertThat(ready).isPositive();
        assertThat(pending).isPositive();
        assertThat(client.get("/" + image.id() + ".mp4").statusCode()).isEqualTo(302);
    }

    @Test
    void oddLinksLieAndStillLeadToTheImages() throws Exception {
        try (ImgurSimulator odd = ImgurSimulator.start(SETTINGS.withOddLinks(true))) {
            Client asks = new Client(odd.baseUri());
            List<String> links = new ArrayList<>();
            for (ServedImage served : odd.images()) {
                links.add(served.link().toString());
                HttpResponse<byte[]> answer = asks.get(served.link().toString());
                assertThat(answer.headers().firstValue("Content-Type")).contains(served.type());
                assertThat(Sha256.hex(answer.body())).isEqualTo(served.sha256());
            }
            assertThat(links).anyMatch(link -> link.endsWith(".jpg?1")).noneMatch(link -> link.endsWith(".png"));
            assertThat(odd.images()).extracting(ServedImage::type).contains("image/png");
            List<JsonNode> huge = gifs(asks).stream()
                    .filter(gif -> gif.get("link").asString().endsWith("h.gif"))
                    .toList();
            assertThat(huge).isNotEmpty().allMatch(gif -> gif.get("size").asLong() > 20_000_000);
            assertThat(asks.get(huge.get(0).get("link").asString()).headers().firstValue("Content-Type"))
                    .contains("image/jpeg");
        }
    }

    private static List<JsonNode> gifs(Client client) throws Exception {
        return client.data("/3/gallery/random/random")
                .valueStream()
                .filter(item -> item.has("mp4"))
                .toList();
    }
}
