package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * That the JDK's reader stops at the first pass of a progressive JPEG when it is asked for one pass is promised nowhere.
 * These tests hold it to that, pixel by pixel.
 */
@Timeout(60)
class ProgressiveJpegTests extends ThumbnailTest {
    private static final BufferedImage PICTURE = Pictures.grainy(1600, 1200);
    private static final Fit ALL_OF_IT = new Fit(100, 75, 1, false);
    private static final Fit COARSE = new Fit(100, 75, 1, true);

    @Test
    void theFirstPassIsTheWholePictureAtAnEighthOfTheResolution() throws Exception {
        Path image = file("a.jpg", ImageFiles.progressiveJpeg(PICTURE));

        BufferedImage all = decoded(image, ALL_OF_IT);
        BufferedImage coarse = decoded(image, COARSE);

        assertThat(difference(all, coarse, 1)).as("grain is missing").isGreaterThan(8);
        assertThat(difference(all, coarse, 8))
                .as("blocks of 8 x 8 are the same")
                .isLessThan(2.5);
    }

    @Test
    void aBaselineJpegHasOnePassAnyway() throws Exception {
        Path image = file("a.jpg", ImageFiles.jpeg(PICTURE));

        assertThat(difference(decoded(image, ALL_OF_IT), decoded(image, COARSE), 1))
                .isZero();
    }

    @Test
    void thumbnailsOfTheSamePictureAreNearlyTheSame() throws Exception {
        BufferedImage baseline = read(thumbnail(file("a.jpg", ImageFiles.jpeg(PICTURE)), 128));
        BufferedImage progressive = read(thumbnail(file("b.jpg", ImageFiles.progressiveJpeg(PICTURE)), 128));

        assertThat(difference(baseline, progressive, 1)).isLessThan(6);
    }

    @Test
    void allPassesAreDecodedWhereTheyShow() {
        assertThat(Fit.into(128, 1024, 700).coarse()).isTrue();
        assertThat(Fit.into(128, 700, 1024).coarse()).isTrue();
        assertThat(Fit.into(128, 1023, 700).coarse()).isFalse();
    }

    @Test
    void fourPixelsAreDecodedForEachOfTheThumbnail() {
        assertThat(Fit.into(128, 511, 100).step()).isEqualTo(1);
        assertThat(Fit.into(128, 1023, 100).step()).isEqualTo(1);
        assertThat(Fit.into(128, 1024, 100).step()).isEqualTo(2);
        assertThat(Fit.into(128, 100, 5120).step()).isEqualTo(10);
        assertThat(Fit.into(Integer.MAX_VALUE, 100, 5120).step()).isEqualTo(1);
        assertThat(Fit.into(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, 1))
                .isEqualTo(new Fit(Integer.MAX_VALUE - 1, 1, 1, false));
    }

    private static BufferedImage decoded(Path image, Fit fit) throws Exception {
        try (SourceImage source = SourceImage.open(image, MakeThumbnail.MAX_PIXELS)) {
            return source.decode(fit);
        }
    }

    /** The mean difference of the green values of two pictures, over the means of cells of that size. */
    private static double difference(BufferedImage one, BufferedImage other, int cell) {
        double sum = 0;
        int cells = 0;
        for (int y = 0; y + cell <= one.getHeight(); y += cell) {
            for (int x = 0; x + cell <= one.getWidth(); x += cell) {
                sum += Math.abs(mean(one, x, y, cell) - mean(other, x, y, cell));
                cells++;
            }
        }
        return sum / cells;
    }

    private static double mean(BufferedImage picture, int left, int top, int cell) {
        double sum = 0;
        for (int y = top; y < top + cell; y++) {
            for (int x = left; x < left + cell; x++) {
                sum += picture.getRGB(x, y) >> 8 & 0xFF;
            }
        }
        return sum / cell / cell;
    }
}
