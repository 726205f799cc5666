package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImagePagesTests {

    private ImgurSimulator imgur;
    private Client client;
    private ServedImage image;
    private String path;
    private byte[] whole;
    private String etag;

    @BeforeAll
    void start() throws Exception {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults().withImages(10).withImageBytes(2000));
        client = new Client(imgur.baseUri());
        image = imgur.images().get(0);
        path = image.link().getPath();
        HttpResponse<byte[]> answer = client.get(path);
        whole = answer.body();
        etag = answer.headers().firstValue("ETag").orElseThrow();
    }

    @AfterAll
    void stop() {
        imgur.close();
    }

    @Test
    void eachImageIsWhatWasPromised() throws Exception {
        for (ServedImage served : imgur.images()) {
            HttpResponse<byte[]> answer = client.get(served.link().getPath());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(served.type());
            assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
            assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
            assertThat(answer.body()).hasSize((int) served.bytes());
            assertThat(Sha256.hex(answer.body())).isEqualTo(served.sha256());
        }
    }

    @Test
    void headTellsTheLengthAndSendsNothing() throws Exception {
        HttpResponse<byte[]> answer = client.send("HEAD", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(image.bytes());
        assertThat(answer.headers().firstValue("ETag")).contains(etag);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aKnownVersionIsNotModified() throws Exception {
        HttpResponse<byte[]> answer = client.get(path, "If-None-Match", "\"other\", " + etag);
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.headers().firstValue("ETag")).contains(etag);
        assertThat(answer.body()).isEmpty();
        assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void oneRangeIsPartialContent() throws Exception {
        assertPart("bytes=10-19", 10, 20);
        assertPart("bytes=1990-", 1990, 2000);
        assertPart("bytes=-5", 1995, 2000);
        assertPart("bytes=-9999", 0, 2000);
        assertPart("bytes=1990-9999", 1990, 2000);
    }

    private void assertPart(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> answer = client.get(path, "Range", range);
        assertThat(answer.statusCode()).as(range).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (to - 1) + "/" + image.bytes());
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(whole, from, to));
    }

    @Test
    void aRangeBeyondTheEndIsNotSatisfiable() throws Exception {
        for (String range : new String[] {"bytes=2000-", "bytes=5000-6000", "bytes=-0"}) {
            HttpResponse<byte[]> answer = client.get(path, "Range", range);
            assertThat(answer.statusCode()).as(range).isEqualTo(416);
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */2000");
        }
    }

    @Test
    void aRangeThatIsNotUnderstoodIsIgnored() throws Exception {
        for (String range : new String[] {"bytes=0-1,5-6", "items=0-1", "bytes=9-3", "bytes=-"}) {
            assertThat(client.get(path, "Range", range).body()).as(range).isEqualTo(whole);
        }
    }

    @Test
    void ifRangeGuardsAgainstAnotherVersion() throws Exception {
        assertThat(client.get(path, "Range", "bytes=5-", "If-Range", etag).statusCode())
                .isEqualTo(206);
        HttpResponse<byte[]> other = client.get(path, "Range", "bytes=5-", "If-Range", "\"other\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(whole);
    }

    @Test
    void aLostImageIsARedirectToTheRemovedPicture() throws Exception {
        HttpResponse<byte[]> answer = client.get("/nothere.jpg");
        assertThat(answer.statusCode()).isEqualTo(302);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(imgur.baseUri() + "/removed.png");
        HttpResponse<byte[]> removed = client.get(location);
        assertThat(removed.body()).hasSize(503);
        assertThat(removed.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(removed.body()))).isNotNull();
    }

    @Test
    void aGifvIsAPage() throws Exception {
        String listing = Client.text(client.api("/3/gallery/random/random"));
        String gifv = listing.replaceAll("(?s).*?\"gifv\":\"([^\"]+)\".*", "$1");
        HttpResponse<byte[]> answer = client.get(gifv);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(Client.text(answer)).startsWith("<!DOCTYPE html>");
        byte[] gif = client.get(gifv.replace(".gifv", ".gif")).body();
        assertThat(ImageIO.read(new ByteArrayInputStream(gif)).getWidth()).isEqualTo(GifFile.WIDTH);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        HttpResponse<byte[]> answer = client.send("DELETE", path);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
}
