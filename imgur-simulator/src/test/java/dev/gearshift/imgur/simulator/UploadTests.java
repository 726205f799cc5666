package dev.gearshift.imgur.simulator;

import static dev.gearshift.imgur.simulator.Client.CLIENT_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Images and albums that clients bring. */
@Timeout(30)
final class UploadTests {

    private static final byte[] PNG = PngFile.encode(Scene.paint(3, 40, 30, 0), 40, 30, 0, 0);
    private static final SimulatorSettings SETTINGS = SimulatorSettings.defaults()
            .withImages(12)
            .withImageBytes(600)
            .withMaxUploadBytes(1 << 20)
            .withCredits(CreditLimits.of(1_000_000).withPosts(1_000_000));

    private ImgurSimulator imgur;
    private Client client;

    @BeforeEach
    void start() {
        imgur = ImgurSimulator.start(SETTINGS);
        client = new Client(imgur.baseUri());
    }

    @AfterEach
    void stop() {
        imgur.close();
    }

    @Test
    void aFileComesBackAsItWas() throws Exception {
        JsonNode image = Client.data(client.upload(
                "/3/image", CLIENT_ID, "holiday.png", PNG, "type", "file", "title", "Am Meer", "description", "blau"));
        assertThat(image.get("id").asString()).hasSize(7);
        assertThat(image.get("deletehash").asString()).hasSize(15);
        assertThat(image.get("title").asString()).isEqualTo("Am Meer");
        assertThat(image.get("description").asString()).isEqualTo("blau");
        assertThat(image.get("name").asString()).isEqualTo("holiday");
        assertThat(image.get("type").asString()).isEqualTo("image/png");
        assertThat(image.get("width").asInt()).isEqualTo(40);
        assertThat(image.get("account_id").asInt()).isZero();
        assertThat(image.get("in_gallery").asBoolean()).isFalse();
        HttpResponse<byte[]> file = client.get(image.get("link").asString());
        assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(file.body()).isEqualTo(PNG);
        JsonNode read = client.data("/3/image/" + image.get("id").asString());
        assertThat(read.has("deletehash")).isFalse();
        assertThat(read.get("size").asInt()).isEqualTo(PNG.length);
    }

