package dev.gearshift.images;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Which readers and writers are used: the JDK's own where it has one, as what other plug-ins do differs from one program
 * to the next; TwelveMonkeys' for CMYK JPEGs; any other for formats that the JDK does not know.
 */
final class Codecs {
    private Codecs() {}

    /** A reader for what the stream holds, or {@code null}. The stream stays where it is. */
    static @Nullable ImageReader reader(ImageInputStream in) throws IOException {
        ImageReaderSpi spi = find(ImageReaderSpi.class, candidate -> takes(candidate, in));
        return spi == null ? null : spi.createReaderInstance();
    }

    static ImageReader cmykJpegReader() throws IOException {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        ImageReaderSpi spi = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
        if (spi == null) {
            // The registry looks for plug-ins once, through whichever context class loader the first to ask had.
            spi = new JPEGImageReaderSpi();
            registry.registerServiceProvider(spi, ImageReaderSpi.class);
        }
        return spi.createReaderInstance();
    }

    /** A writer for that format that takes that picture, or {@code null}. */
    static @Nullable ImageWriter writer(String format, RenderedImage picture) throws IOException {
        ImageWriterSpi spi =
                find(ImageWriterSpi.class, candidate -> isFor(format, candidate) && candidate.canEncodeImage(picture));
        return spi == null ? null : spi.createWriterInstance();
    }

    static boolean canWrite(String format) {
        return find(ImageWriterSpi.class, candidate -> isFor(format, candidate)) != null;
    }

    static boolean isOfTheJdk(@Nullable ImageReaderWriterSpi spi) {
        return spi != null && spi.getClass().getName().startsWith("com.sun.imageio.");
    }

    private static boolean isFor(String format, ImageWriterSpi spi) {
        for (String name : spi.getFormatNames()) {
            if (name.equalsIgnoreCase(format)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(ImageReaderSpi spi, ImageInputStream in) {
        try {
            in.mark();
            try {
                return spi.canDecodeInput(in);
            } finally {
                in.reset();
            }
        } catch (IOException notEvenTheStart) {
            return false;
        }
    }

    private static <S extends ImageReaderWriterSpi> @Nullable S find(Class<S> kind, Predicate<S> wanted) {
        S other = null;
        for (Iterator<S> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, true); all.hasNext(); ) {
            S candidate = all.next();
            if ((other == null || isOfTheJdk(candidate)) && wanted.test(candidate)) {
                if (isOfTheJdk(candidate)) {
                    return candidate;
                }
                other = candidate;
            }
        }
        return other;
    }
}
