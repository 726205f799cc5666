package dev.gearshift.imgur.simulator;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files: pixels to bytes, and segments put in afterwards. */
final class JpegFile {

    /** A comment segment can be no shorter (marker and length) and no longer. */
    private static final int MIN_COMMENT = 4;

    private static final int MAX_COMMENT = 2 + 0xffff;

    /** Up to here the standard coding tables would take more bytes than the pixels. */
    private static final int FEW_PIXELS = 4096;

    private static final int START_OF_IMAGE_LENGTH = 2;

    private static final ComponentColorModel BGR = new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);

    /**
     * Exif with one entry: Orientation (0x0112) = 6, "the right-hand side of the stored picture is its top". Big-endian
     * TIFF: header, one directory with one entry of type SHORT, no further directory.
     */
    private static final byte[] EXIF_TURNED_RIGHT = bytes(
            0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, // marker, length, identifier
            'M', 'M', 0x00, 0x2a, 0, 0, 0, 8, // TIFF header
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, // the entry
            0, 0, 0, 0); // no next directory

    private JpegFile() {}

    /**
     * Encodes rows of blue, green, red bytes.
     *
     * @param quality 0 to 1
     */
    static byte[] encode(byte[] pixels, int width, int height, float quality, boolean progressive) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels, width * height * 3), width, height, width * 3, 3, new int[] {2, 1, 0}, null);
        ImageWriter writer = platformWriter();
        ByteArrayOutputStream file = new ByteArrayOutputStream(width * height / 3 + 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            if (width * height <= FEW_PIXELS && parameters instanceof JPEGImageWriteParam jpeg) {
                jpeg.setOptimizeHuffmanTables(true);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(new BufferedImage(BGR, raster, false, null), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("a JPEG could not be encoded in memory", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** The same picture, to be shown turned a quarter to the right. */
    static byte[] turnedRight(byte[] jpeg) {
        return withSegment(jpeg, EXIF_TURNED_RIGHT);
    }

    /** The same picture, lengthened to {@code length} bytes by comments; as it is when that is too near. */
    static byte[] padded(byte[] jpeg, int length, long seed) {
        int missing = length - jpeg.length;
        if (missing < MIN_COMMENT) {
            return jpeg;
        }
        byte[] comments = new byte[missing];
        Filler filler = new Filler(seed);
        for (int at = 0; at < missing; ) {
            int rest = missing - at;
            int segment = Math.min(rest, MAX_COMMENT);
            if (rest - segment > 0 && rest - segment < MIN_COMMENT) {
                segment -= MIN_COMMENT;
            }
            comments[at] = (byte) 0xff;
            comments[at + 1] = (byte) 0xfe;
            comments[at + 2] = (byte) (segment - 2 >> 8);
            comments[at + 3] = (byte) (segment - 2);
            filler.fill(comments, at + MIN_COMMENT, at + segment);
            at += segment;
        }
        return withSegment(jpeg, comments);
    }

    private static byte[] withSegment(byte[] jpeg, byte[] segment) {
        // JFIF's own segment must stay the first; what is put in comes right after it.
        int at = START_OF_IMAGE_LENGTH;
        if ((jpeg[at + 1] & 0xff) == 0xe0) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        byte[] whole = new byte[jpeg.length + segment.length];
        System.arraycopy(jpeg, 0, whole, 0, at);
        System.arraycopy(segment, 0, whole, at, segment.length);
        System.arraycopy(jpeg, at, whole, at + segment.length, jpeg.length - at);
        return whole;
    }

    /** The platform's own encoder, whatever plug-ins there are: the same seed must give the same bytes. */
    private static ImageWriter platformWriter() {
        for (Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg"); writers.hasNext(); ) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
                return writer;
            }
        }
        throw new IllegalStateException("This Java runtime has no JPEG encoder; the module java.desktop brings it.");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
