package dev.gearshift.benchmarks.processes;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** The other JVM of the raw socket: {@code SocketEcho SOCKET BYTES} sends back messages of that size; of 0, all at once. */
final class SocketEcho {
    private static final int CHUNK = 64 * 1024;

    private SocketEcho() {}

    public static void main(String[] args) throws IOException {
        List<String> words = List.of(args);
        int size = Integer.parseInt(words.get(1));
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(words.get(0))))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(size == 0 ? CHUNK : size);
            while (size == 0 ? channel.read(buffer) >= 0 : isFilled(buffer, channel)) {
                writeAll(buffer.flip(), channel);
                buffer.clear();
            }
        }
    }

    /** Reads until there is no more room; false at the end of the stream. */
    static boolean isFilled(ByteBuffer buffer, SocketChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    static void writeAll(ByteBuffer buffer, SocketChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
