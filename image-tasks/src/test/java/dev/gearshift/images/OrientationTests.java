package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class OrientationTests extends ThumbnailTest {
    /**
     * The stored picture is "ab/cd". EXIF says where its first row and first column belong: for 6, the first row is the
     * right side and the first column the top, so that upright it is "ca/db".
     */
    @ParameterizedTest
    @CsvSource({
        "1, ab/cd",
        "2, ba/dc",
        "3, dc/ba",
        "4, cd/ab",
        "5, ac/bd",
        "6, ca/db",
        "7, db/ca",
        "8, bd/ac",
        "0, ab/cd",
        "9, ab/cd",
    })
    void thePictureIsPutUpright(int orientation, String corners) throws Exception {
        for (boolean littleEndian : new boolean[] {true, false}) {
            byte[] jpeg = ImageFiles.jpeg(Pictures.quarters(640, 320));
            Thumbnail thumbnail =
                    thumbnail(file("a.jpg", ImageFiles.withOrientation(jpeg, orientation, littleEndian)), 64);

            BufferedImage picture = read(thumbnail);

            boolean turned = orientation >= 5 && orientation <= 8;
            assertThat(thumbnail.width()).isEqualTo(turned ? 32 : 64);
            assertThat(thumbnail.height()).isEqualTo(turned ? 64 : 32);
            int right = thumbnail.width() - 5;
            int bottom = thumbnail.height() - 5;
            assertClose(picture.getRGB(4, 4), colour(corners.charAt(0)), 25);
            assertClose(picture.getRGB(right, 4), colour(corners.charAt(1)), 25);
            assertClose(picture.getRGB(4, bottom), colour(corners.charAt(3)), 25);
            assertClose(picture.getRGB(right, bottom), colour(corners.charAt(4)), 25);
        }
    }

    @Test
    void exifThatMakesNoSenseIsPassedOver() throws Exception {
        byte[] jpeg = ImageFiles.jpeg(Pictures.quarters(640, 320));
        byte[] sound = ImageFiles.withOrientation(jpeg, 6, true);
        byte[] exif = Arrays.copyOfRange(sound, 6, 6 + 44);
        for (int length = 0; length < exif.length; length++) {
            byte[] cut = ImageFiles.withSegment(jpeg, 0xE1, Arrays.copyOf(exif, length));
            assertThat(thumbnail(file("a.jpg", cut), 64).bytes()).isPositive();
        }
        for (int at = 6; at < exif.length; at++) {
            byte[] odd = exif.clone();
            odd[at] = (byte) 0xFF;
            assertThat(thumbnail(file("a.jpg", ImageFiles.withSegment(jpeg, 0xE1, odd)), 64)
                            .bytes())
                    .isPositive();
        }
    }

    private static Color colour(char corner) {
        return switch (corner) {
            case 'a' -> Pictures.TOP_LEFT;
            case 'b' -> Pictures.TOP_RIGHT;
            case 'c' -> Pictures.BOTTOM_LEFT;
            default -> Pictures.BOTTOM_RIGHT;
        };
    }
}
