package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images, one for thumbnails, and tasks that run as they do in programs. */
abstract class ThumbnailTest {
    @TempDir
    Path images;

    @TempDir
    Path thumbnails;

    Path file(String name, byte[] bytes) throws IOException {
        return Files.write(images.resolve(name), bytes);
    }

    Thumbnail thumbnail(Path image, int size) {
        try (TaskExecutor executor = new SequentialStrategy().open(StrategySettings.defaults())) {
            return executor.submit(new MakeThumbnail(image, thumbnails, size)).join();
        }
    }

    /** What the file says when it is read by itself, its size checked against what the task said. */
    static BufferedImage read(Thumbnail thumbnail) throws IOException {
        BufferedImage picture = ImageIO.read(thumbnail.file().toFile());
        assertThat(picture.getWidth()).isEqualTo(thumbnail.width());
        assertThat(picture.getHeight()).isEqualTo(thumbnail.height());
        assertThat(Files.size(thumbnail.file())).isEqualTo(thumbnail.bytes());
        return picture;
    }

    static void assertClose(int rgb, Color expected, int tolerance) {
        Color actual = new Color(rgb);
        assertThat(List.of(
                        Math.abs(actual.getRed() - expected.getRed()),
                        Math.abs(actual.getGreen() - expected.getGreen()),
                        Math.abs(actual.getBlue() - expected.getBlue())))
                .as("%s is %s", actual, expected)
                .allMatch(difference -> difference <= tolerance);
    }

    List<String> made() throws IOException {
        try (Stream<Path> files = Files.list(thumbnails)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
