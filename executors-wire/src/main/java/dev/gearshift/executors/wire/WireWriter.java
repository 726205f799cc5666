package dev.gearshift.executors.wire;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The generator, with the limits. One encoding, one writer. */
final class WireWriter {
    /** Longer texts are written by their bytes: the generator would cut them into chunks of unknown number. */
    private static final int SHORT_TEXT = 1_000;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Bytes bytes = new Bytes();
    private final JsonGenerator generator = Cbor.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
    private final long maxBytes;
    private final int maxDepth;
    private int depth;

    WireWriter(WireLimits limits) {
        maxBytes = Math.min(limits.maxBytes(), LONGEST_ARRAY);
        maxDepth = limits.maxDepth();
    }

    byte[] finish() {
        generator.close();
        return bytes.toArray();
    }

    void begin(int parts) {
        generator.writeStartArray(null, parts);
    }

    void end() {
        generator.writeEndArray();
        room(0);
    }

    /** Begins an array that counts as a level of nesting. */
    void enter(int parts) {
        if (++depth > maxDepth) {
            throw new Misfit(
                    "it is nested deeper than " + maxDepth, "Make the data flatter, such as a list of its parts.");
        }
        begin(parts);
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        end();
        depth--;
    }

    void nothing() {
        generator.writeNull();
    }

    void bool(boolean value) {
        generator.writeBoolean(value);
    }

    void integer(long value) {
        generator.writeNumber(value);
    }

    void integer(int value) {
        generator.writeNumber(value);
    }

    void single(float value) {
        generator.writeNumber(value);
    }

    void twice(double value) {
        generator.writeNumber(value);
    }

    void bytes(byte[] value) {
        room(value.length);
        generator.writeBinary(value);
    }

    void text(String value) {
        room(value.length());
        if (hasLoneSurrogate(value)) {
            byte[] units = new byte[Math.multiplyExact(2, value.length())];
            for (int i = 0; i < value.length(); i++) {
                units[2 * i] = (byte) (value.charAt(i) >> 8);
                units[2 * i + 1] = (byte) value.charAt(i);
            }
            bytes(units);
        } else if (value.length() > SHORT_TEXT) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            room(utf8.length);
            generator.writeUTF8String(utf8, 0, utf8.length);
        } else {
            generator.writeString(value);
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Refuses what would not fit, before it is written. */
    void room(long more) {
        long total = bytes.length + generator.streamWriteOutputBuffered() + more;
        if (total > maxBytes) {
            throw Misfit.tooLarge(total, maxBytes);
        }
    }

    /** What the generator has written. A small encoding comes in one piece, and is kept as it is copied. */
    private static final class Bytes extends OutputStream {
        private byte[] buffer = new byte[0];
        private int length;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int count) {
            if (length == 0) {
                buffer = Arrays.copyOfRange(from, offset, offset + count);
            } else {
                if (count > buffer.length - length) {
                    buffer = Arrays.copyOf(buffer, (int)
                            Math.min(LONGEST_ARRAY, Math.max(2L * buffer.length, (long) length + count)));
                }
                System.arraycopy(from, offset, buffer, length, count);
            }
            length += count;
        }

        byte[] toArray() {
            return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
        }
    }
}
