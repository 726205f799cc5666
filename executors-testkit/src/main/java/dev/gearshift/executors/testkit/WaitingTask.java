package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Goes to a {@link Rendezvous}, says its name, and returns it once released. An interrupt ends it with an exception.
 *
 * @param port where the rendezvous is, on the loopback interface
 * @param name what it says; without line breaks
 */
public record WaitingTask(int port, String name) implements Task<String> {
    @Override
    public String call() throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            channel.write(ByteBuffer.wrap((name + "\n").getBytes(StandardCharsets.US_ASCII)));
            if (channel.read(ByteBuffer.allocate(3)) < 0) {
                throw new IOException("The rendezvous was closed before " + name + " was released.");
            }
            return name;
        }
    }
}