    @Test
    void theOtherFormsOfAnUpload() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        List<HttpResponse<byte[]>> answers = List.of(
                client.form("POST", "/3/image", CLIENT_ID, "image", base64),
                client.form(
                        "POST", "/3/upload", CLIENT_ID, "image", "data:image/png;base64," + base64, "type", "base64"),
                client.send(
                        "POST",
                        "/3/image",
                        BodyPublishers.ofByteArray(PNG),
                        "Authorization",
                        CLIENT_ID,
                        "Content-Type",
                        "application/octet-stream"));
        for (HttpResponse<byte[]> answer : answers) {
            assertThat(client.get(Client.data(answer).get("link").asString()).body())
                    .isEqualTo(PNG);
        }
        ServedImage known = imgur.images().get(0);
        JsonNode copy = Client.data(
                client.form("POST", "/3/image", CLIENT_ID, "image", known.link().toString(), "type", "url"));
        assertThat(Sha256.hex(client.get(copy.get("link").asString()).body())).isEqualTo(known.sha256());
        String elsewhere = "https://example.org/cat.jpg";
        JsonNode painted = Client.data(client.form("POST", "/3/image", CLIENT_ID, "image", elsewhere));
        JsonNode again = Client.data(client.form("POST", "/3/image", CLIENT_ID, "image", elsewhere));
        assertThat(painted.get("id")).isNotEqualTo(again.get("id"));
        assertThat(client.get(painted.get("link").asString()).body())
                .isEqualTo(client.get(again.get("link").asString()).body());
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        assertError(client.form("POST", "/3/image", CLIENT_ID, "title", "nothing"), "No image data was sent");
        assertError(client.send("POST", "/3/image", "Authorization", CLIENT_ID), "No image data was sent");
        HttpResponse<byte[]> text =
                client.upload("/3/image", CLIENT_ID, "a.txt", "hello".getBytes(StandardCharsets.UTF_8));
        assertError(text, "File type invalid (1)");
        assertThat(Client.json(text).get("data").get("error").get("code").asInt())
                .isEqualTo(1003);
        assertError(client.form("POST", "/3/image", CLIENT_ID, "video", "x"), "File type invalid (1)");
        assertError(
                client.upload("/3/image", CLIENT_ID, "a.png", "\u0089PNG".getBytes(StandardCharsets.ISO_8859_1)),
                "corrupt");
        assertError(client.form("POST", "/3/image", CLIENT_ID, "image", "http:///", "type", "url"), "Invalid URL");
        assertError(client.form("POST", "/3/image", CLIENT_ID, "image", "not a url", "type", "url"), "Invalid URL");
        assertError(client.form("POST", "/3/image", CLIENT_ID, "image", "%%%"), "File type invalid (1)");
        assertError(raw("image=%zz", "application/x-www-form-urlencoded"), "could not be read as a form");
        assertError(
                raw(
                        "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nb",
                        "multipart/form-data; boundary=x"),
                "No image data was sent");
        assertError(
                client.upload("/3/image", CLIENT_ID, "a.png", PNG, "album", "noalbum"),
                "Unable to find what you are looking for.",
                404);
    }

    @Test
    void whatIsTooLargeIsRefusedWithACode() throws Exception {
        byte[] large = PngFile.encode(Scene.paint(3, 40, 30, 0), 40, 30, (1 << 20) + 1, 0);
        for (int length : new int[] {(1 << 20) + 1, 10 << 20}) {
            byte[] file = Arrays.copyOf(large, length);
            HttpResponse<byte[]> answer = client.upload("/3/image", CLIENT_ID, "a.png", file);
            assertError(answer, "File is over the size limit");
            JsonNode error = Client.json(answer).get("data").get("error");
            assertThat(error.get("code").asInt()).isEqualTo(1002);
            assertThat(error.get("type").asString()).isEqualTo("ImgurException");
            assertThat(error.get("exception")).isEmpty();
        }
        assertThat(client.upload("/3/image", CLIENT_ID, "a.png", PNG).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoKnowsTheDeletehashChangesAndDeletes() throws Exception {
        JsonNode image = Client.data(client.upload("/3/image", CLIENT_ID, "a.png", PNG, "title", "one"));
        String id = image.get("id").asString();
        String hash = image.get("deletehash").asString();
        HttpResponse<byte[]> done = client.form("POST", "/3/image/" + hash, CLIENT_ID, "title", "two");
        assertThat(Client.data(done).asBoolean()).isTrue();
        assertThat(client.data("/3/image/" + id).get("title").asString()).isEqualTo("two");
        assertThat(client.form("POST", "/3/image/" + id, CLIENT_ID, "title", "three")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.send("DELETE", "/3/image/" + id, "Authorization", CLIENT_ID)
                        .statusCode())
                .isEqualTo(403);
        assertThat(delete("/3/image/" + hash, CLIENT_ID).statusCode()).isEqualTo(200);
        assertThat(client.api("/3/image/" + id).statusCode()).isEqualTo(404);
        assertThat(client.get("/" + id + ".png").statusCode()).isEqualTo(302);
        assertThat(delete("/3/image/" + hash, CLIENT_ID).statusCode()).isEqualTo(404);
        assertThat(delete("/3/image/" + imgur.images().get(0).id(), CLIENT_ID).statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAccountOwnsWhatItBrings() throws Exception {
        String alice = client.bearer("alice");
        String bob = client.bearer("bobby");
        JsonNode image = Client.data(client.upload("/3/image", alice, "a.png", PNG));
        String id = image.get("id").asString();
        assertThat(image.get("account_url").asString()).isEqualTo("alice");
        assertThat(Client.data(client.api("/3/image/" + id, alice)).has("deletehash"))
                .isTrue();
        assertThat(Client.data(client.api("/3/image/" + id, bob)).has("deletehash"))
                .isFalse();
        assertThat(Client.data(client.api("/3/account/me/images/0", alice))).hasSize(1);
        assertThat(Client.data(client.api("/3/account/alice/images/ids/0", alice))
                        .get(0)
                        .asString())
                .isEqualTo(id);
        assertThat(Client.data(client.api("/3/account/me/images/count", bob)).asInt())
                .isZero();
        assertThat(client.api("/3/account/alice/images/0", bob).statusCode()).isEqualTo(403);
        assertThat(client.api("/3/account/alice/images/0").statusCode()).isEqualTo(401);
        assertThat(delete("/3/image/" + id, bob).statusCode()).isEqualTo(403);
        assertThat(Client.data(client.form("PUT", "/3/image/" + id, alice, "description", "mine"))
                        .asBoolean())
                .isTrue();
        assertThat(delete("/3/image/" + id, alice).statusCode()).isEqualTo(200);
    }

    @Test
    void anAlbumIsMadeChangedAndDeleted() throws Exception {
        JsonNode one = Client.data(client.upload("/3/image", CLIENT_ID, "a.png", PNG));
        JsonNode two = Client.data(client.upload("/3/image", CLIENT_ID, "b.png", PNG));
        String first = one.get("id").asString();
        String second = two.get("id").asString();
        JsonNode made = Client.data(client.form("POST", "/3/album", CLIENT_ID, "title", "empty"));
        String id = made.get("id").asString();
        String hash = made.get("deletehash").asString();
        JsonNode empty = client.data("/3/album/" + id);
        assertThat(empty.get("cover").isNull()).isTrue();
        assertThat(empty.get("images")).isEmpty();
        assertThat(empty.get("title").asString()).isEqualTo("empty");
        assertThat(empty.has("deletehash")).isFalse();
        client.form(
                "POST",
                "/3/album/" + hash + "/add",
                CLIENT_ID,
                "deletehashes[]",
                one.get("deletehash").asString());
        JsonNode third = Client.data(client.upload("/3/image", CLIENT_ID, "c.png", PNG, "album", hash));
        assertThat(ids(id)).containsExactly(first, third.get("id").asString());
        client.form(
                "PUT", "/3/album/" + hash, CLIENT_ID, "ids", first + "," + second, "cover", second, "title", "full");
        assertThat(ids(id)).containsExactly(first, second);
        assertThat(client.data("/3/album/" + id).get("cover").asString()).isEqualTo(second);
        client.form("POST", "/3/album/" + hash + "/remove_images", CLIENT_ID, "ids[]", second);
        assertThat(ids(id)).containsExactly(first);
        assertThat(client.data("/3/album/" + id).get("cover").asString()).isEqualTo(first);
        client.form("POST", "/3/album/" + hash, CLIENT_ID, "ids[]", second, "ids[]", first);
        assertThat(ids(id)).containsExactly(second, first);
        delete("/3/album/" + hash + "/remove_images?ids=" + first, CLIENT_ID);
        client.form("POST", "/3/image/" + two.get("deletehash").asString(), CLIENT_ID, "title", "renamed");
        assertThat(client.data("/3/album/" + id + "/images").get(0).get("title").asString())
                .isEqualTo("renamed");
        delete("/3/image/" + two.get("deletehash").asString(), CLIENT_ID);
        assertThat(ids(id)).isEmpty();
        assertError(client.form("POST", "/3/album", CLIENT_ID, "ids[]", "nothere"), "There is no image nothere.");
        assertThat(client.form("PUT", "/3/album/" + id, CLIENT_ID, "title", "x").statusCode())
                .isEqualTo(403);
        assertThat(delete("/3/album/" + hash, CLIENT_ID).statusCode()).isEqualTo(200);
        assertThat(client.api("/3/album/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void aVeryLargeAlbumIsTooMuchForOneAnswerButItsImagesCome() throws Exception {
        String[] fields = new String[2 * 1100];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "ids[]";
            fields[i + 1] = imgur.images().get(i % 12).id();
        }
        String id = Client.data(client.form("POST", "/3/album", CLIENT_ID, fields))
                .get("id")
                .asString();
        HttpResponse<byte[]> whole = client.api("/3/album/" + id);
        assertThat(whole.statusCode()).isEqualTo(500);
        assertThat(Client.text(whole)).contains("Operation timed out after");
        assertThat(client.data("/3/album/" + id + "/images")).hasSize(1100);
    }

    @Test
    void aFavoriteIsAnsweredWithAWord() throws Exception {
        String alice = client.bearer("alice");
        String path = "/3/image/" + imgur.images().get(1).id();
        assertThat(client.send("POST", path + "/favorite", "Authorization", CLIENT_ID)
                        .statusCode())
                .isEqualTo(401);
        assertThat(Client.data(client.send("POST", path + "/favorite", "Authorization", alice))
                        .asString())
                .isEqualTo("favorited");
        assertThat(Client.data(client.api(path, alice)).get("favorite").asBoolean())
                .isTrue();
        JsonNode favorites = Client.data(client.api("/3/account/me/favorites/0/newest", alice));
        assertThat(favorites).hasSize(1);
        assertThat(favorites.get(0).get("ups").isNull()).isTrue();
        assertThat(Client.data(client.send("POST", path + "/favorite", "Authorization", alice))
                        .asString())
                .isEqualTo("unfavorited");
        assertThat(Client.data(client.api("/3/account/me/favorites", alice))).isEmpty();
        JsonNode made = Client.data(client.form("POST", "/3/album", alice, "title", "mine"));
        assertThat(Client.data(client.send(
                                "POST", "/3/album/" + made.get("id").asString() + "/favorite", "Authorization", alice))
                        .asString())
                .isEqualTo("favorited");
        assertThat(Client.data(client.api("/3/account/alice/albums/ids")).get(0))
                .isEqualTo(made.get("id"));
    }

    @Test
    void theOldestGiveWayToTheNewest() throws Exception {
        List<String> ids = new ArrayList<>();
        byte[] image = PngFile.encode(Scene.paint(3, 8, 8, 0), 8, 8, 0, 0);
        for (int i = 0; i < Uploads.MAX_ITEMS + 5; i++) {
            ids.add(Client.data(client.upload("/3/image", CLIENT_ID, "a.png", image))
                    .get("id")
                    .asString());
        }
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(client.api("/3/image/" + ids.get(4)).statusCode()).isEqualTo(404);
        assertThat(client.api("/3/image/" + ids.get(5)).statusCode()).isEqualTo(200);
        byte[] large = PngFile.encode(Scene.paint(3, 40, 30, 0), 40, 30, 1 << 20, 0);
        for (int i = 0; i < 63; i++) {
            client.upload("/3/image", CLIENT_ID, "a.png", large);
        }
        assertThat(client.api("/3/image/" + ids.get(ids.size() - 1)).statusCode())
                .isEqualTo(200);
        client.upload("/3/image", CLIENT_ID, "a.png", large);
        assertThat(client.api("/3/image/" + ids.get(ids.size() - 1)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void bodiesThatBreakOffLeaveNothing() throws Exception {
        byte[] half = new byte[1 << 20];
        for (int i = 0; i < 80; i++) {
            try (Socket socket = new Socket("127.0.0.1", imgur.baseUri().getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write("POST /3/image HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(half);
                out.flush();
            }
        }
        while (imgur.stats().openConnections() > 0) {
            Thread.onSpinWait(); // the test's own timeout is the deadline
        }
        assertThat(client.upload("/3/image", CLIENT_ID, "a.png", PNG).statusCode())
                .isEqualTo(200);
    }

    @Test
    void roomForBodiesIsTakenAndGivenBack() {
        BodyRoom room = new BodyRoom(20 << 20);
        List<RequestBody> bodies = new ArrayList<>();
        Set<RequestBody.State> states = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            RequestBody body = new RequestBody(room);
            body.add(Unpooled.wrappedBuffer(new byte[20 << 20]));
            bodies.add(body);
            states.add(body.state());
        }
        assertThat(states).containsExactlyInAnyOrder(RequestBody.State.KEPT, RequestBody.State.NO_ROOM);
        assertThat(room.taken()).isEqualTo(60 << 20);
        bodies.get(0).add(Unpooled.wrappedBuffer(new byte[1]));
        assertThat(bodies.get(0).state()).isEqualTo(RequestBody.State.TOO_LARGE);
        bodies.forEach(RequestBody::release);
        bodies.forEach(RequestBody::release);
        assertThat(room.taken()).isZero();
    }

    private HttpResponse<byte[]> raw(String body, String type) throws Exception {
        return client.send(
                "POST", "/3/image", BodyPublishers.ofString(body), "Authorization", CLIENT_ID, "Content-Type", type);
    }

    private List<String> ids(String album) throws Exception {
        List<String> ids = new ArrayList<>();
        client.data("/3/album/" + album + "/images")
                .forEach(image -> ids.add(image.get("id").asString()));
        return ids;
    }

    private HttpResponse<byte[]> delete(String path, String authorization) throws Exception {
        return client.send("DELETE", path, "Authorization", authorization);
    }

    private static void assertError(HttpResponse<byte[]> answer, String message) {
        assertError(answer, message, 400);
    }

    private static void assertError(HttpResponse<byte[]> answer, String message, int status) {
        assertThat(answer.statusCode()).as(Client.text(answer)).isEqualTo(status);
        assertThat(Client.text(answer)).contains(message);
        assertThat(Client.json(answer).get("success").asBoolean()).isFalse();
    }
}
