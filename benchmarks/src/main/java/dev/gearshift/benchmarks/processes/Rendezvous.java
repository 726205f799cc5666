package dev.gearshift.benchmarks.processes;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where the tasks in the workers show that they run: each comes with the number of its process. */
final class Rendezvous implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder = Files.createTempDirectory("rendezvous");
    private final Path socket = folder.resolve("socket");
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Selector selector = Selector.open();

    Rendezvous() throws IOException {
        server.bind(UnixDomainSocketAddress.of(socket)).configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    Path socket() {
        return socket;
    }

    /** In a worker: comes, and leaves by closing the channel. */
    static SocketChannel arrive(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        ByteBuffer pid = ByteBuffer.allocate(Long.BYTES)
                .putLong(ProcessHandle.current().pid())
                .flip();
        while (pid.hasRemaining()) {
            channel.write(pid);
        }
        return channel;
    }

    /** Waits for the next, and answers which process it is. */
    long next() throws IOException {
        try (SocketChannel arrived = accept()) {
            return pid(arrived);
        }
    }

    /** Waits until that many are here, and lets them go. */
    void meet(int number) throws IOException {
        List<SocketChannel> arrived = new ArrayList<>();
        try {
            while (arrived.size() < number) {
                arrived.add(accept());
                pid(arrived.get(arrived.size() - 1));
            }
            for (SocketChannel channel : arrived) {
                channel.write(ByteBuffer.allocate(1));
            }
        } finally {
            for (SocketChannel channel : arrived) {
                channel.close();
            }
        }
    }

    private SocketChannel accept() throws IOException {
        while (true) {
            SocketChannel channel = server.accept();
            if (channel != null) {
                return channel;
            }
            if (selector.select(LIMIT.toMillis()) == 0) {
                throw new IOException("No task has started within a minute.");
            }
            selector.selectedKeys().clear();
        }
    }

    private static long pid(SocketChannel arrived) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(Long.BYTES);
        while (pid.hasRemaining()) {
            if (arrived.read(pid) < 0) {
                throw new IOException("A task has ended before it could say where it runs.");
            }
        }
        return pid.flip().getLong();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }
}
