package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.imgur.ImgurClient;
import dev.gearshift.imgur.ImgurException;
import dev.gearshift.imgur.model.Image;
import dev.gearshift.imgur.simulator.CreditLimits;
import dev.gearshift.imgur.simulator.Fault;
import dev.gearshift.imgur.simulator.Faults;
import dev.gearshift.imgur.simulator.ImgurSimulator;
import dev.gearshift.imgur.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class UploadTests {
    private static final Pattern LINE = Pattern.compile("(\\S+)  (\\S+)  deletehash ([A-Za-z0-9]+)\\R");

    @TempDir
    private Path folder;

    private ImgurSimulator imgur;

    @BeforeEach
    void serve() {
        imgur = ImgurSimulator.start(SimulatorSettings.defaults().withImages(1).withImageBytes(900));
    }

    @AfterEach
    void close() {
        imgur.close();
    }

    @Test
    void uploadsAFileAndPrintsWhereItIsAndHowToDeleteIt() throws IOException {
        Ran ran = upload(picture("cat.jpg"), "--title", "A cat", "--description", "It sleeps.");

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        MatchResult line = lines(ran).get(0);
        assertThat(line.group(1)).isEqualTo("cat.jpg");
        assertThat(ran.out()).endsWith("1 uploaded" + System.lineSeparator());
        assertThat(ran.err()).contains("Uploading").doesNotContain(line.group(3));
        Image image = image(id(line));
        assertThat(image.title()).isEqualTo("A cat");
        assertThat(image.description()).isEqualTo("It sleeps.");
    }

    @Test
    void deletesWhatItHasUploadedAndRepeatsNoDeletehash() throws IOException {
        List<MatchResult> lines = lines(upload(picture("a.jpg"), picture("b.jpg")));
        String hash = lines.get(0).group(3);

        Ran deleted = upload(
                "--delete",
                hash,
                "--delete",
                "https://imgur.com/delete/" + lines.get(1).group(3));
        Ran again = upload("--delete", hash, "--stacktrace");

        assertThat(deleted.exitCode()).as(deleted.err() + deleted.out()).isZero();
        assertThat(deleted.out()).isEqualTo("2 deleted" + System.lineSeparator());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).contains("failed: --delete number 1: ", "0 deleted, 1 failed");
        for (Ran ran : List.of(deleted, again)) {
            assertThat(ran.out() + ran.err()).doesNotContain(hash, lines.get(1).group(3));
        }
        for (MatchResult line : lines) {
            assertThatThrownBy(() -> image(id(line))).isInstanceOf(ImgurException.NotFound.class);
        }
    }

    /** The first attempt has deleted it, and its answer was lost: the second finds nothing. */
    @Test
    void whatAnEarlierAttemptHasDeletedIsDeleted() throws IOException {
        String hash = lines(upload(picture("a.jpg"))).get(0).group(3);
        imgur.play(Faults.seed(1).next(1, "/3/image", Fault.RESET));

        Ran ran = upload("--delete", hash);

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.out()).isEqualTo("1 deleted" + System.lineSeparator());
    }

    /** What was turned away has deleted nothing. */
    @Test
    void whatIsNotThereIsNotDeletedByAnAttemptThatWasTurnedAway() throws IOException {
        imgur.play(Faults.seed(1).next(1, "/3/image", Fault.TOO_MANY_REQUESTS));

        Ran ran = upload("--delete", "n0suchHash00000");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("0 deleted, 1 failed").doesNotContain("all the same");
    }

    @Test
    void deletesNothingIfOneOfThemIsNoDeletehash() throws IOException {
        MatchResult line = lines(upload(picture("a.jpg"))).get(0);
        imgur.resetStats();

        Ran typed = upload("--delete", line.group(3), "--delete", "S3cret/more");
        Ran read = uploadWithInput(line.group(3) + "\n\nS3cret/more\n", "--delete", "-");

        assertThat(typed.err())
                .contains("What --delete number 2 names is no deletehash of letters and digits", "nothing was deleted");
        assertThat(read.err()).contains("What line 3 of standard input names is no deletehash", "nothing was deleted");
        for (Ran ran : List.of(typed, read)) {
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).doesNotContain("S3cret", line.group(3));
        }
        assertThat(imgur.stats().requests()).isZero();
        assertThat(image(id(line))).isNotNull();
    }

    @Test
    void deletesWhatStandardInputNames() throws IOException {
        List<MatchResult> lines = lines(upload(picture("a.jpg"), picture("b.jpg"), picture("c.jpg")));

        Ran ran = uploadWithInput(
                "\n  " + lines.get(0).group(3) + " \r\nnosuchhash\nhttps://imgur.com/delete/"
                        + lines.get(1).group(3),
                "--delete",
                lines.get(2).group(3),
                "--delete",
                "-");

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isEqualTo(1);
        assertThat(ran.out())
                .contains("failed: line 3 of standard input: ", "3 deleted, 1 failed")
                .doesNotContain("nosuchhash");
        for (MatchResult line : lines) {
            assertThatThrownBy(() -> image(id(line))).isInstanceOf(ImgurException.NotFound.class);
        }
    }

    @Test
    void makesAnAlbumOfWhatWasUploaded() throws IOException {
        Ran ran = upload(picture("a.jpg"), picture("b.jpg"), "--new-album", "Two");

        assertThat(ran.exitCode()).as(ran.err() + ran.out()).isZero();
        List<MatchResult> lines = lines(ran);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(2).group(1)).isEqualTo("Two");
        assertThat(lines.get(2).group(2)).startsWith("https://imgur.com/a/");
        String album = lines.get(2).group(2).replaceFirst(".*/", "");
        assertThat(albumOf(album)).containsExactly(id(lines.get(0)), id(lines.get(1)));

        Ran more = upload(picture("c.jpg"), "--album", lines.get(2).group(3));

        assertThat(more.exitCode()).as(more.err() + more.out()).isZero();
        assertThat(more.out() + more.err()).doesNotContain(lines.get(2).group(3));
        assertThat(albumOf(album)).contains(id(lines(more).get(0)));
    }

    @Test
    void losesNothingWhenOneOfSeveralFails() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no picture at all");

        Ran ran = upload(picture("a.jpg"), text.toString(), picture("b.jpg"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(lines(ran)).extracting(line -> line.group(1)).containsExactly("a.jpg", "b.jpg");
        assertThat(ran.out()).contains("failed: text.jpg: Imgur answered 400", "2 uploaded, 1 failed");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @Test
    void sendsNothingTwiceThatMayHaveArrived() throws IOException {
        imgur.play(Faults.seed(1).next(1, "/3/image", Fault.RESET));

        Ran ran = upload(picture("a.jpg"), picture("b.jpg"), "--json");

        assertThat(ran.exitCode()).isEqualTo(1);
        JsonNode report = ran.json();
        assertThat(report.get("uploaded").findValuesAsString("what")).containsExactly("b.jpg");
        assertThat(report.get("uploaded").findValuesAsString("deletehash"))
                .allMatch(hash -> hash.matches("[A-Za-z0-9]+"));
        assertThat(report.get("failures").findValuesAsString("what")).containsExactly("a.jpg");
        assertThat(report.get("failures").findValuesAsString("reason").get(0))
                .endsWith("It may be there all the same.");
        assertThat(imgur.stats().requests()).isEqualTo(2);
    }

    @Test
    void stopsBeforeTheCreditsRunOut() throws IOException {
        try (ImgurSimulator poor = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(1)
                .withImageBytes(900)
                .withCredits(CreditLimits.imgur().withUser(25)))) {
            Ran ran = gearshift(
                    "upload",
                    picture("a.jpg"),
                    picture("b.jpg"),
                    picture("c.jpg"),
                    "--api",
                    poor.apiUri().toString());

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(lines(ran)).hasSize(2);
            assertThat(ran.out()).contains("failed: c.jpg: Imgur's credits are used up; they come back at ");
            assertThat(poor.stats().overBudget()).isZero();
            assertThat(poor.stats().credits()).isEqualTo(20);
        }
    }

    @Test
    void whatIsUsedUpForTodayIsNotWaitedFor() throws IOException {
        try (ImgurSimulator poor = ImgurSimulator.start(SimulatorSettings.defaults()
                .withImages(1)
                .withImageBytes(900)
                .withCredits(CreditLimits.imgur().withClient(25)))) {
            Ran ran = gearshift(
                    "upload",
                    picture("a.jpg"),
                    picture("b.jpg"),
                    "--wait-for-credits",
                    "60m",
                    "--api",
                    poor.apiUri().toString());

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out())
                    .containsPattern(
                            "failed: b.jpg: Imgur's credits are used up for today, and no option waits for them\\."
                                    + " Imgur does not tell when they come back; at the latest it is .* UTC, in 2[34] h\\. Run the"
                                    + " same command again then\\.")
                    .doesNotContain("--wait-for-credits");
            assertThat(poor.stats().credits()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upload | Name files to upload, or what to --delete, and not both.",
                "upload no/such.jpg | no/such.jpg is no file that can be read; nothing was uploaded.",
                "upload a.jpg --delete S3cret | and not both.",
                "upload --delete S3cret --title x | --delete goes with --api and --json only.",
                "upload a.jpg b.jpg --title x | --title and --description are for one FILE, but there are 2.",
                "upload a.jpg --album S3cret --new-album x | exclude each other.",
                "upload --delete S3cret/more | What --delete number 1 names is no deletehash of letters and digits",
                "upload --delete - | Standard input names nothing to delete.",
            })
    void aMistakeIsOneMessageAndRepeatsNoSecret(String line, String said) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--api", imgur.apiUri().toString()));

        Ran ran = gearshift(words.toArray(String[]::new));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(said).doesNotContain("S3cret", "\tat ");
        assertThat(ran.out()).isEmpty();
        assertThat(imgur.stats().requests()).isZero();
    }

    private Ran upload(String... more) {
        return uploadWithInput("", more);
    }

    private Ran uploadWithInput(String input, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("upload", "--api", imgur.apiUri().toString()));
        arguments.addAll(List.of(more));
        return Ran.withInput(input, arguments.toArray(String[]::new));
    }

    private String picture(String name) throws IOException {
        Path file = folder.resolve(name);
        TestPictures.write(file, 60, 40);
        return file.toString();
    }

    private static List<MatchResult> lines(Ran ran) {
        return LINE.matcher(ran.out()).results().toList();
    }

    private static String id(MatchResult line) {
        return line.group(2).replaceFirst(".*/", "").replaceFirst("\\..*", "");
    }

    private Image image(String id) {
        try (ImgurClient client = client()) {
            return client.images().get(id).send();
        }
    }

    private List<String> albumOf(String id) {
        try (ImgurClient client = client()) {
            return client.albums().images(id).send().stream().map(Image::id).toList();
        }
    }

    private ImgurClient client() {
        return ImgurClient.builder().clientId("test").apiUri(imgur.apiUri()).build();
    }
}
