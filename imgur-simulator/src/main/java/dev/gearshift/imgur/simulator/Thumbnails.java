package dev.gearshift.imgur.simulator;

import dev.gearshift.imgur.simulator.GalleryEntry.ImageEntry;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Small stills of images, made when they are asked for; the last {@value #KEPT} are kept. {@code s} and {@code b} are
 * squares cut from the middle, the others keep the shape, and none is larger than its image. Thread-safe.
 */
final class Thumbnails {

    private static final int KEPT = 64;
    private static final float QUALITY = 0.8f;

    private static final Map<Character, Integer> SIDES =
            Map.of('s', 90, 'b', 160, 't', 160, 'm', 320, 'l', 640, 'h', 1024);

    private final Map<String, Picture> made = new LinkedHashMap<>();

    static boolean isSuffix(char letter) {
        return SIDES.containsKey(letter);
    }

    /** The thumbnail for a suffix; null if the image cannot be read. */
    synchronized @Nullable Picture of(ImageEntry image, char suffix) {
        String key = image.id() + suffix;
        Picture known = made.get(key);
        if (known == null) {
            known = make(image.picture(), suffix);
            if (known == null) {
                return null;
            }
            if (made.size() == KEPT) {
                made.remove(made.keySet().iterator().next());
            }
            made.put(key, known);
        }
        return known;
    }

    private static @Nullable Picture make(Picture picture, char suffix) {
        int side = SIDES.getOrDefault(suffix, 0);
        try (ImageInputStream in = new MemoryCacheImageInputStream(open(picture))) {
            BufferedImage image = read(in, side);
            if (image == null) {
                return null;
            }
            boolean square = suffix == 's' || suffix == 'b';
            int shorter = Math.min(image.getWidth(), image.getHeight());
            int longer = Math.max(image.getWidth(), image.getHeight());
            double scale = Math.min(1, (double) side / (square ? shorter : longer));
            int width = square ? side : (int) Math.max(1, Math.round(image.getWidth() * scale));
            int height = square ? side : (int) Math.max(1, Math.round(image.getHeight() * scale));
            byte[] jpeg = JpegFile.encode(pixels(image, scale, width, height), width, height, QUALITY, false);
            return Picture.onHeap("image/jpeg", width, height, jpeg);
        } catch (IOException | RuntimeException e) {
            // The readers of the platform answer to broken files with whatever they stumbled over.
            return null;
        }
    }

    private static @Nullable BufferedImage read(ImageInputStream in, int side) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            return null;
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(in);
            ImageReadParam param = reader.getDefaultReadParam();
            int step = Math.max(1, Math.min(reader.getWidth(0), reader.getHeight(0)) / (2 * side));
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] pixels(BufferedImage image, double scale, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = scaled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int drawnWidth = (int) Math.round(image.getWidth() * scale);
        int drawnHeight = (int) Math.round(image.getHeight() * scale);
        canvas.drawImage(image, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight, null);
        canvas.dispose();
        return ((DataBufferByte) scaled.getRaster().getDataBuffer()).getData();
    }

    private static InputStream open(Picture picture) throws IOException {
        if (picture.content() instanceof Picture.OnDisk disk) {
            return Files.newInputStream(disk.file());
        }
        ByteBuffer buffer = ((Picture.InMemory) picture.content()).buffer().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new ByteArrayInputStream(bytes);
    }
}
