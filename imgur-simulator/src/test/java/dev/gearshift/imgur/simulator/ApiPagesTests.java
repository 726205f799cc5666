package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiPagesTests {

    private ImgurSimulator imgur;
    private Client client;

    @BeforeAll
    void start() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults().withImages(91).withImageBytes(1024));
        client = new Client(imgur.baseUri());
    }

    @AfterAll
    void stop() {
        imgur.close();
    }

    @Test
    void aFilterByTypeFindsExactlyTheImagesOverAllPages() throws Exception {
        List<String> links = new ArrayList<>();
        List<Integer> pageSizes = new ArrayList<>();
        JsonNode page;
        do {
            page = data(client.api("/3/gallery/hot/viral/day/" + pageSizes.size()));
            pageSizes.add(page.size());
            links.addAll(stillLinks(page));
        } while (!page.isEmpty());
        assertThat(pageSizes).containsExactly(60, 49, 0);
        assertThat(links).isEqualTo(imagesLinks());
    }

    @Test
    void randomAnswersEverythingAtOnce() throws Exception {
        assertThat(stillLinks(data(client.api("/3/gallery/random/random/")))).isEqualTo(imagesLinks());
        assertThat(data(client.api("/3/gallery/random/random/1"))).isEmpty();
    }

    @Test
    void allFormsOfAListingsPathAnswer() throws Exception {
        JsonNode first = data(client.api("/3/gallery/top/time"));
        assertThat(data(client.api("/3/gallery/top/time/0"))).isEqualTo(first);
        assertThat(data(client.api("/3/gallery/top/time/week"))).isEqualTo(first);
        assertThat(data(client.api("/3/gallery/top/time/week/0?mature=true"))).isEqualTo(first);
    }

    @Test
    void theListingShowsTheQuirks() throws Exception {
        JsonNode items = data(client.api("/3/gallery/random/random"));
        JsonNode images = data(client.api("/3/gallery/random/random?album_previews=true"));
        Set<String> accountIds = new HashSet<>();
        Set<String> nsfw = new HashSet<>();
        long bandwidth = 0;
        int gifs = 0;
        int albums = 0;
        for (JsonNode item : items) {
            accountIds.add(item.get("account_id").getNodeType().name());
            nsfw.add(item.get("nsfw").asString("null"));
            if (item.get("is_album").asBoolean()) {
                albums++;
                assertThat(item.has("type") || item.has("images")).isFalse();
            } else {
                bandwidth = Math.max(bandwidth, item.get("bandwidth").asLong());
                gifs += item.get("type").asString().equals("image/gif") ? 1 : 0;
            }
        }
        assertThat(accountIds).containsExactlyInAnyOrder("NUMBER", "STRING", "NULL");
        assertThat(nsfw).containsExactlyInAnyOrder("true", "false", "null");
        assertThat(bandwidth).isEqualTo(49_785_848_969_979L);
        assertThat(gifs).isEqualTo(10);
        assertThat(albums).isEqualTo(8);
        for (JsonNode item : images) {
            if (item.get("is_album").asBoolean()) {
                assertThat(item.get("images").size())
                        .isEqualTo(Math.min(3, item.get("images_count").asInt()));
            }
        }
    }

    @Test
    void anAlbumAndItsImages() throws Exception {
        for (JsonNode item : data(client.api("/3/gallery/random/random"))) {
            if (item.get("is_album").asBoolean()) {
                String id = item.get("id").asString();
                JsonNode album = data(client.api("/3/album/" + id));
                assertThat(album.get("images")).hasSize(item.get("images_count").asInt());
                assertThat(data(client.api("/3/album/" + id + "/images"))).isEqualTo(album.get("images"));
                assertThat(data(client.api("/3/gallery/album/" + id)).get("images"))
                        .isEqualTo(album.get("images"));
                String link = album.get("images").get(0).get("link").asString();
                assertThat(client.get(link).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void oneImage() throws Exception {
        ServedImage image = imgur.images().get(0);
        JsonNode data = data(client.api("/3/image/" + image.id()));
        assertThat(data.get("link").asString()).isEqualTo(image.link().toString());
        assertThat(data.get("size").asLong()).isEqualTo(image.bytes());
        assertThat(data.has("ups")).isFalse();
        assertThat(data(client.api("/3/gallery/image/" + image.id())).has("ups"))
                .isTrue();
    }

    @Test
    void creditsCountDown() throws Exception {
        long before = remaining(client.api("/3/gallery/hot/viral/0"));
        assertThat(remaining(client.api("/3/gallery/hot/viral/0"))).isEqualTo(before - 1);
        JsonNode credits = data(client.api("/3/credits"));
        assertThat(credits.get("ClientRemaining").asLong()).isEqualTo(before - 2);
        assertThat(credits.get("UserLimit").asInt()).isEqualTo(500);
    }

    @Test
    void whatIsUnknownIsNotFoundInImgursShape() throws Exception {
        HttpResponse<byte[]> answer = client.api("/3/image/nothere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-RateLimit-ClientRemaining")).isEmpty();
        assertThat(Client.text(answer))
                .isEqualTo("{\"data\":{\"error\":\"Unable to find what you are looking for.\","
                        + "\"request\":\"/3/image/nothere\",\"method\":\"GET\"},\"success\":false,\"status\":404}");
        for (String path : List.of("/3/", "/3/album/nothere", "/3/gallery/hot", "/3/gallery/x/y", "/3/g/a/b/c/d/e")) {
            assertThat(client.api(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aClientIdIsRequired() throws Exception {
        HttpResponse<byte[]> answer = client.get("/3/credits");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Client.json(answer).get("status").asInt()).isEqualTo(401);
        assertThat(Client.json(answer).get("data").get("error").asString()).isEqualTo("Authentication required");
        assertThat(client.get("/3/credits", "Authorization", "Client-ID ").statusCode())
                .isEqualTo(401);
        SimulatorSettings open =
                SimulatorSettings.defaults().withImages(1).withImageBytes(512).withRequireClientId(false);
        try (ImgurSimulator free = ImgurSimulator.start(open)) {
            assertThat(new Client(free.baseUri()).get("/3/credits").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anUnchangedPageIsNotSentAgain() throws Exception {
        String etag = client.api("/3/gallery/hot/viral/0")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        HttpResponse<byte[]> again =
                client.get("/3/gallery/hot/viral/0", "Authorization", "Client-ID test", "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private static long remaining(HttpResponse<byte[]> answer) {
        return answer.headers().firstValueAsLong("X-RateLimit-ClientRemaining").orElseThrow();
    }

    private static JsonNode data(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode envelope = Client.json(answer);
        assertThat(envelope.get("success").asBoolean()).isTrue();
        assertThat(envelope.get("status").asInt()).isEqualTo(200);
        return envelope.get("data");
    }

    private static List<String> stillLinks(JsonNode page) {
        List<String> links = new ArrayList<>();
        for (JsonNode item : page) {
            if (item.has("type")
                    && Set.of("image/jpeg", "image/png")
                            .contains(item.get("type").asString())) {
                links.add(item.get("link").asString());
            }
        }
        return links;
    }

    private List<String> imagesLinks() {
        return imgur.images().stream().map(image -> image.link().toString()).toList();
    }
}
