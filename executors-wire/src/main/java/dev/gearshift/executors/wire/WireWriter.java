package dev.gearshift.executors.wire;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The generator, with the limits. One encoding, one writer. */
final class WireWriter implements AutoCloseable {
    /** Longer texts are written by their bytes: the generator would cut them into chunks of unknown number. */
    private static final int SHORT_TEXT = 1_000;

    private static final int SHORT_BYTES = 64 * 1_024;

    /** The head of an array that is not short. */
    private static final int HEAD = 5;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Bytes bytes = new Bytes();
    private final JsonGenerator generator = Cbor.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
    private final @Nullable List<byte[]> beside;
    private final long maxBytes;
    private final int maxDepth;
    private final long maxMemory;
    private int depth;
    private long memory;
    private long bytesBeside;

    /** @param beside where large arrays go; null if they go with all else */
    WireWriter(WireLimits limits, @Nullable List<byte[]> beside) {
        this.beside = beside;
        maxBytes = Math.min(limits.maxBytes(), LONGEST_ARRAY);
        maxDepth = limits.maxDepth();
        maxMemory = limits.maxMemory();
    }

    byte[] finish() {
        generator.flush();
        return bytes.toArray();
    }

    @Override
    public void close() {
        generator.close();
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
        charge(value.length);
        if (beside != null && value.length >= Parcel.LARGE) {
            room(value.length);
            bytesBeside += value.length;
            beside.add(value);
            integer(value.length);
        } else {
            binary(value);
        }
    }

    private void binary(byte[] value) {
        room(value.length);
        expect(value.length);
        generator.writeBinary(value);
    }

    /** Lets a long array be copied once, and not a piece at a time into ever more room. */
    private void expect(int length) {
        if (length > SHORT_BYTES) {
            bytes.expect(generator.streamWriteOutputBuffered() + HEAD + length);
        }
    }

    void text(String value) {
        room(value.length());
        charge(2L * value.length());
        if (hasLoneSurrogate(value)) {
            byte[] units = new byte[Math.multiplyExact(2, value.length())];
            for (int i = 0; i < value.length(); i++) {
                units[2 * i] = (byte) (value.charAt(i) >> 8);
                units[2 * i + 1] = (byte) value.charAt(i);
            }
            binary(units);
        } else if (value.length() > SHORT_TEXT) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            room(utf8.length);
            expect(utf8.length);
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

    /** Counts what reading this will take of the heap. */
    void charge(long bytes) {
        memory += bytes;
        if (memory > maxMemory) {
            throw Misfit.tooHeavy(memory, maxMemory);
        }
    }

    /** Refuses what would not fit, before it is written. */
    void room(long more) {
        long total = bytes.length + generator.streamWriteOutputBuffered() + bytesBeside + more;
        if (total > maxBytes) {
            throw Misfit.tooLarge(total, maxBytes);
        }
    }

    /**
     * What the generator has written, in pieces. A small encoding comes in one piece, and is kept as it is copied; so
     * is one that is a large array and no more.
     */
    private static final class Bytes extends OutputStream {
        private static final int LARGEST_PIECE = 1 << 20;

        private final List<byte[]> full = new ArrayList<>();
        private byte[] piece = new byte[0];
        private int used;
        private int length;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int count) {
            int at = offset;
            int left = count;
            while (left > 0) {
                if (used == piece.length) {
                    expect(Math.max(left, Math.min(length, LARGEST_PIECE)));
                }
                int fitting = Math.min(left, piece.length - used);
                System.arraycopy(from, at, piece, used, fitting);
                used += fitting;
                at += fitting;
                left -= fitting;
            }
            length += count;
        }

        /** Makes room for so much in one piece. */
        void expect(int count) {
            if (count > piece.length - used) {
                if (used > 0) {
                    full.add(used == piece.length ? piece : Arrays.copyOf(piece, used));
                }
                piece = new byte[count];
                used = 0;
            }
        }

        byte[] toArray() {
            if (full.isEmpty() && used == piece.length) {
                return piece;
            }
            byte[] all = new byte[length];
            int at = 0;
            for (byte[] one : full) {
                System.arraycopy(one, 0, all, at, one.length);
                at += one.length;
            }
            System.arraycopy(piece, 0, all, at, used);
            return all;
        }
    }
}
