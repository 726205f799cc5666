package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurPages;
import dev.gearshift.imgur.ListOrder;
import dev.gearshift.imgur.Section;
import dev.gearshift.imgur.Sort;
import dev.gearshift.imgur.Window;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.GalleryImage;
import dev.gearshift.imgur.model.GalleryItem;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Downloads of what has to be listed first, and what is said when not all of it can be. */
@Timeout(60)
final class ListedDownloadTests {
    private static ImgurSimulator imgur;
    private static ImgurClient client;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() {
        imgur = ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(150).withImageBytes(1024));
        client = ImgurClient.builder().clientId("test").apiUri(imgur.apiUri()).build();
    }

    @AfterAll
    static void close() {
        client.close();
        imgur.close();
    }

    @AfterEach
    void forgetFaults() {
        imgur.play(Faults.none());
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                list("gallery:user/time", from -> from.gallery().section(Section.USER, Sort.TIME, Window.DAY)),
                list("subreddit:pics/top/all", from -> from.gallery().subreddit("pics", Sort.TOP, Window.ALL)),
                list(
                        "https://imgur.com/r/earthporn",
                        from -> from.gallery().subreddit("earthporn", Sort.TIME, Window.DAY)),
                list("tag:" + tag(), from -> from.tags().items(tag(), Sort.VIRAL, Window.DAY)),
                list(
                        "search:picture",
                        from -> from.gallery()
                                .search(dev.gearshift.imgur.GallerySearch.query("picture"), Sort.VIRAL, Window.ALL)),
                list("user:someone3", from -> from.accounts().submissions("someone3", ListOrder.NEWEST)),
                list(
                        "https://imgur.com/user/someone3/favorites",
                        from -> from.accounts().galleryFavorites("someone3", ListOrder.NEWEST)));
    }

    private static Arguments list(String source, Function<ImgurClient, ImgurPages<GalleryItem>> items) {
        return Arguments.of(source, items);
    }

    private static String tag() {
        return client.tags().overview().send().tags().get(0).name();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListIsDownloadedToItsEnd(String source, Function<ImgurClient, ImgurPages<GalleryItem>> items)
            throws IOException {
        Set<String> stills = new TreeSet<>();
        items.apply(client).forEach(item -> {
            if (item instanceof GalleryImage image && WantedImages.isStill(image.image())) {
                stills.add(nameOf(image.image()));
            }
        });

        Ran ran = download(source);

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        assertThat(Served.names(out())).isNotEmpty().containsExactlyElementsOf(stills);
    }

    @Test
    void albumsAndAnimationsAreTakenWhereAskedForAndCountedWhereNot() throws IOException {
        Set<String> expected = new TreeSet<>();
        int albums = 0;
        int animations = 0;
        for (GalleryItem item : client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY)) {
            if (item instanceof GalleryImage image) {
                expected.add(nameOf(image.image()));
                animations += WantedImages.isStill(image.image()) ? 0 : 1;
            } else if (item instanceof GalleryAlbum album) {
                client.albums().images(album.id()).send().forEach(image -> expected.add(nameOf(image)));
                albums++;
            }
        }

        Ran few = download("gallery:hot");
        Ran all = download("gallery:hot", "--albums", "--animations");

        assertThat(few.out())
                .contains(
                        ", " + albums + " albums left out (--albums takes them)",
                        ", " + animations + " animations left out (--animations takes them)");
        assertThat(all.exitCode()).as(all.err() + all.out()).isZero();
        assertThat(all.out()).doesNotContain("left out");
        assertThat(Served.names(out())).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gallery:hot", "search:picture", "random"})
    void whatIsMarkedAsMatureIsTakenWhereAskedFor(String source) throws IOException {
        try (ImgurSimulator prude = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(100)
                .withImageBytes(1024)
                .withHideMature(true))) {
            Ran few = downloadFrom(prude, source);
            int without = Served.names(out()).size();
            Ran all = downloadFrom(prude, source, "--mature");

            assertThat(few.exitCode()).as(few.err() + few.out()).isZero();
            assertThat(all.exitCode()).as(all.err() + all.out()).isZero();
            assertThat(without).isPositive();
            assertThat(Served.names(out())).hasSizeGreaterThan(without);
        }
    }

    @Test
    void anEntryOfTheGalleryIsDownloadedWhetherImageOrAlbum() throws IOException {
        List<GalleryItem> items = client.gallery().random().page(0).send();
        GalleryAlbum album = items.stream()
                .filter(GalleryAlbum.class::isInstance)
                .map(GalleryAlbum.class::cast)
                .skip(1)
                .findFirst()
                .orElseThrow();
        GalleryImage image = items.stream()
                .filter(GalleryImage.class::isInstance)
                .map(GalleryImage.class::cast)
                .findFirst()
                .orElseThrow();
        Set<String> expected = new TreeSet<>(Set.of(nameOf(image.image())));
        client.albums().images(album.id()).send().forEach(inside -> expected.add(nameOf(inside)));

        Ran ran = download("https://imgur.com/gallery/" + album.id(), "https://imgur.com/gallery/title-" + image.id());

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        assertThat(Served.names(out())).containsExactlyElementsOf(expected);
    }

    @Test
    void albumAndImageAreNamedByTheirIds() {
        String album = client.gallery().random().page(0).send().stream()
                .filter(GalleryAlbum.class::isInstance)
                .findFirst()
                .orElseThrow()
                .id();

        Ran ran = download("album:" + album, "image:" + imgur.images().get(0).id());

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
    }

    @Test
    void whatCannotBeListedIsSaidAndTheRestDownloaded() throws IOException {
        String image = imgur.images().get(2).link().toString();

        Ran ran = download("album:nosuch1", image, "subreddit:nosuch", "image:nosuch2", "--json");

        assertThat(ran.exitCode()).isEqualTo(1);
        Served.assertHolds(out(), List.of(imgur.images().get(2)));
        JsonNode listing = ran.json().get("listing");
        assertThat(listing.get("listed").asInt()).isEqualTo(1);
        assertThat(listing.get("notListed").findValuesAsString("source")).contains("album:nosuch1", "image:nosuch2");
        assertThat(listing.get("notListed").findValuesAsString("reason"))
                .allMatch(reason -> reason.contains("answered 404"));
    }

    @Test
    void itStopsBeforeTheCreditsRunOutAndGoesOnWithWhatItHas() throws IOException {
        try (ImgurSimulator poor = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(150)
                .withImageBytes(1024)
                .withCredits(CreditLimits.imgur().withUser(2)))) {
            Ran ran = downloadFrom(
                    poor,
                    "gallery:hot",
                    "user:someone3",
                    poor.images().get(140).link().toString());

            assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(1);
            assertThat(ran.out())
                    .containsPattern("not listed: gallery:hot after \\d+ images: Imgur's credits are used up; they come"
                            + " back at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC, in \\d+ min\\. With"
                            + " --wait-for-credits it waits for them\\. To go on, with the same options: gearshift"
                            + " download gallery:hot --from-page 3\\R")
                    .containsPattern("not listed: user:someone3: Imgur's credits are used up.* options: gearshift"
                            + " download user:someone3\\R")
                    .containsPattern("\\d+ downloaded into ");
            assertThat(poor.stats().overBudget()).isZero();
            assertThat(poor.stats().credits()).isEqualTo(2);
            assertThat(Served.assertEachWhole(out(), poor.images())).isBetween(80, 149);
            assertThat(Served.names(out()))
                    .contains(Served.fileName(poor.images().get(140)));
        }
    }

    @Test
    void itWaitsForCreditsAndSaysUntilWhen() throws IOException {
        try (ImgurSimulator poor = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(100)
                .withImageBytes(1024)
                .withCredits(CreditLimits.imgur().withUser(2).withWindow(Duration.ofSeconds(8))))) {
            Ran ran = downloadFrom(poor, "gallery:hot", "--wait-for-credits", "1m");

            assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
            assertThat(ran.err())
                    .containsPattern("Waiting for Imgur's credits; they come back at \\d{4}-\\d\\d-\\d\\d"
                            + " \\d\\d:\\d\\d:\\d\\d UTC, in \\d s\\.\\R");
            assertThat(poor.stats().overBudget()).isZero();
            assertThat(poor.stats().credits()).isGreaterThan(2);
            Served.assertHolds(out(), poor.images());
        }
    }

    @Test
    void itSpendsNoMoreThanItsBudgetAndGoesOnWhereItStopped() throws IOException {
        imgur.resetStats();
        List<String> all = names(client.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY));
        long creditsOfAll = imgur.stats().credits();
        imgur.resetStats();

        Ran first = download("gallery:hot", "--budget", "1");
        Ran second = download("gallery:hot", "--from-page", "2", "--budget", "1", "--json");
        Ran rest = download("gallery:hot", "--from-page", "3");

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out())
                .contains("the credits that --budget allows are spent."
                        + " To go on, with the same options: gearshift download gallery:hot --from-page 2");
        assertThat(second.json()
                        .get("listing")
                        .get("notListed")
                        .get(0)
                        .get("goOn")
                        .asString())
                .isEqualTo("gearshift download gallery:hot --from-page 3");
        assertThat(rest.exitCode()).as(rest.err() + rest.out()).isZero();
        assertThat(List.of(first, second, rest)).noneMatch(ran -> ran.out().contains("there already"));
        assertThat(Served.names(out())).containsExactlyElementsOf(all);
        assertThat(imgur.stats().credits()).isEqualTo(creditsOfAll);
        assertThat(download("gallery:hot", "--budget", "0").err()).contains("--budget must be 1 or more");
        assertThat(download("gallery:hot", "--from-page", "0").err()).contains("--from-page must be 1 or more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user:someone3 | gearshift download user:someone3 --from-page 2",
                "search:picture | gearshift download search:picture --from-page 2",
                "search:picture OR cat/top/all | gearshift download 'search:picture OR cat/top/all' --from-page 2",
            })
    void eachListTellsThePageToGoOnWith(String source, String command) {
        Ran ran = download(source, "--budget", "1");

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(1);
        assertThat(ran.out()).contains("To go on, with the same options: " + command + System.lineSeparator());
    }

    @Test
    void anAlbumThatTheBudgetIsNotEnoughForIsNamed() {
        Ran ran = download("gallery:hot", "--albums", "--budget", "2");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern(
                        "not listed: album:(\\w+) of gallery:hot: the credits that --budget allows are spent\\."
                                + " To go on, with the same options: gearshift download album:\\1\\R");
    }

    /** {@code ?1} at the end, PNGs that are called jpg, GIFs whose link leads to a still. */
    @Test
    void oddLinksBringWhatWasUploaded() throws Exception {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withImages(150).withImageBytes(1024);
        try (ImgurSimulator odd = ImgurSimulator.start(settings.withOddLinks(true));
                ImgurClient asks = ImgurClient.builder()
                        .clientId("test")
                        .apiUri(odd.apiUri())
                        .build()) {
            Map<String, Long> sizes = new TreeMap<>();
            Set<String> notMadeYet = new TreeSet<>();
            asks.gallery().section(Section.HOT, Sort.VIRAL, Window.DAY).stream()
                    .filter(GalleryImage.class::isInstance)
                    .map(item -> ((GalleryImage) item).image())
                    .forEach(image -> {
                        String name = nameOf(Objects.requireNonNull(image.file()));
                        sizes.put(name, image.fileSize());
                        if (name.endsWith(".mp4") && image.mp4Size() == null) {
                            notMadeYet.add(name);
                        }
                    });

            Ran ran = downloadFrom(odd, "gallery:hot", "--animations");

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out().lines().filter(line -> line.startsWith("failed: ")))
                    .as("animations that Imgur has not made yet")
                    .hasSameSizeAs(notMadeYet)
                    .allMatch(line -> notMadeYet.stream().anyMatch(line::contains));
            sizes.keySet().removeAll(notMadeYet);
            Map<String, Long> files = new TreeMap<>();
            for (String name : Served.names(out())) {
                files.put(name, Files.size(out().resolve(name)));
            }
            assertThat(files).isEqualTo(sizes);
            assertThat(files.keySet())
                    .as("the animation itself, and not the still")
                    .anyMatch(name -> name.endsWith(".mp4"))
                    .noneMatch(name -> name.endsWith("h.gif"));
            assertThat(odd.images()).anyMatch(image -> image.link().toString().endsWith("?1"));
            for (ServedImage image : odd.images()) {
                Path file = out().resolve(Served.fileName(image));
                if (Files.exists(file)) {
                    assertThat(MoreFiles.asByteSource(file).hash(Hashing.sha256()))
                            .hasToString(image.sha256());
                }
            }
        }
    }

    private static String nameOf(URI file) {
        return file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
    }

    private static List<String> names(ImgurPages<GalleryItem> list) {
        return list.stream()
                .filter(item -> item instanceof GalleryImage image && WantedImages.isStill(image.image()))
                .map(item -> nameOf(((GalleryImage) item).image()))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "threads", "async", "processes"})
    void aPictureForAllOfTheRegionIsNotTakenForTheImage(String strategy) throws IOException {
        imgur.play(Faults.seed(1).next(1, "/" + imgur.images().get(0).id(), Fault.REGION_BLOCKED));

        Ran ran = download("gallery:hot", "--limit", "3", "--strategy", strategy);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("so it is another file; it was not kept.", "2 downloaded", ", 1 failed");
        Served.assertHolds(out(), imgur.images().subList(1, 3));
    }

    /** A bare URL does not tell which length the image has. */
    @Test
    void onePictureUnderManyNamesIsTold() {
        String[] links = imgur.images().stream()
                .limit(3)
                .map(image -> image.link().toString())
                .toArray(String[]::new);
        imgur.play(Faults.seed(1).rate(1, "/", Fault.REGION_BLOCKED));

        Ran ran = download(links);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("3 of the files are the same picture: look at one. Imgur sends such a picture");
        imgur.play(Faults.none());
        assertThat(download("gallery:hot", "--limit", "9").err()).doesNotContain("the same picture");
    }

    private Ran download(String... more) {
        return downloadFrom(imgur, more);
    }

    private Ran downloadFrom(ImgurSimulator from, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("download", "--api", from.apiUri().toString(), "--out", out().toString()));
        arguments.addAll(List.of(more));
        return gearshift(arguments.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("images");
    }

    private static String nameOf(Image image) {
        return String.valueOf(image.link()).replaceFirst(".*/", "");
    }
}
