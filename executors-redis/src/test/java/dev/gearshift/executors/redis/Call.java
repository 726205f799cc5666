package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Calls a {@link Switchboard}, says who it is, and does as it is told: returns a text, throws, or takes its JVM with it. It
 * can be interrupted meanwhile.
 *
 * @param port of the switchboard
 * @param name by which that knows it
 */
record Call(int port, String name) implements Task<String> {
    static final String THROW = "throw";
    static final String HALT = "halt";

    private static final int LONGEST = 1_000;

    @Override
    public String call() throws IOException {
        try (SocketChannel line = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            String hello = Switchboard.Line.hello(name, TaskContext.current().attempt()) + "\n";
            line.write(ByteBuffer.wrap(hello.getBytes(StandardCharsets.UTF_8)));
            String told = told(line);
            switch (told) {
                case THROW -> throw new IllegalStateException("as told");
                case HALT -> Runtime.getRuntime().halt(3);
                default -> {}
            }
            return told;
        }
    }

    private static String told(SocketChannel line) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        while (buffer.position() == 0 || buffer.get(buffer.position() - 1) != '\n') {
            if (line.read(buffer) < 0) {
                throw new IOException("Nobody says what to do.");
            }
        }
        return new String(buffer.array(), 0, buffer.position() - 1, StandardCharsets.UTF_8);
    }
}
