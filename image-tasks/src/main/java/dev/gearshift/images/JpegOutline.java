package dev.gearshift.images;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;

/**
 * What a JPEG's markers tell without decoding it:
 *
 * <pre>
 * SOI  APP1 "Exif" orientation  SOFn components  SOS entropy-coded data  [SOS data]...  EOI
 * </pre>
 *
 * <p>Within entropy-coded data an {@code FF} is always followed by {@code 00} or a restart marker, so the end marker can
 * be told from the data. A file that was cut short has none, which the decoder only sees if it reads that far.
 *
 * @param components 1 for grey, 3 for colour, 4 for CMYK; 0 if the file says nothing
 * @param complete whether the end marker is there
 */
record JpegOutline(int components, Orientation orientation, boolean complete) {
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    static JpegOutline of(ImageInputStream in) throws IOException {
        Walk walk = new Walk(in);
        boolean complete;
        try {
            complete = walk.reachesTheEnd();
        } catch (EOFException cutShort) {
            complete = false;
        }
        return new JpegOutline(walk.components, Orientation.ofExif(walk.orientation), complete);
    }

    private static final class Walk {
        private static final int SOF0 = 0xC0;
        private static final int DHT = 0xC4;
        private static final int JPG = 0xC8;
        private static final int DAC = 0xCC;
        private static final int SOF15 = 0xCF;
        private static final int RST0 = 0xD0;
        private static final int SOI = 0xD8;
        private static final int EOI = 0xD9;
        private static final int APP1 = 0xE1;
        private static final int TEM = 0x01;

        private final ImageInputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int position;
        private int limit;
        private int components;
        private int orientation;

        Walk(ImageInputStream in) {
            this.in = in;
        }

        boolean reachesTheEnd() throws IOException {
            while (true) {
                int marker = nextMarker();
                if (marker == EOI) {
                    return true;
                }
                if (marker != TEM && (marker < RST0 || marker > SOI)) {
                    segment(marker);
                }
            }
        }

        /** Goes to the next marker, over entropy-coded data and over anything else that is no marker. */
        private int nextMarker() throws IOException {
            while (true) {
                while (next() != 0xFF) {}
                int marker = next();
                while (marker == 0xFF) {
                    marker = next();
                }
                if (marker != 0) {
                    return marker;
                }
            }
        }

        private void segment(int marker) throws IOException {
            int length = Math.max(0, (next() << 8 | next()) - 2);
            if (marker == APP1 && orientation == 0) {
                orientation = exifOrientation(bytes(length));
            } else if (isFrame(marker) && length >= 6) {
                byte[] frame = bytes(length);
                components = frame[5] & 0xFF;
            } else {
                skip(length);
            }
        }

        private static boolean isFrame(int marker) {
            return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
        }

        private static int exifOrientation(byte[] segment) {
            for (int i = 0; i < EXIF.length; i++) {
                if (i >= segment.length || segment[i] != EXIF[i]) {
                    return 0;
                }
            }
            return new ExifOrientation(segment, EXIF.length).value();
        }

        private int next() throws IOException {
            if (position == limit) {
                fill();
            }
            return buffer[position++] & 0xFF;
        }

        private byte[] bytes(int length) throws IOException {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) next();
            }
            return bytes;
        }

        private void skip(int length) throws IOException {
            int left = length;
            while (left > 0) {
                if (position == limit) {
                    fill();
                }
                int some = Math.min(left, limit - position);
                position += some;
                left -= some;
            }
        }

        private void fill() throws IOException {
            limit = in.read(buffer, 0, buffer.length);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                throw new EOFException();
            }
        }
    }
}
