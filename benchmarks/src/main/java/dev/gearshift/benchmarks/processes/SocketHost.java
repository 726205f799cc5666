package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.JavaCommand;
import dev.gearshift.benchmarks.comparison.RoundTrips;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The floor under every pool of processes: two JVMs, a Unix domain socket, blocking platform threads, and nothing else.
 * {@code SocketHost GROUP EFFORT...}. A task is a message of 64 bytes.
 */
final class SocketHost {
    private static final int MESSAGE = 64;
    private static final int CHUNK = 64 * 1024;

    private SocketHost() {}

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        Effort effort = Effort.parse(words.subList(1, words.size()));
        Figures figures = new Figures();
        switch (Group.valueOf(words.get(0))) {
            case ROUNDTRIP -> roundTrip(effort, figures);
            case THROUGHPUT -> pipelined(effort, figures);
            case ECHO -> {
                echo(effort, 1 << 20, Figure.ECHO_1_MIB, figures);
                echo(effort, 16 << 20, Figure.ECHO_16_MIB, figures);
            }
            default -> throw new IllegalArgumentException(words.get(0));
        }
        figures.print(System.out);
    }

    /** What is done at this end. */
    private interface Talk {
        void with(SocketChannel channel) throws Exception;
    }

    private static void withEcho(int size, Talk talk) throws Exception {
        Path folder = Files.createTempDirectory("floor");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Process echo = new ProcessBuilder(JavaCommand.of(
                            SocketEcho.class,
                            List.of("-XX:+UseSerialGC"),
                            List.of(socket.toString(), Integer.toString(size))))
                    .inheritIO()
                    .start();
            try (SocketChannel channel = server.accept()) {
                talk.with(channel);
            } finally {
                echo.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void roundTrip(Effort effort, Figures into) throws Exception {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        withEcho(MESSAGE, channel -> effort.roundTrips(() -> exchange(message, channel), into));
    }

    private static void echo(Effort effort, int size, Figure figure, Figures into) throws Exception {
        ByteBuffer message = ByteBuffer.allocateDirect(size);
        withEcho(size, channel -> {
            RoundTrips.warmUp(effort.warmUp(), () -> exchange(message, channel));
            int times = (effort.echoedMiB() << 20) / size;
            Stopwatch watch = new Stopwatch();
            for (int i = 0; i < times; i++) {
                exchange(message, channel);
            }
            into.add(figure, watch.perSecond((double) times * size) / 1e6);
        });
    }

    private static void exchange(ByteBuffer message, SocketChannel channel) throws IOException {
        SocketEcho.writeAll(message.clear(), channel);
        if (!SocketEcho.isFilled(message.clear(), channel)) {
            throw new EOFException("The other JVM has hung up.");
        }
    }

    /** One thread writes the messages one by one, another reads them. */
    private static void pipelined(Effort effort, Figures into) throws Exception {
        withEcho(0, channel -> {
            RoundTrips.warmUp(effort.jvmWarmUp(), () -> stream(effort.tasks(), channel));
            for (int i = 0; i < effort.batches(); i++) {
                Stopwatch watch = new Stopwatch();
                stream(effort.tasks(), channel);
                into.add(Figure.SUBMIT, watch.perSecond(effort.tasks()));
            }
        });
    }

    private static void stream(int messages, SocketChannel channel) throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
                for (int i = 0; i < messages; i++) {
                    SocketEcho.writeAll(message.clear(), channel);
                }
                written.complete(null);
            } catch (IOException e) {
                written.completeExceptionally(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (long left = (long) messages * MESSAGE; left > 0; ) {
            chunk.clear();
            int read = channel.read(chunk);
            if (read < 0) {
                throw new EOFException("The other JVM has hung up.");
            }
            left -= read;
        }
        written.join();
    }
}
