package dev.gearshift.images;

import dev.gearshift.executors.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.imgscalr.Scalr;

/**
 * Makes an image small enough for a square box. The ratio is kept, and nothing is enlarged: an image that fits already
 * is written again at its own size. EXIF orientation is honoured, EXIF data not kept.
 *
 * <p>The thumbnail of {@code cat.jpg} is {@code cat_thumbnail.jpg}, in the same format as the image, by its content and
 * not its name: JPEG, PNG, GIF (the first frame), BMP or TIFF. Formats that only a plug-in of the user's can read are
 * written as PNG, {@code cat.webp} to {@code cat.webp_thumbnail.png}. A thumbnail that exists is replaced, in one step.
 *
 * @param image the image, on the worker's disk
 * @param folder where the thumbnail goes; made if it is missing
 * @param size the side of the box in pixels, 1 or more
 */
public record MakeThumbnail(Path image, Path folder, int size) implements Task<Thumbnail> {
    /** The most pixels that are decoded. Images that claim more in their headers are refused before. */
    public static final long MAX_PIXELS = 178_956_970;

    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "tif", "tiff", "webp");

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the size is less than 1
     */
    public MakeThumbnail {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(folder, "folder");
        if (size < 1) {
            throw new IllegalArgumentException("A thumbnail's size is 1 pixel or more; this is " + size + ".");
        }
    }

    /** Whether a file is a thumbnail, by its name. */
    public static boolean isThumbnail(Path image) {
        return ThumbnailName.isOne(image);
    }

    /**
     * The images in a folder, not in those below it, sorted by name; without thumbnails and hidden files. Images are
     * told by the extensions of their names.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> sourcesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(MakeThumbnail::isSource)
                    .sorted(Comparator.comparing(ThumbnailName::nameOf))
                    .toList();
        }
    }

    private static boolean isSource(Path file) {
        String name = ThumbnailName.nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0
                && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                && !name.startsWith(".")
                && !ThumbnailName.isOne(file)
                && Files.isRegularFile(file);
    }

    /**
     * Makes the thumbnail.
     *
     * @return what was made
     * @throws ImageException if there is no such image, it is none or damaged, it is a thumbnail itself, or the
     *     thumbnail cannot be written; nothing is left behind then
     * @throws InterruptedException if the thread is interrupted meanwhile; nothing is left behind then either
     */
    @Override
    public Thumbnail call() throws ImageException, InterruptedException {
        if (isThumbnail(image)) {
            throw ImageException.of(image, "it is a thumbnail itself, by its name; rename it if it is not");
        }
        throwIfInterrupted();
        Encoding encoding;
        BufferedImage picture;
        byte[] bytes;
        try (SourceImage source = SourceImage.open(image, MAX_PIXELS)) {
            encoding = Encoding.like(image, source.format());
            throwIfInterrupted();
            Fit fit = source.fitInto(size);
            picture = PlainPixels.withoutGrey(source.decode(fit));
            throwIfInterrupted();
            picture = Scalr.resize(picture, Scalr.Method.QUALITY, Scalr.Mode.FIT_EXACT, fit.width(), fit.height());
            picture = source.orientation().putUpright(picture);
            bytes = encoding.encode(picture, image);
        } catch (IOException | RuntimeException e) {
            throw readFailure(e);
        }
        throwIfInterrupted();
        Path file = folder.resolve(encoding.fileName());
        try {
            WholeFile.write(file, bytes);
        } catch (IOException e) {
            throwIfInterrupted();
            throw ImageException.of(
                    image,
                    "the file " + file + " cannot be written (" + told(e) + "); check the folder and the disk",
                    e);
        }
        return new Thumbnail(file, picture.getWidth(), picture.getHeight(), bytes.length);
    }

    private ImageException readFailure(Exception e) throws InterruptedException {
        throwIfInterrupted();
        if (e instanceof ImageException sentence) {
            return sentence;
        }
        if (e instanceof NoSuchFileException || !Files.exists(image)) {
            return ImageException.of(image, "there is no such file; check the path", e);
        }
        if (!Files.isRegularFile(image) || !Files.isReadable(image)) {
            return ImageException.of(image, "it is no file that can be read; check what it is and who may read it", e);
        }
        return ImageException.of(image, "it is damaged or cut short (" + told(e) + "); get the file again", e);
    }

    private static String told(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }

    private static void throwIfInterrupted() throws InterruptedException {
        // A file that is read when the interrupt comes is closed by it, and reading fails: so this is asked after, too.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
