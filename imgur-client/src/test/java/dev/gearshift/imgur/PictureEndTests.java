package dev.gearshift.imgur;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class PictureEndTests {
    /** Of a PNG the end is seen at the name of its last chunk, which has no data. */
    private static final int CRC = 4;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void aPictureEndsWithItsLastByteAndNotBefore(String format) throws IOException {
        byte[] picture = picture(format);
        int needed = picture.length - (format.equals("png") ? CRC : 0);
        for (int length = 2; length < needed; length++) {
            assertThat(missing(Arrays.copyOf(picture, length), 1000))
                    .as("%d of %d bytes", length, picture.length)
                    .isTrue();
        }
        assertThat(missing(picture, 1000)).isFalse();
        assertThat(missing(picture, 1)).isFalse();
        assertThat(missing(Arrays.copyOf(picture, picture.length + 100), 7)).isFalse();
    }

    @Test
    void anEndWithinAnEmbeddedThumbnailIsNotTheEnd() {
        byte[] picture = {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            6,
            (byte) 0xFF,
            (byte) 0xD9,
            0,
            0,
            (byte) 0xFF,
            (byte) 0xDA,
            0,
            2,
            1,
            (byte) 0xFF,
            0,
            2,
            (byte) 0xFF,
            (byte) 0xD0,
            3
        };
        assertThat(missing(picture, 3)).isTrue();
        byte[] ended = Arrays.copyOf(picture, picture.length + 2);
        ended[picture.length] = (byte) 0xFF;
        ended[picture.length + 1] = (byte) 0xD9;
        assertThat(missing(ended, 3)).isFalse();
    }

    @Test
    void whatIsNoJpegOrPngHasNoEndToMiss() {
        for (String content : new String[] {"", "x", "GIF89a", "<html>", "%PDF-1.7"}) {
            assertThat(missing(content.getBytes(StandardCharsets.US_ASCII), 2)).isFalse();
        }
    }

    private static boolean missing(byte[] bytes, int step) {
        PictureEnd end = new PictureEnd();
        for (int i = 0; i < bytes.length; i += step) {
            end.add(ByteBuffer.wrap(bytes, i, Math.min(step, bytes.length - i)));
        }
        return end.isMissing();
    }

    private static byte[] picture(String format) throws IOException {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int i = 0; i < 1200; i++) {
            picture.setRGB(i % 40, i / 40, random.nextInt());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }
}
