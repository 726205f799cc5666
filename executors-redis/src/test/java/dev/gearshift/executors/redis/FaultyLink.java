package dev.gearshift.executors.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on the loopback interface, which does to the connections through it what networks do:
 *
 * <pre>
 *     client ---- up ----> this ---- up ----> server
 *            <--- down ---      <--- down ---
 * </pre>
 *
 * <p>{@link #cut} ends them, {@link #silence} holds what is sent without a word to anybody, {@link #halfOpen} ends the
 * server's end only, {@link #delay} makes all of it slow, {@link #refuse} lets no new one in.
 */
final class FaultyLink implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final int target;
    private final ServerSocket door;
    private final Set<Pair> pairs = new HashSet<>();
    private final List<Thread> threads = new ArrayList<>();

    // All guarded by this.
    private boolean silentUp;
    private boolean silentDown;
    private boolean refusing;
    private long delayNanos;
    private boolean closed;

    /** A connection through it. */
    private record Pair(Socket client, Socket server) {}

    FaultyLink(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** The address of a server, as it is through this. */
    String uri(PrivateRedis redis) {
        return redis.uri().replaceFirst(":\\d+$", ":" + port());
    }

    /** Ends all connections that are there. */
    synchronized void cut() {
        pairs.forEach(FaultyLink::close);
        pairs.clear();
        notifyAll();
    }

    /** Nothing comes through in these directions, of old connections and new, until {@link #heal}; nobody is told. */
    synchronized void silence(boolean up, boolean down) {
        silentUp = up;
        silentDown = down;
    }

    /** The server's ends of those that are there are gone, as after a crash of its machine: clients hear nothing. */
    synchronized void halfOpen() {
        pairs.forEach(pair -> close(pair.server()));
    }

    /** Whatever comes through takes that long. */
    synchronized void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** New connections are ended at once. */
    synchronized void refuse() {
        refusing = true;
    }

    /** All is well again; what was held comes through. */
    synchronized void heal() {
        silentUp = false;
        silentDown = false;
        refusing = false;
        delayNanos = 0;
        notifyAll();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = door.accept();
                if (!welcomes()) {
                    client.close();
                    continue;
                }
                Pair pair;
                try {
                    pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
                } catch (IOException e) {
                    client.close(); // The server is down.
                    continue;
                }
                client.setTcpNoDelay(true);
                pair.server().setTcpNoDelay(true);
                add(pair);
                thread(() -> pump(pair, true));
                thread(() -> pump(pair, false));
            } catch (IOException e) {
                return; // The door was closed.
            }
        }
    }

    private synchronized boolean welcomes() {
        return !refusing && !closed;
    }

    private synchronized void add(Pair pair) {
        pairs.add(pair);
        if (closed) {
            close(pair);
        }
    }

    private void pump(Pair pair, boolean up) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = (up ? pair.client() : pair.server()).getInputStream();
            OutputStream out = (up ? pair.server() : pair.client()).getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                LockSupport.parkNanos(awaitWay(up));
                out.write(buffer, 0, read);
            }
            close(pair); // One end has closed, and the other hears of it.
        } catch (IOException e) {
            if (up && !pair.client().isClosed()) {
                swallow(pair);
            }
        }
    }

    /** Its server's end is gone; what the client sends goes nowhere. */
    private static void swallow(Pair pair) {
        try {
            pair.client().getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It was cut meanwhile.
        } finally {
            close(pair);
        }
    }

    private synchronized long awaitWay(boolean up) throws IOException {
        while ((up ? silentUp : silentDown) && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return delayNanos;
    }

    private static void close(Pair pair) {
        close(pair.client());
        close(pair.server());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void thread(Runnable body) {
        Thread thread = new Thread(null, body, "faulty-link", 0, false);
        thread.setDaemon(true);
        synchronized (threads) {
            threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
            threads.add(thread);
        }
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (this) {
            closed = true;
        }
        cut();
        while (true) {
            Thread next;
            synchronized (threads) {
                if (threads.isEmpty()) {
                    return;
                }
                next = threads.remove(0);
            }
            try {
                next.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
