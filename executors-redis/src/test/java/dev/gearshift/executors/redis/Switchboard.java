package dev.gearshift.executors.redis;

import dev.gearshift.executors.testkit.StubbornTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where tasks of the tests call, wherever they run: so the test knows what runs, and has it wait, end or crash. */
final class Switchboard implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerSocket door;
    private final LinkedBlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
    private final List<Line> all = new ArrayList<>();
    private final Thread thread;

    Switchboard() {
        try {
            door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(null, this::accept, "switchboard", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /** A task that calls here. */
    Call task(String name) {
        return new Call(door.getLocalPort(), name);
    }

    /** A task that calls here, says nothing more, and is deaf to interrupts. */
    StubbornTask stubborn(String name) {
        return new StubbornTask(door.getLocalPort(), Line.hello(name, 1));
    }

    /** One that has called. */
    static final class Line {
        private final Socket socket;
        private final BufferedReader in;

        final String name;
        final int attempt;
        final long pid;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String said = in.readLine();
            if (said == null) {
                throw new IOException("It was gone before it said who it is.");
            }
            String[] hello = said.split("\t", 3);
            name = hello[0];
            attempt = Integer.parseInt(hello[1]);
            pid = Long.parseLong(hello[2]);
        }

        /** What one says who calls. */
        static String hello(String name, int attempt) {
            return name + "\t" + attempt + "\t" + ProcessHandle.current().pid();
        }

        /** Tells it what to do: {@link Call#THROW}, {@link Call#HALT}, or what to return. */
        Line say(String what) {
            try {
                socket.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        /** Waits until it is gone, and says in how many ms it was. */
        long awaitGone() {
            long since = System.nanoTime();
            try {
                socket.setSoTimeout((int) LIMIT.toMillis());
                while (in.read() >= 0) {}
            } catch (SocketTimeoutException e) {
                throw new AssertionError(this + " still runs", e);
            } catch (IOException e) {
                // It was reset: gone.
            }
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        }

        /** Whether it is there, as far as one can know. */
        boolean isThere() {
            try {
                socket.setSoTimeout(1);
                return in.read() >= 0;
            } catch (SocketTimeoutException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return name + " in attempt " + attempt + " in process " + pid;
        }
    }

    /** The next that calls. */
    Line next() {
        return next(LIMIT);
    }

    /** The next of that name; others may have called before it, such as one that was cancelled when it was to begin. */
    Line next(String name) {
        Line line = next();
        while (!line.name.equals(name)) {
            line = next();
        }
        return line;
    }

    /** The next that calls, within that time. */
    Line next(Duration limit) {
        Line line = nextOrNull(limit);
        if (line == null) {
            throw new AssertionError("Nothing has called for " + limit.toMillis() + " ms.");
        }
        return line;
    }

    /** The next that calls within that time, or null. */
    Line nextOrNull(Duration limit) {
        try {
            return waiting.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // For whoever closes what the test has opened.
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Line line = new Line(door.accept());
                synchronized (all) {
                    all.add(line);
                }
                waiting.add(line);
            } catch (IOException e) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            synchronized (all) {
                for (Line line : all) {
                    line.socket.close();
                }
            }
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
