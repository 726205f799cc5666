package dev.gearshift.images;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** An image file that has been looked at, and can be decoded as far as its thumbnail needs. */
final class SourceImage implements AutoCloseable {
    private final Path path;
    private final ImageInputStream in;
    private final ImageReader reader;
    private final Orientation orientation;

    private SourceImage(Path path, ImageInputStream in, ImageReader reader, Orientation orientation) {
        this.path = path;
        this.in = in;
        this.reader = reader;
        this.orientation = orientation;
    }

    /** Looks at the file's kind, wholeness and size, and refuses what cannot or should not be decoded. */
    static SourceImage open(Path path, long maxPixels) throws IOException {
        ImageInputStream in = new BufferedFileInput(path);
        ImageReader reader = null;
        try {
            Content content = Content.of(head(in));
            JpegOutline jpeg = content == Content.JPEG ? JpegOutline.of(in) : null;
            in.seek(0);
            if (jpeg != null && !jpeg.complete()) {
                throw ImageException.of(path, "the JPEG is cut short, without its end marker; get the file again");
            }
            reader = jpeg != null && jpeg.components() == 4 ? Codecs.cmykJpegReader() : Codecs.reader(in);
            if (reader == null) {
                throw ImageException.of(path, "it " + content.refusal());
            }
            // Metadata is ignored: it is not kept, and a small file can hold gigabytes of it, compressed.
            reader.setInput(in, true, true);
            SourceImage source =
                    new SourceImage(path, in, reader, jpeg == null ? Orientation.UPRIGHT : jpeg.orientation());
            source.checkSize(maxPixels);
            return source;
        } catch (IOException | RuntimeException e) {
            if (reader != null) {
                reader.dispose();
            }
            in.close();
            throw e;
        }
    }

    private static byte[] head(ImageInputStream in) throws IOException {
        byte[] head = new byte[Content.HEAD];
        int length = Math.max(0, in.read(head));
        in.seek(0);
        return Arrays.copyOf(head, length);
    }

    private void checkSize(long maxPixels) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > maxPixels) {
            throw ImageException.of(
                    path,
                    String.format(
                            Locale.ROOT,
                            "it claims to be %d x %d pixels, more than the %,d that are decoded;"
                                    + " if it is what it claims, make it smaller by other means",
                            width,
                            height,
                            maxPixels));
        }
    }

    /** The name of the file's format, such as {@code jpeg}. */
    String format() throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    Fit fitInto(int size) throws IOException {
        return Fit.into(size, reader.getWidth(0), reader.getHeight(0));
    }

    Orientation orientation() {
        return orientation;
    }

    /** Decodes the first picture in the file: all of it, or every so many rows and columns. */
    BufferedImage decode(Fit fit) throws IOException, InterruptedException {
        DecodingWatch watch = new DecodingWatch();
        reader.addIIOReadWarningListener(watch);
        reader.addIIOReadProgressListener(watch);
        BufferedImage picture = reader.read(0, param(fit));
        watch.throwIfInterrupted();
        String warning = watch.warning();
        if (warning != null) {
            throw ImageException.of(path, "it is damaged or cut short (" + warning + "); get the file again");
        }
        return picture;
    }

    private ImageReadParam param(Fit fit) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        Rectangle all = new Rectangle(reader.getWidth(0), reader.getHeight(0));
        param.setSourceSubsampling(
                fit.step(),
                fit.step(),
                // From the middle of each cell, or the picture moves by half of one.
                Math.min(fit.step() / 2, all.width - 1),
                Math.min(fit.step() / 2, all.height - 1));
        if (fit.coarse() && format().equals("jpeg") && Codecs.isOfTheJdk(reader.getOriginatingProvider())) {
            // The reader then stops at the first pass of a progressive file, which is an eighth of the resolution,
            // smoothed; by default it renders the whole picture once for every pass.
            param.setSourceProgressivePasses(0, 1);
        }
        return param;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }
}
