package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MakeThumbnailTests extends ThumbnailTest {

    @ParameterizedTest
    @CsvSource({
        "1600, 1200, 128, 128, 96",
        "1200, 1600, 128, 96, 128",
        "500,  500,  128, 128, 128",
        "2000, 1,    128, 128, 1",
        "129,  128,  128, 128, 127",
        "128,  128,  128, 128, 128",
        "60,   40,   128, 60,  40",
        "1,    1,    128, 1,   1",
        "300,  200,  1,   1,   1",
    })
    void theRatioIsKeptAndNothingIsEnlarged(int width, int height, int size, int newWidth, int newHeight)
            throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.quarters(width, height)));

        Thumbnail thumbnail = thumbnail(image, size);

        assertThat(thumbnail.file()).isEqualTo(thumbnails.resolve("a_thumbnail.jpg"));
        assertThat(thumbnail.width()).isEqualTo(newWidth);
        assertThat(thumbnail.height()).isEqualTo(newHeight);
        read(thumbnail);
    }

    @ParameterizedTest
    @CsvSource({"png, 89504E47", "gif, 47494638", "bmp, 424D", "jpg, FFD8FF", "tiff, 4D4D002A"})
    void theFormatIsThatOfTheContent(String format, String start) throws Exception {
        Path image = file("misnamed.dat", ImageFiles.of(Pictures.quarters(640, 480), format));

        Thumbnail thumbnail = thumbnail(image, 64);

        byte[] bytes = Files.readAllBytes(thumbnail.file());
        assertThat(thumbnail.file().getFileName()).hasToString("misnamed_thumbnail.dat");
        assertThat(HexFormat.of().withUpperCase().formatHex(bytes)).startsWith(start);
        BufferedImage picture = read(thumbnail);
        assertClose(picture.getRGB(8, 8), Pictures.TOP_LEFT, 12);
        assertClose(picture.getRGB(56, 40), Pictures.BOTTOM_RIGHT, 12);
    }

    @Test
    void transparencyIsKept() throws Exception {
        BufferedImage half = Pictures.of(
                400,
                400,
                BufferedImage.TYPE_INT_ARGB,
                (x, y) -> x < 200 ? 0x00FFFFFF : y < 200 ? 0x80FF0000 : 0xFF0000FF);
        Path image = file("a.png", ImageFiles.of(half, "png"));

        BufferedImage picture = read(thumbnail(image, 100));

        assertThat(picture.getRGB(20, 50) >>> 24).isZero();
        assertThat(picture.getRGB(75, 20) >>> 24).isBetween(0x7E, 0x82);
        assertClose(picture.getRGB(75, 20), Color.RED, 2);
        assertThat(picture.getRGB(75, 80)).isEqualTo(0xFF0000FF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif"})
    void palettesAreRead(String format) throws Exception {
        BufferedImage palette =
                Pictures.of(400, 300, BufferedImage.TYPE_BYTE_INDEXED, (x, y) -> x < 200 ? 0xFFFF0000 : 0xFF0000FF);
        Path image = file("a." + format, ImageFiles.of(palette, format));

        BufferedImage picture = read(thumbnail(image, 100));

        assertClose(picture.getRGB(20, 40), Color.RED, 4);
        assertClose(picture.getRGB(80, 40), Color.BLUE, 4);
    }

    @Test
    void greyKeepsItsTone() throws Exception {
        Path eight = file("8.png", grey(false, 8, 100));
        Path eightAndAlpha = file("8a.png", grey(true, 8, 100, 255));
        Path sixteen = file("16.png", grey(false, 16, 100 * 257));
        Path sixteenAndAlpha = file("16a.png", grey(true, 16, 100 * 257, 65535));
        Path jpeg = file("a.jpg", ImageFiles.jpeg(Pictures.plain(300, 200, ColorSpace.CS_GRAY, false, 8, 100)));

        for (Path image : new Path[] {eight, eightAndAlpha, sixteen, sixteenAndAlpha, jpeg}) {
            assertClose(read(thumbnail(image, 60)).getRGB(30, 20), new Color(100, 100, 100), 2);
        }
    }

    private static byte[] grey(boolean alpha, int bits, int... samples) {
        return ImageFiles.of(Pictures.plain(300, 200, ColorSpace.CS_GRAY, alpha, bits, samples), "png");
    }

    @Test
    void sixteenBitColoursAreRead() throws Exception {
        Path image = file(
                "a.png",
                ImageFiles.of(
                        Pictures.plain(300, 200, ColorSpace.CS_sRGB, true, 16, 200 * 257, 100 * 257, 50 * 257, 65535),
                        "png"));

        assertClose(read(thumbnail(image, 60)).getRGB(30, 20), new Color(200, 100, 50), 2);
    }

    @Test
    void cmykHasItsColours() throws Exception {
        // In naive arithmetic this is #4681C2; a colour profile for print, if one is found, moves it a little.
        Path image = file("a.jpg", ImageFiles.cmykJpeg(600, 400, 163, 85, 0, 61));

        Thumbnail thumbnail = thumbnail(image, 60);

        assertClose(read(thumbnail).getRGB(30, 20), new Color(0x46, 0x81, 0xC2), 40);
        assertThat(thumbnail.height()).isEqualTo(40);
    }

    @Test
    void fineDetailIsAveragedAndNotPickedOut() throws Exception {
        BufferedImage checks =
                Pictures.of(1000, 1000, BufferedImage.TYPE_INT_RGB, (x, y) -> (x / 3 + y / 3) % 2 == 0 ? 0xFFFFFF : 0);
        Path image = file("a.png", ImageFiles.of(checks, "png"));

        BufferedImage picture = read(thumbnail(image, 100));

        long sum = 0;
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 100; x++) {
                sum += picture.getRGB(x, y) & 0xFF;
            }
        }
        assertThat(sum / 10_000).isBetween(115L, 140L);
    }

    @Test
    void aSecondRunGivesTheSame() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.grainy(800, 600)));

        Thumbnail first = thumbnail(image, 100);
        byte[] bytes = Files.readAllBytes(first.file());
        Thumbnail second = thumbnail(image, 100);

        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(second.file())).isEqualTo(bytes);
        assertThat(made()).containsExactly("a_thumbnail.jpg");
    }

    @Test
    void theFolderIsMade() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.quarters(300, 200)));

        Thumbnail thumbnail = new MakeThumbnail(image, thumbnails.resolve("new/place"), 50).call();

        assertThat(thumbnail.file()).exists();
    }

    @Test
    void bytesAfterTheEndOfAJpegDoNoHarm() throws Exception {
        byte[] jpeg = ImageFiles.jpeg(Pictures.quarters(300, 200));
        byte[] more = Arrays.copyOf(jpeg, jpeg.length + 5000);
        Arrays.fill(more, jpeg.length, more.length, (byte) 'x');

        assertThat(thumbnail(file("a.jpg", more), 50).width()).isEqualTo(50);
    }

    @Test
    void sourcesAreImagesSortedByNameWithoutThumbnails() throws Exception {
        for (String name : new String[] {
            "b.jpg",
            "a.PNG",
            "c.jpeg",
            "b_thumbnail.jpg",
            "a.webp_thumbnail.png",
            "x.txt",
            ".hidden.jpg",
            "c.jpg.1f.part",
            "jpg"
        }) {
            file(name, "any".getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectory(images.resolve("folder.jpg"));

        assertThat(MakeThumbnail.sourcesIn(images))
                .extracting(path -> path.getFileName().toString())
                .containsExactly("a.PNG", "b.jpg", "c.jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "a_thumbnail.jpg, true",
        "a_thumbnail, true",
        "a.b_thumbnail.png, true",
        "a_thumbnail.b.png, false",
        "a_thumbnails.jpg, false",
        "a.jpg, false",
        "'', false",
    })
    void thumbnailsAreToldByTheirNames(String name, boolean thumbnail) {
        assertThat(MakeThumbnail.isThumbnail(Path.of(name))).isEqualTo(thumbnail);
    }

    @Test
    void aSizeBelowOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MakeThumbnail(Path.of("a.jpg"), Path.of("."), 0))
                .withMessage("A thumbnail's size is 1 pixel or more; this is 0.");
    }
}
