package dev.gearshift.executors.processes;

import dev.gearshift.executors.wire.Parcel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Frames over a socket; see {@link FrameKind}. One thread reads and one writes, neither of which anybody may interrupt:
 * that would close the socket. Buffers are used on the channel itself, as the streams that Java 17 makes of one channel
 * block each other.
 */
final class FrameChannel implements Closeable {
    private static final int CHUNK = 64 * 1024;
    private static final int LENGTH_BYTES = 4;
    private static final int TAKEN_AT_ONCE = 2 << 20;
    private static final int GROWTH = 8;

    private final SocketChannel channel;
    private long mostBytes;
    private final ByteBuffer in = ByteBuffer.allocateDirect(CHUNK).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(CHUNK);

    /** Since when it waits for bytes, in {@code System.nanoTime}; 0 while it does not. */
    private volatile long waitsSince;

    /** Refuses frames that are longer, with the arrays that belong to them. */
    FrameChannel(SocketChannel channel, long mostBytes) {
        this.channel = channel;
        allow(mostBytes);
    }

    /** Refuses frames that are longer, from now on. */
    void allow(long bytes) {
        mostBytes = Math.min(bytes, Integer.MAX_VALUE - 16);
    }

    SocketChannel socket() {
        return channel;
    }

    /** What was read: its kind, a buffer of the rest, and the arrays that belong to it. */
    record Frame(FrameKind kind, ByteBuffer body, List<byte[]> arrays) {}

    /**
     * The next frame.
     *
     * @throws EOFException if the other side has closed the socket
     * @throws ProtocolException if these are no frames
     */
    Frame read() throws IOException {
        List<byte[]> arrays = List.of();
        long most = mostBytes;
        while (true) {
            fill(LENGTH_BYTES);
            int length = in.getInt();
            if (length < 1 || length > most) {
                throw new ProtocolException(
                        "a frame of " + Integer.toUnsignedLong(length) + " bytes, where " + most + " are the most");
            }
            fill(1);
            byte code = in.get();
            FrameKind kind = FrameKind.of(code);
            if (kind == null) {
                throw new ProtocolException("a frame of the unknown kind " + code);
            }
            if (kind != FrameKind.ARRAY) {
                if (!arrays.isEmpty() && kind != FrameKind.TASK && kind != FrameKind.DONE) {
                    throw new ProtocolException("arrays before a frame of the kind " + kind);
                }
                return new Frame(kind, ByteBuffer.wrap(bytes(length - 1)), arrays);
            }
            if (length <= Parcel.LARGE) {
                throw new ProtocolException("an array of " + (length - 1) + " bytes, which is not large");
            }
            arrays = arrays.isEmpty() ? new ArrayList<>() : arrays;
            arrays.add(bytes(length - 1));
            most -= length;
        }
    }

    /** More memory than a little is taken as the bytes arrive, not as the length claims. */
    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, TAKEN_AT_ONCE)];
        int read = 0;
        while (read < length) {
            if (read == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, (long) GROWTH * bytes.length));
            }
            fill(1);
            int more = Math.min(in.remaining(), bytes.length - read);
            in.get(bytes, read, more);
            read += more;
        }
        return bytes;
    }

    private void fill(int least) throws IOException {
        while (in.remaining() < least) {
            in.compact();
            waitsSince = System.nanoTime() | 1;
            try {
                if (channel.read(in) < 0) {
                    throw new EOFException("the socket was closed");
                }
            } finally {
                waitsSince = 0;
                in.flip();
            }
        }
    }

    /** Writes a frame; it leaves with {@link #flush} at the latest. */
    void write(FrameKind kind, byte[]... parts) throws IOException {
        int length = 1;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        room(LENGTH_BYTES + 1);
        out.putInt(length).put(kind.code());
        for (byte[] part : parts) {
            int written = 0;
            while (written < part.length) {
                room(1);
                int more = Math.min(out.remaining(), part.length - written);
                out.put(part, written, more);
                written += more;
            }
        }
    }

    private void room(int bytes) throws IOException {
        if (out.remaining() < bytes) {
            flush();
        }
    }

    void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    /** Whether nothing has come for so long, though somebody reads. Thread-safe. */
    boolean isSilentFor(Duration time) {
        long since = waitsSince;
        return since != 0 && System.nanoTime() - since >= TimeUnit.NANOSECONDS.convert(time);
    }

    /** Thread-safe. */
    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
