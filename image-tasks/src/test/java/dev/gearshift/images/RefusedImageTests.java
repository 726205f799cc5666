package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RefusedImageTests extends ThumbnailTest {
    private static final String AGAIN = "; get the file again.";

    /** The reason, from the one sentence; and nothing is left in the folder. */
    private String refusal(Path image) throws IOException {
        CompletionException failed = catchThrowableOfType(CompletionException.class, () -> thumbnail(image, 128));
        assertThat(failed).cause().isInstanceOf(ImageException.class);
        assertThat(made()).isEmpty();
        String message = String.valueOf(failed.getCause())
                .substring(ImageException.class.getName().length() + 2);
        String start = "No thumbnail of " + image + ": ";
        assertThat(message).startsWith(start).endsWith(".").doesNotContain("\n");
        return message.substring(start.length());
    }

    private String refusal(String name, byte[] bytes) throws IOException {
        return refusal(file(name, bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50, 70, 90, 99})
    void jpegsCutShort(int percent) throws Exception {
        String expected = "the JPEG is cut short, without its end marker" + AGAIN;
        byte[] baseline = ImageFiles.jpeg(Pictures.grainy(600, 400));
        byte[] progressive = ImageFiles.progressiveJpeg(Pictures.grainy(2000, 1000));

        assertThat(refusal("a.jpg", start(baseline, percent))).isEqualTo(expected);
        assertThat(refusal("b.jpg", start(progressive, percent))).isEqualTo(expected);
        assertThat(refusal("c.jpg", start(ImageFiles.cmykJpeg(300, 200, 1, 2, 3, 4), percent)))
                .isEqualTo(expected);
    }

    @Test
    void aJpegThatLacksRowsThoughItHasAnEnd() throws Exception {
        byte[] half = start(ImageFiles.jpeg(Pictures.grainy(600, 400)), 50);
        byte[] ended = Arrays.copyOf(half, half.length + 2);
        ended[half.length] = (byte) 0xFF;
        ended[half.length + 1] = (byte) 0xD9;

        assertThat(refusal("a.jpg", ended))
                .isEqualTo("it is damaged or cut short (Corrupt JPEG data: premature end of data segment)" + AGAIN);
    }

    @ParameterizedTest
    @CsvSource({"png, 50", "png, 90", "gif, 50", "gif, 90", "bmp, 50", "bmp, 99", "tiff, 50", "png, 5", "gif, 1"})
    void othersCutShort(String format, int percent) throws Exception {
        assertThat(refusal("a." + format, start(ImageFiles.of(Pictures.grainy(300, 200), format), percent)))
                .startsWith("it is damaged or cut short (")
                .endsWith(")" + AGAIN);
    }

    @Test
    void imagesThatClaimTooManyPixels() throws Exception {
        assertThat(refusal("a.png", ImageFiles.pngClaiming(50_000, 50_000)))
                .isEqualTo("it claims to be 50000 x 50000 pixels, more than the 178,956,970 that are decoded;"
                        + " if it is what it claims, make it smaller by other means.");
        assertThat(refusal("b.png", ImageFiles.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .contains("claims to be 2147483647 x 2147483647 pixels");
        assertThat(refusal("c.jpg", ImageFiles.claiming(ImageFiles.jpeg(Pictures.quarters(64, 64)), 60_000, 60_000)))
                .contains("claims to be 60000 x 60000 pixels");
    }

    @Test
    void aLargeImageWithinTheLimitNeedsLittleMemory() throws Exception {
        // 13,000 x 13,000 are 500 MB as RGB; this fails for want of data, and not for want of memory.
        assertThat(refusal("a.png", ImageFiles.pngClaiming(13_000, 13_000))).startsWith("it is damaged");
    }

    @Test
    void filesThatAreNoImages() throws Exception {
        assertThat(refusal("a.jpg", new byte[0])).isEqualTo("it is empty" + AGAIN);
        assertThat(refusal("b.jpg", text("\n<!DOCTYPE html><html><body>Not found</body></html>")))
                .isEqualTo("it is a web page under an image's name; get the file again, and look at what the server"
                        + " answers.");
        assertThat(refusal("c.jpg", text("hello")))
                .isEqualTo("it is no image of a kind that can be read here; check what it is, or get the file again.");
        assertThat(refusal("d.svg", text("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")))
                .startsWith("it is SVG");
        assertThat(refusal("e.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}))
                .contains("cut short");
        assertThat(refusal("f.png", Arrays.copyOf(ImageFiles.pngClaiming(10, 10), 8)))
                .contains("damaged");
        assertThat(refusal("g.gif", text("GIF89a"))).contains("damaged");
    }

    @Test
    void formatsWithoutAReader() throws Exception {
        assertThat(refusal("a.jpg", text("RIFF1234WEBPVP8 ")))
                .isEqualTo("it is WebP, for which there is no reader here; add com.twelvemonkeys.imageio:imageio-webp,"
                        + " or convert the file.");
        assertThat(refusal("a.avif", text("\0\0\0\u0020ftypavif\0\0\0\0")))
                .isEqualTo("it is AVIF or HEIC, for which there is no reader here; convert the file to JPEG or PNG.");
        assertThat(refusal("a.mp4", text("\0\0\0\u0020ftypisom\0\0\0\0")))
                .isEqualTo("it is a video; only images can be made smaller.");
    }

    @Test
    void pathsWithoutAFile() throws Exception {
        assertThat(refusal(images.resolve("none.jpg"))).isEqualTo("there is no such file; check the path.");
        assertThat(refusal(Files.createDirectory(images.resolve("folder.jpg"))))
                .isEqualTo("it is no file that can be read; check what it is and who may read it.");
    }

    @Test
    void aThumbnailItself() throws Exception {
        assertThat(refusal("a_thumbnail.jpg", ImageFiles.jpeg(Pictures.quarters(64, 64))))
                .isEqualTo("it is a thumbnail itself, by its name; rename it if it is not.");
    }

    @Test
    void aFolderThatCannotBeWritten() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.quarters(300, 200)));
        Path inTheWay = file("folder", new byte[0]);

        Throwable thrown = catchThrowable(() -> new MakeThumbnail(image, inTheWay, 50).call());

        assertThat(thrown)
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("No thumbnail of " + image + ": the file " + inTheWay.resolve("a_thumbnail.jpg")
                        + " cannot be written (")
                .hasMessageEndingWith("); check the folder and the disk.");
    }

    @Test
    void nothingIsLeftWhereTheNameIsTakenByAFolder() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(Pictures.quarters(300, 200)));
        Files.createDirectories(thumbnails.resolve("a_thumbnail.jpg/full"));

        Throwable thrown = catchThrowable(() -> thumbnail(image, 50));

        assertThat(thrown).hasCauseInstanceOf(ImageException.class);
        assertThat(made()).containsExactly("a_thumbnail.jpg");
    }

    private static byte[] start(byte[] bytes, int percent) {
        return Arrays.copyOf(bytes, bytes.length * percent / 100);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
