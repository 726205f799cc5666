package dev.gearshift.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A format to write, and the name that goes with it. */
record Encoding(String format, String fileName) {
    private static final String FALLBACK = "png";

    /** The image's own format; or PNG, if that can only be read. */
    static Encoding like(Path image, String format) {
        return Codecs.canWrite(format)
                ? new Encoding(format, ThumbnailName.inSameFormat(image))
                : new Encoding(FALLBACK, ThumbnailName.inOtherFormat(image, FALLBACK));
    }

    byte[] encode(BufferedImage picture, Path image) throws IOException {
        BufferedImage encodable = picture;
        ImageWriter writer = Codecs.writer(format, picture);
        if (writer == null) {
            encodable = PlainPixels.opaque(picture);
            writer = Codecs.writer(format, encodable);
        }
        if (writer == null) {
            throw ImageException.of(image, "there is no writer for " + format + " here; convert the file to PNG");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(encodable);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
