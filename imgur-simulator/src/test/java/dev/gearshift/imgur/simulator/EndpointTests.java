package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What can be read, and how it looks. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EndpointTests {

    private static final SimulatorSettings SETTINGS =
            SimulatorSettings.defaults().withImages(300).withImageBytes(600).withCredits(CreditLimits.of(1_000_000));

    private ImgurSimulator imgur;
    private Client client;
    private String image;
    private String tagged;
    private JsonNode listing;

    @BeforeAll
    void start() throws Exception {
        imgur = ImgurSimulator.start(SETTINGS);
        client = new Client(imgur.baseUri());
        image = imgur.images().get(0).id();
        tagged = imgur.images().get(3).id();
        listing = client.data("/3/gallery/random/random");
    }

    @AfterAll
    void stop() {
        imgur.close();
    }

    /** The table of routes, made as a simulator makes it. */
    static List<Route> routes() {
        SiteBuilder builder = new SiteBuilder(
                SimulatorSettings.defaults(),
                URI.create("http://127.0.0.1:1"),
                List.of(UploadedPicture.painted(1)),
                Clock.systemUTC());
        return builder.routes(
                        new Accounts(),
                        new AccessTokens(Duration.ofDays(1), Clock.systemUTC()),
                        new CreditLedger(CreditLimits.imgur(), Clock.systemUTC()))
                .all();
    }

    @Test
    void eachRouteThatReadsAnswersWithAndWithoutItsOptionalParts() throws Exception {
        String bearer = client.bearer("somebody");
        JsonNode album = firstAlbum();
        String comment = comments(mostCommented()).get(0).get("id").asString();
        Map<String, String> values = Map.ofEntries(
                Map.entry("{section}", "hot"),
                Map.entry("{sort}", "viral"),
                Map.entry("{imageSort}", "top"),
                Map.entry("{window}", "week"),
                Map.entry("{page}", "1"),
                Map.entry("{order}", "oldest"),
                Map.entry("{commentSort}", "new"),
                Map.entry("{user}", "me"),
                Map.entry("{number}", comment));
        Set<String> asked = new TreeSet<>();
        for (Route route : routes()) {
            if (route.method().equals("GET") && route.path().startsWith("/3/")) {
                String path = route.path();
                for (Map.Entry<String, String> value : values.entrySet()) {
                    path = path.replace(value.getKey(), value.getValue());
                }
                path = path.replace("{name}", path.contains("/r/") ? "pics" : "landscape")
                        .replace(
                                "{imageId}",
                                album.get("images").get(0).get("id").asString());
                if (path.contains("comment/")) {
                    JsonNode found = client.data("/3/comment/" + comment);
                    path = path.replace("me", found.get("author").asString())
                            .replace("com" + found.get("author").asString() + "nt", "comment")
                            .replace("{id}", found.get("image_id").asString());
                }
                path = path.replace(
                        "{id}", path.contains("album") ? album.get("id").asString() : image);
                for (String form : List.of(path.replaceAll("[\\[\\]]", ""), path.replaceAll("\\[[^\\]]*]", ""))) {
                    String full = form.endsWith("/search") || form.contains("/search/") ? form + "?q=Picture" : form;
                    HttpResponse<byte[]> answer = client.api(full, bearer);
                    assertThat(answer.statusCode())
                            .as(full + Client.text(answer))
                            .isEqualTo(200);
                    asked.add(full);
                }
            }
        }
        assertThat(asked).hasSizeGreaterThan(50);
    }

    @Test
    void theSameSeedAnswersTheSame() throws Exception {
        try (ImgurSimulator twin = ImgurSimulator.start(SETTINGS)) {
            Client other = new Client(twin.baseUri());
            for (String path : List.of(
                    "/3/gallery/hot/viral/2?album_previews=1",
                    "/3/gallery/r/pics/top/week/0",
                    "/3/account/someone7/comments",
                    "/3/gallery/" + mostCommented() + "/comments")) {
                String here = Client.text(client.api(path));
                assertThat(here.replace(imgur.baseUri().toString(), ""))
                        .isEqualTo(Client.text(other.api(path))
                                .replace(twin.baseUri().toString(), ""));
            }
        }
    }

    @Test
    void aSubredditHasImagesThatNobodyVotedOn() throws Exception {
        JsonNode images = client.data("/3/gallery/r/earthporn/time/all/0");
        assertThat(images).hasSize(Gallery.PAGE);
        for (JsonNode item : images) {
            assertThat(item.get("is_album").asBoolean()).isFalse();
            assertThat(item.get("section").asString()).isEqualTo("earthporn");
            for (String vote : List.of("ups", "downs", "points", "score", "vote", "comment_count")) {
                assertThat(item.get(vote).isNull()).as(vote).isTrue();
            }
            assertThat(item.has("topic_id")).isTrue();
        }
        String id = images.get(0).get("id").asString();
        assertThat(client.data("/3/gallery/r/earthporn/" + id)).isEqualTo(images.get(0));
        assertThat(client.api("/3/gallery/r/pics/" + id).statusCode()).isEqualTo(404);
        assertThat(client.data("/3/gallery/r/nothinghere/top")).isEmpty();
    }

    @Test
    void tagsComeInTwoForms() throws Exception {
        JsonNode tags = client.data("/3/tags").get("tags");
        assertThat(tags).hasSize(Tag.ALL.size());
        assertThat(tags.get(0).get("id").asString()).isEqualTo("32179");
        assertThat(tags.get(0).get("thumbnail_hash").isNull()).isTrue();
        assertThat(tags.get(1).propertyNames()).containsExactly("name", "display_name", "followers", "total_items");
        JsonNode tag = client.data("/3/gallery/t/landscape/viral/week/0");
        assertThat(tag.get("items")).isNotEmpty();
        assertThat(tag.get("items").get(0).get("tags").get(0).get("name").asString())
                .isEqualTo("landscape");
        assertThat(client.data("/3/gallery/t/landscape/viral/week/1").get("items"))
                .isEmpty();
        JsonNode vote =
                client.data("/3/gallery/" + tagged + "/tags").get("tags").get(0);
        assertThat(vote.propertyNames()).containsExactly("ups", "downs", "name", "author");
        HttpResponse<byte[]> none = client.api("/3/gallery/tag_info/no%20such%20tag");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(Client.text(none)).contains("Tag does not exist");
    }

    @Test
    void aSearchFindsWhatItsWordsSay() throws Exception {
        assertThat(titles("q=Picture+12")).contains("Picture 12", "Picture 120").allMatch(t -> t.contains("12"));
        assertThat(titles("q=ext:png+AND+NOT+7")).isNotEmpty().noneMatch(t -> t.contains("7"));
        assertThat(titles("q=Album+OR+ext:gif")).anyMatch(t -> t.startsWith("Album"));
        assertThat(titles("q=album:Album")).isNotEmpty().allMatch(t -> t.startsWith("Album"));
        assertThat(titles("q=user:someone9")).isNotEmpty();
        assertThat(titles("q=tag:sunset")).isNotEmpty();
        assertThat(titles("q_exactly=Picture%2040&q=ignored")).containsExactlyInAnyOrder("Picture 40");
        assertThat(titles("q_any=Album&q_not=1&q_type=album")).isNotEmpty().noneMatch(t -> t.contains("1"));
        assertThat(titles("q_all=Picture&q_type=anigif&q_size_px=small")).isNotEmpty();
        assertThat(titles("q_size_px=huge")).isEmpty();
        for (String bad : List.of("", "?q=", "?q_type=bmp", "?q_size_px=tiny")) {
            assertThat(client.api("/3/gallery/search" + bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    private List<String> titles(String query) throws Exception {
        List<String> titles = new ArrayList<>();
        for (JsonNode item : client.data("/3/gallery/search/time/all/0?" + query)) {
            titles.add(item.get("title").asString(""));
        }
        return titles;
    }

    @Test
    void commentsAreThreadsWhoseIdsAreLong() throws Exception {
        String id = mostCommented();
        JsonNode threads = comments(id);
        JsonNode first = threads.get(0);
        assertThat(first.get("parent_id").asLong()).isZero();
        assertThat(first.get("image_id").asString()).isEqualTo(id);
        JsonNode child = first.get("children").get(0);
        assertThat(child.get("parent_id").asLong()).isEqualTo(first.get("id").asLong());
        assertThat(client.data("/3/comment/" + first.get("id"))
                        .get("children")
                        .get(0)
                        .asLong())
                .isEqualTo(child.get("id").asLong());
        assertThat(client.data("/3/comment/" + first.get("id") + "/replies")).isEqualTo(first);
        assertThat(client.data("/3/gallery/" + id + "/comment/" + child.get("id"))
                        .get("id"))
                .isEqualTo(child.get("id"));
        assertThat(client.api("/3/gallery/" + image + "/comment/99999999999").statusCode())
                .isEqualTo(404);
        List<Long> points = new ArrayList<>();
        comments(id).forEach(comment -> points.add(comment.get("points").asLong()));
        assertThat(points).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        JsonNode late = comments(listing.get(listing.size() - 2).get("id").asString());
        assertThat(late.isEmpty() || late.get(0).get("id").asLong() > Integer.MAX_VALUE)
                .isTrue();
    }

    @Test
    void votesAreNumbersAlsoWhereTheListingHasNone() throws Exception {
        JsonNode votes = client.data("/3/gallery/" + imgur.images().get(5).id() + "/votes");
        assertThat(votes.get("ups").asInt()).isZero();
        JsonNode item = client.data("/3/gallery/" + image);
        assertThat(client.data("/3/gallery/" + image + "/votes").get("ups")).isEqualTo(item.get("ups"));
    }

    @Test
    void anAlbumHasAllItsImagesAndEachOfThem() throws Exception {
        JsonNode album = firstAlbum();
        String id = album.get("id").asString();
        assertThat(album.get("images")).hasSize(album.get("images_count").asInt());
        JsonNode first = album.get("images").get(0);
        assertThat(client.data("/3/album/" + id + "/image/" + first.get("id").asString()))
                .isEqualTo(first);
        assertThat(client.api("/3/album/" + id + "/image/" + image).statusCode())
                .isEqualTo(404);
        assertThat(client.data("/3/gallery/" + id).get("is_album").asBoolean()).isTrue();
    }

    @Test
    void accountsShowTheQuirks() throws Exception {
        Set<String> reputations = new HashSet<>();
        Set<String> expirations = new HashSet<>();
        for (int i = 0; i < Accounts.RESIDENTS; i++) {
            JsonNode account = client.data("/3/account/someone" + i);
            assertThat(account.get("url").asString()).isEqualTo("someone" + i);
            reputations.add(account.get("reputation").getNodeType() + " "
                    + account.get("reputation").isIntegralNumber());
            expirations.add(account.get("pro_expiration").getNodeType().name());
            assertThat(client.data("/3/account/x?".replace("x", "anybody") + "account_id=" + account.get("id")))
                    .isEqualTo(account);
        }
        assertThat(reputations).containsExactlyInAnyOrder("NUMBER true", "NUMBER false");
        assertThat(expirations).containsExactlyInAnyOrder("BOOLEAN", "NUMBER");
        assertThat(client.api("/3/account/nobodyatall").statusCode()).isEqualTo(404);
        assertThat(client.api("/3/account/me").statusCode()).isEqualTo(401);
    }

    @Test
    void whatAnAccountDidIsPaged() throws Exception {
        Set<String> favorites = new HashSet<>();
        int pages = 0;
        for (JsonNode page = client.data("/3/account/someone3/gallery_favorites/0/newest");
                !page.isEmpty();
                page = client.data("/3/account/someone3/gallery_favorites/" + pages + "/newest")) {
            page.forEach(item -> favorites.add(item.get("id").asString()));
            pages++;
        }
        assertThat(pages).isGreaterThan(1);
        assertThat(favorites).hasSizeBetween(60, 200);
        JsonNode submissions = client.data("/3/account/someone9/submissions/0/newest?album_previews=1");
        assertThat(submissions).isNotEmpty();
        assertThat(client.data("/3/account/someone9/submissions/0/oldest")
                        .get(0)
                        .get("id"))
                .isEqualTo(submissions.get(submissions.size() - 1).get("id"));
        int count = client.data("/3/account/someone9/comments/count").asInt();
        assertThat(client.data("/3/account/someone9/comments/newest/0")).hasSize(50);
        assertThat(client.data("/3/account/someone9/comments/ids/newest/" + count / 50))
                .hasSize(count % 50);
        JsonNode ids = client.data("/3/account/someone4/albums/ids/0");
        assertThat(ids)
                .hasSize(client.data("/3/account/someone4/albums/count").asInt())
                .isNotEmpty();
        assertThat(client.data("/3/account/someone4/albums/0").get(0).get("id")).isEqualTo(ids.get(0));
        assertThat(client.data("/3/account/someone4/albums/0?perPage=1")).hasSize(1);
        assertThat(client.data("/3/account/someone3/gallery_profile").get("trophies"))
                .isNotEmpty();
        assertThat(client.data("/3/account/someone3/available_avatars").get("available_avatars"))
                .hasSize(3);
    }

    @Test
    void idsHaveSevenOrFiveLetters() {
        Set<Integer> lengths = new HashSet<>();
        listing.forEach(item -> lengths.add(item.get("id").asString().length()));
        assertThat(lengths).containsExactlyInAnyOrder(5, 7);
    }

    @Test
    void matureItemsAreHiddenWhereThatIsAskedFor() throws Exception {
        try (ImgurSimulator prudish = ImgurSimulator.start(SETTINGS.withHideMature(true))) {
            Client other = new Client(prudish.baseUri());
            assertThat(mature(other.data("/3/gallery/hot/viral/0"))).isZero();
            assertThat(mature(other.data("/3/gallery/random/random"))).isZero();
            assertThat(mature(other.data("/3/gallery/hot/viral/0?mature=true"))).isPositive();
            assertThat(mature(Client.data(other.api("/3/gallery/hot/viral/0", other.bearer("grownup")))))
                    .isPositive();
        }
    }

    private static long mature(JsonNode items) {
        return items.valueStream()
                .filter(item -> item.get("nsfw").asBoolean(false))
                .count();
    }

    @Test
    void theSuffixJsonAndASlashChangeNothing() throws Exception {
        assertThat(client.data("/3/image/" + image + ".json")).isEqualTo(client.data("/3/image/" + image + "/"));
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        for (String path : List.of(
                "/3/gallery/hot/sideways",
                "/3/gallery/hot/viral/day/x",
                "/3/gallery/hot/viral/99999999999",
                "/3/comment/1",
                "/3/comment/99999999999999999999999",
                "/3/account/someone3/albums/x",
                "/3/gallery/r/%20",
                "/3/nothing")) {
            assertThat(client.api(path).statusCode()).as(path).isEqualTo(404);
        }
        HttpResponse<byte[]> wrong = client.send("DELETE", "/3/tags", "Authorization", Client.CLIENT_ID);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(client.send("PUT", "/3/album/abcdefg", "Authorization", Client.CLIENT_ID)
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<byte[]> faked = client.api("/3/image/nothere?_fake_status=200");
        assertThat(faked.statusCode()).isEqualTo(200);
        assertThat(Client.json(faked).get("status").asInt()).isEqualTo(404);
    }

    @Test
    void whatIsDeprecatedSaysUntilWhenItIsThere() throws Exception {
        assertThat(client.api("/3/gallery/random/random/0").headers().firstValue("Sunset"))
                .isPresent();
        assertThat(client.api("/3/gallery/hot/viral/0").headers().firstValue("Sunset"))
                .isEmpty();
    }

    @Test
    void headTellsWhatGetWould() throws Exception {
        HttpResponse<byte[]> head = client.send("HEAD", "/3/tags", "Authorization", Client.CLIENT_ID);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).isPresent();
    }

    private JsonNode firstAlbum() throws Exception {
        for (JsonNode item : listing) {
            if (item.get("is_album").asBoolean()) {
                return client.data("/3/album/" + item.get("id").asString());
            }
        }
        throw new AssertionError("there is no album");
    }

    private String mostCommented() {
        String id = "";
        int most = -1;
        for (JsonNode item : listing) {
            if (item.get("comment_count").asInt(0) > most) {
                most = item.get("comment_count").asInt(0);
                id = item.get("id").asString();
            }
        }
        return id;
    }

    private JsonNode comments(String id) throws Exception {
        return client.data("/3/gallery/" + id + "/comments/best");
    }
}
