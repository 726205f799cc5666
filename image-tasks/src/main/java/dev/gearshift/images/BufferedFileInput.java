package dev.gearshift.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Reads a file through a buffer. The JDK's {@code FileImageInputStream} has none, and the JPEG reader asks for single
 * bytes, each a call to the system. An interrupt closes the file, and so ends decoding.
 */
final class BufferedFileInput extends ImageInputStreamImpl {
    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long bufferStart;

    BufferedFileInput(Path file) throws IOException {
        channel = Files.newByteChannel(file);
        buffer.limit(0);
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (!isFilled()) {
            return -1;
        }
        streamPos++;
        return buffer.get() & 0xFF;
    }

    /** Reads all that was asked for, up to the end of the file: some readers don't look at how much came. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        int done = 0;
        while (done < length && isFilled()) {
            int some = Math.min(length - done, buffer.remaining());
            buffer.get(bytes, offset + done, some);
            streamPos += some;
            done += some;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    /** Brings the buffer to where the stream is; false at the end of the file. */
    private boolean isFilled() throws IOException {
        long ahead = streamPos - bufferStart;
        if (ahead >= 0 && ahead < buffer.limit()) {
            buffer.position((int) ahead);
            return true;
        }
        channel.position(streamPos);
        bufferStart = streamPos;
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        return count > 0;
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException unknown) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        channel.close();
    }
}
