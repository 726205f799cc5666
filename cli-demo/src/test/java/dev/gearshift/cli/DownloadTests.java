package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.model.GalleryAlbum;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.ServedImage;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(30)
final class DownloadTests {
    private static final int IMAGES = 130;

    private static ImgurSimulator imgur;

    @TempDir
    private Path folder;

    @BeforeAll
    static void serve() {
        imgur = ImgurSimulator.start(
                SimulatorSettings.defaults().withImages(IMAGES).withImageBytes(1024));
    }

    @AfterAll
    static void close() {
        imgur.close();
    }

    @BeforeEach
    void forgetCounts() {
        imgur.resetStats();
    }

    @Test
    void downloadsTheRandomGalleryWithoutItsGifsAndAlbums() throws IOException {
        Ran ran = download("random");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith(IMAGES + " downloaded into " + out() + " (");
        assertThat(ran.err()).contains("Strategy: ", "(chosen by default)");
        Served.assertHolds(out(), imgur.images());
        assertThat(imgur.stats().imageRequests()).isEqualTo(IMAGES);
    }

    @Test
    void readsAGalleryPageByPageToItsEnd() throws IOException {
        Ran ran = download("gallery:hot");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), imgur.images());
        assertThat(imgur.stats().requests() - imgur.stats().imageRequests()).isGreaterThan(2);
    }

    @Test
    void downloadsTheImagesOfAnAlbumByTheAddressOfItsPage() throws IOException {
        GalleryAlbum album;
        List<String> expected;
        try (ImgurClient client =
                ImgurClient.builder().clientId("test").apiUri(imgur.apiUri()).build()) {
            album = client.gallery().random().page(0).send().stream()
                    .filter(GalleryAlbum.class::isInstance)
                    .map(GalleryAlbum.class::cast)
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            expected = client.albums().images(album.id()).send().stream()
                    .map(Image::link)
                    .map(link -> link.getPath().substring(1))
                    .sorted()
                    .toList();
        }

        Ran ran = download("https://imgur.com/a/some-title-" + album.id());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(Served.names(out())).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void downloadsAnImageByTheAddressOfItsPage() throws IOException {
        ServedImage image = imgur.images().get(3);

        Ran ran = download("https://imgur.com/" + image.id());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), List.of(image));
    }

    @Test
    void downloadsAnAddressOnceHoweverOftenItIsNamed() throws IOException {
        String first = link(0);

        Ran ran = download(first, link(1), first, first);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("2 downloaded");
        Served.assertHolds(out(), imgur.images().subList(0, 2));
        assertThat(imgur.stats().imageRequests()).isEqualTo(2);
    }

    @Test
    void readsAListWithCommentsAndBlankLines() throws IOException {
        Path list = Files.writeString(
                folder.resolve("urls.txt"),
                "# two pictures\n\n  " + link(0) + "  \r\n\t\n#" + link(5) + "\n" + link(1) + "\n" + link(0));

        Ran ran = download("@" + list, link(2));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), imgur.images().subList(0, 3));
    }

    @Test
    void takesNothingInAListForAnOption() throws IOException {
        Path list = Files.writeString(folder.resolve("urls.txt"), link(0) + "\n--out\n" + folder.resolve("elsewhere"));

        Ran ran = download("@" + list);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("\"--out\" (line 2 of " + list + ") is no source.");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void spendsNothingIfAnyLineOfAListIsNone() throws IOException {
        Path list = Files.writeString(folder.resolve("urls.txt"), "gallery:hot\n" + link(0) + "\nno source at all\n");

        Ran ran = download("random", "@" + list);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("\"no source at all\" (line 3 of " + list + ") is no source.");
        assertThat(imgur.stats().requests()).isZero();
    }

    @Test
    void readsAnEndlessListAsFarAsTheLimit() throws IOException {
        InputStream endless = new SequenceInputStream(Collections.enumeration(new AbstractList<InputStream>() {
            @Override
            public InputStream get(int index) {
                return new ByteArrayInputStream((link(index % IMAGES) + "\n").getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        }));

        Ran ran = Ran.withInput(endless, "download", "-", "--limit", "3", "--out", out().toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), imgur.images().subList(0, 3));
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "IMGUR_CLIENT_ID", matches = ".+")
    void withoutAClientIdDownloadsWhatNobodyHasToBeAskedAbout() throws IOException {
        Path list = Files.writeString(
                folder.resolve("urls.txt"), link(0) + "\nhttps://imgur.com/abcdefg\nalbum:Zy9xW\n" + link(1) + "\n");

        Ran ran = gearshift("download", "@" + list, "--out", out().toString());

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "not listed: https://imgur.com/abcdefg: IMGUR_CLIENT_ID is not set",
                        "not listed: album:Zy9xW: IMGUR_CLIENT_ID is not set",
                        "2 downloaded into ");
        Served.assertHolds(out(), imgur.images().subList(0, 2));
    }

    @Test
    void readsAddressesAndGalleriesFromStandardInput() throws IOException {
        Ran ran = Ran.withInput(
                "# from a pipe\nrandom\n" + link(0) + "\n",
                "download",
                "-",
                "--api",
                imgur.apiUri().toString(),
                "--out",
                out().toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), imgur.images());
    }

    @Test
    void stopsAtTheLimitAndReadsNoMorePagesThanItTakes() throws IOException {
        Ran ran = download("gallery:hot", "--limit", "7");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Served.assertHolds(out(), imgur.images().subList(0, 7));
        assertThat(imgur.stats().requests()).isEqualTo(1 + 7);
    }

    @Test
    void takesNoFileForThatOfAnotherAddress() throws IOException {
        String name = Served.fileName(imgur.images().get(0));
        String second = name.replaceFirst("\\.", "-2.");
        download(link(0));

        Ran ran = download(link(0) + "?from=elsewhere");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("1 downloaded");
        assertThat(Served.names(out())).containsExactlyInAnyOrder(name, second);
        assertThat(download(link(0) + "?from=elsewhere", link(0)).out())
                .startsWith("0 downloaded")
                .contains(", 2 there already");
        assertThat(out().resolve(DownloadFolder.MEMORY)).content().doesNotContain("elsewhere");
    }

    @Test
    void takesNoDirectoryForAFile() throws IOException {
        Path directory = out().resolve(Served.fileName(imgur.images().get(0)));
        Files.createDirectories(directory.resolve("inside"));

        Ran ran = download(link(0));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("cannot be written");
        assertThat(directory.resolve("inside")).isDirectory();
    }

    @Test
    void downloadsOnlyWhatIsMissingWhenRunAgain() throws IOException {
        download("random");
        for (ServedImage lost : imgur.images().subList(10, 13)) {
            Files.delete(out().resolve(Served.fileName(lost)));
        }
        imgur.resetStats();

        Ran ran = download("random");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("3 downloaded").contains(", 127 there already");
        Served.assertHolds(out(), imgur.images());
        assertThat(imgur.stats().imageRequests()).isEqualTo(3);
    }

    @Test
    void tellsWhichFailedAndWhyAndDownloadsTheOthers() throws IOException {
        Ran ran = download(link(0), imgur.baseUri() + "/nothing.txt", imgur.baseUri() + "/gone123.jpg", link(1));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("failed: nothing.txt: ", "404", "failed: gone123.jpg: ", "2 downloaded", ", 2 failed");
        assertThat(ran.err()).doesNotContain("\tat ");
        Served.assertHolds(out(), imgur.images().subList(0, 2));
    }

    @Test
    void downloadsInProcesses() throws IOException {
        Ran ran = download("random", "--strategy", "processes");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("Strategy: processes (chosen by --strategy)");
        Served.assertHolds(out(), imgur.images());
    }

    @Test
    void printsJson() {
        Ran ran = download("random", "--json", "--strategy", "threads", "--parallelism", "3");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode report = ran.json();
        assertThat(report.get("strategy").asString()).isEqualTo("threads");
        assertThat(report.get("chosenBy").asString()).isEqualTo("threads (chosen by --strategy)");
        assertThat(report.get("workers").asInt()).isEqualTo(3);
        assertThat(report.get("found").asInt()).isEqualTo(IMAGES);
        assertThat(report.get("done").asInt()).isEqualTo(IMAGES);
        assertThat(report.get("failed").asInt()).isZero();
        assertThat(report.get("failures").isEmpty()).isTrue();
        assertThat(report.get("bytes").asLong())
                .isEqualTo(imgur.images().stream().mapToLong(ServedImage::bytes).sum());
        assertThat(imgur.stats().peakInFlight()).isLessThanOrEqualTo(3);
    }

    private Ran download(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("download", "--api", imgur.apiUri().toString(), "--out", out().toString()));
        arguments.addAll(List.of(more));
        return gearshift(arguments.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("images");
    }

    private static String link(int index) {
        return imgur.images().get(index).link().toString();
    }
}
