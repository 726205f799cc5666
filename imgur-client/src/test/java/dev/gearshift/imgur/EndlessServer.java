package dev.gearshift.imgur;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Begins an answer, or none, never ends it, and notices when the client goes away. */
final class EndlessServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch asked;
    private final CountDownLatch gone;
    private final String beginning;

    EndlessServer(int connections, String beginning) throws IOException {
        asked = new CountDownLatch(connections);
        gone = new CountDownLatch(connections);
        this.beginning = beginning;
        start(() -> {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                start(() -> serve(socket));
            }
        });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/a.jpg");
    }

    boolean wasAsked() throws InterruptedException {
        return asked.await(30, TimeUnit.SECONDS);
    }

    boolean sawTheClientGo() throws InterruptedException {
        return gone.await(30, TimeUnit.SECONDS);
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            if (!heardARequest(in)) {
                return;
            }
            try {
                socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                asked.countDown();
                in.transferTo(OutputStream.nullOutputStream());
            } finally {
                gone.countDown();
            }
        }
    }

    /** Not if the client, which may open a connection that it has no use for, goes away without one. */
    private static boolean heardARequest(InputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            newlines = next == '\r' || next == '\n' ? newlines + 1 : 0;
        }
        return true;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException theConnectionEnded) {
                        // Which is what the latches tell.
                    }
                },
                "endless-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
