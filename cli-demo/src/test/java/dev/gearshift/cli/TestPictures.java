package dev.gearshift.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Real image files. */
final class TestPictures {
    private TestPictures() {}

    /** A picture in the format of the file's extension, with something in it. */
    static Path write(Path file, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                picture.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | (x ^ y) & 0xff);
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        String name = file.getFileName().toString();
        if (!ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
            throw new IOException("No writer for " + file);
        }
        return file;
    }
}
