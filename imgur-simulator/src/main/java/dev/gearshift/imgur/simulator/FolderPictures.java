package dev.gearshift.imgur.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** The images of a folder, sorted by name, hashed once; their bytes stay on disk. */
final class FolderPictures {

    private FolderPictures() {}

    static List<Picture> prepare(Path folder, int atMost, IntConsumer prepared) {
        List<Picture> pictures = new ArrayList<>();
        try {
            for (Path file : files(folder, atMost)) {
                pictures.add(picture(file));
                prepared.accept(pictures.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The images folder " + folder + " could not be read: " + e.getMessage(), e);
        }
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException(
                    "The images folder " + folder + " holds no file that ends in .jpg, .jpeg or .png.");
        }
        return List.copyOf(pictures);
    }

    private static List<Path> files(Path folder, int atMost) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry) && type(entry) != null)
                    .sorted()
                    .limit(atMost)
                    .toList();
        }
    }

    private static @Nullable String type(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "image/jpeg";
        }
        return name.endsWith(".png") ? "image/png" : null;
    }

    private static Picture picture(Path file) throws IOException {
        PixelSize size;
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            size = PixelSize.of(in);
        }
        String type = String.valueOf(type(file));
        return new Picture(
                type, size.width(), size.height(), Files.size(file), Sha256.hex(file), new Picture.OnDisk(file));
    }
}
