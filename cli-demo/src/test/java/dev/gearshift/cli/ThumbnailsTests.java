package dev.gearshift.cli;

import static dev.gearshift.cli.Ran.gearshift;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(30)
final class ThumbnailsTests {
    @TempDir
    private Path folder;

    @BeforeEach
    void draw() throws IOException {
        TestPictures.write(folder.resolve("wide.jpg"), 400, 200);
        TestPictures.write(folder.resolve("tall.png"), 150, 300);
        TestPictures.write(folder.resolve("small.jpg"), 20, 10);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
    }

    @Test
    void makesOneOfEachImageBesideIt() throws IOException {
        Ran ran = gearshift("thumbnails", folder.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("3 thumbnails of 3 images in ");
        assertThat(ran.err()).contains("Strategy: threads (chosen by default)");
        assertThat(Served.names(folder))
                .containsExactlyInAnyOrder(
                        "wide.jpg",
                        "wide_thumbnail.jpg",
                        "tall.png",
                        "tall_thumbnail.png",
                        "small.jpg",
                        "small_thumbnail.jpg",
                        "notes.txt");
        assertSize("wide_thumbnail.jpg", 128, 64);
        assertSize("tall_thumbnail.png", 64, 128);
        assertSize("small_thumbnail.jpg", 20, 10);
    }

    @Test
    void makesNoThumbnailOfAThumbnailWhenRunAgain() throws IOException {
        gearshift("thumbnails", folder.toString());
        List<String> before = Served.names(folder);

        Ran ran = gearshift("thumbnails", folder.toString(), "--size", "32");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("3 thumbnails of 3 images");
        assertThat(Served.names(folder)).isEqualTo(before);
        assertSize("wide_thumbnail.jpg", 32, 16);
    }

    @Test
    void makesThemInProcesses() throws IOException {
        Ran ran = gearshift("thumbnails", folder.toString(), "--strategy", "processes");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("3 thumbnails of 3 images in ");
        assertThat(ran.err()).contains("Strategy: processes (chosen by --strategy)");
        assertSize("wide_thumbnail.jpg", 128, 64);
        assertSize("tall_thumbnail.png", 64, 128);
    }

    @Test
    void putsThemElsewhereAndPrintsJson() throws IOException {
        Path out = folder.resolve("out");

        Ran ran = gearshift("thumbnails", folder.toString(), "--out", out.toString(), "--json", "-s", "sequential");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        JsonNode report = ran.json();
        assertThat(report.get("done").asInt()).isEqualTo(3);
        assertThat(report.get("strategy").asString()).isEqualTo("sequential");
        assertThat(Served.names(out)).hasSize(3);
        assertThat(folder.resolve("wide_thumbnail.jpg")).doesNotExist();
    }

    @Test
    void tellsWhichImageIsDamagedAndMakesTheOthers() throws IOException {
        Files.write(folder.resolve("broken.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3});

        Ran ran = gearshift("thumbnails", folder.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("broken.jpg", "3 thumbnails of 4 images", ", 1 failed");
        assertThat(folder.resolve("broken_thumbnail.jpg")).doesNotExist();
    }

    private void assertSize(String name, int width, int height) throws IOException {
        BufferedImage picture = ImageIO.read(folder.resolve(name).toFile());
        assertThat(picture.getWidth()).as(name).isEqualTo(width);
        assertThat(picture.getHeight()).as(name).isEqualTo(height);
    }
}
