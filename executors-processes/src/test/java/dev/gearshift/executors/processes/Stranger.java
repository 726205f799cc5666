package dev.gearshift.executors.processes;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** Calls the pool, and says nothing. */
final class Stranger {
    private Stranger() {}

    /** What the pool gives to a worker. */
    public static void main(String[] arguments) throws Exception {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(arguments[1]));
        Thread.currentThread().join();
    }
}
