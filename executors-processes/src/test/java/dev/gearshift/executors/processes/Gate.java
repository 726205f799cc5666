package dev.gearshift.executors.processes;

import dev.gearshift.executors.testkit.WaitingTask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where tasks wait until it is opened, so that each has a worker of its own. */
final class Gate implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerSocket server;
    private final List<Socket> waiting = new ArrayList<>();

    Gate() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    WaitingTask task() {
        return new WaitingTask(server.getLocalPort(), "one");
    }

    /** Until so many more are here. */
    void await(int arrivals) throws IOException {
        for (int i = 0; i < arrivals; i++) {
            waiting.add(server.accept());
        }
    }

    /** Lets those go that are here. */
    void open() throws IOException {
        for (Socket one : waiting) {
            one.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
            one.close();
        }
        waiting.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket one : waiting) {
            one.close();
        }
    }
}
