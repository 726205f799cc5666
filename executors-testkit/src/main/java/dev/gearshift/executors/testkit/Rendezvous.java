package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * Where a test meets its tasks, whichever JVM they run in: a task connects, says its name and waits to be released. The
 * test sees it arrive, and sees it go when it is interrupted or killed. It needs no thread.
 */
final class Rendezvous implements AutoCloseable {
    /** Until the process ends. */
    private static final Queue<Socket> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Pace pace = Pace.here();
    private final ServerSocket server;
    private final List<Visit> visits = new ArrayList<>();

    Rendezvous() {
        try {
            server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
            server.setSoTimeout(pace.patienceMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** The task that waits here until it is released, and then returns its name. */
    WaitingTask task(String name) {
        return new WaitingTask(port(), name);
    }

    /** For a task that says its name, deaf to interrupts, and does not wait; it is gone when its process is. */
    static void say(int port, String name) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
        LEFT_OPEN.add(socket);
    }

    /** Waits for the next task to come. */
    Visit next() {
        try {
            Visit visit = new Visit(server.accept(), pace);
            visits.add(visit);
            return visit;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("No task came within " + pace.patienceMillis() + " ms.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the next task of that name; others may have come before it. */
    Visit next(String name) {
        Visit visit = next();
        while (!visit.name.equals(name)) {
            visit = next();
        }
        return visit;
    }

    /**
     * Submits a task whose timeout strikes while it is here, and waits for it to come. A cold worker may need longer to
     * get here than a timeout that a test likes to wait for; then it is tried again with twice as much.
     *
     * @param name of the task, to which the limit is added
     * @param options with that timeout
     * @param task makes a task that goes to that port and says that name
     */
    <R> Limited<R> limited(
            String name, TaskExecutor executor, TaskOptions options, BiFunction<Integer, String, Task<R>> task) {
        Duration limit = Objects.requireNonNull(options.timeout());
        for (; limit.compareTo(pace.patience()) < 0; limit = limit.multipliedBy(2)) {
            String limited = name + " " + limit.toMillis() + " ms";
            TaskFuture<R> future = executor.submit(task.apply(port(), limited), options.withTimeout(limit));
            boolean over;
            do {
                over = future.isDone();
                while (somebodyWaits()) {
                    Visit visit = visits.get(visits.size() - 1);
                    if (visit.name.equals(limited)) {
                        return new Limited<>(future, visit);
                    }
                }
            } while (!over);
        }
        throw new AssertionError("No task came before its timeout, though it was allowed " + pace.patience() + ".");
    }

    /** Whether a task has come that {@link #next} did not return yet. */
    boolean somebodyWaits() {
        try {
            server.setSoTimeout(pace.momentMillis() / 2);
            visits.add(new Visit(server.accept(), pace));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            restorePatience();
        }
    }

    /** Whoever came, or comes in this moment, is gone or about to go. */
    void nobodyStays() {
        while (somebodyWaits()) {
            visits.get(visits.size() - 1).awaitGone();
        }
    }

    /**
     * The same of an executor that runs one task at a time: when a task that was submitted last has its turn, nothing
     * that was submitted before it runs or will run.
     */
    void nobodyStays(TaskExecutor one) {
        letOneThrough(one);
        nobodyStays();
    }

    /** Whether a task of an executor that runs one at a time has come that {@link #next} did not return yet. */
    boolean somebodyWaits(TaskExecutor one) {
        letOneThrough(one);
        return somebodyWaits();
    }

    private void letOneThrough(TaskExecutor one) {
        assertThat(one.submit(new Echo(1))).as("a task in the only place").succeedsWithin(pace.patience());
    }

    private void restorePatience() {
        try {
            server.setSoTimeout(pace.patienceMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all go that are here, and no more come. */
    @Override
    public void close() {
        try {
            server.close();
            for (Visit visit : visits) {
                visit.socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task that is here until its timeout strikes. */
    record Limited<R>(TaskFuture<R> future, Visit visit) {}

    /** A task that is here. */
    static final class Visit {
        private final Socket socket;
        private final Pace pace;
        private final String name;

        private Visit(Socket socket, Pace pace) throws IOException {
            this.socket = socket;
            this.pace = pace;
            socket.setSoTimeout(pace.patienceMillis());
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c != '\n' && c >= 0;
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            this.name = line.toString();
        }

        String name() {
            return name;
        }

        /** Lets the task return. */
        void release() {
            try {
                socket.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until the task has gone: released, interrupted or killed. */
        void awaitGone() {
            try {
                socket.setSoTimeout(pace.patienceMillis());
                if (socket.getInputStream().read() >= 0) {
                    throw new AssertionError("Task " + name + " said more than its name.");
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("Task " + name + " is still running.", e);
            } catch (IOException e) {
                // Reset: killed.
            }
        }

        /** Whether the task is still here after a moment and a half, longer than any timeout of the kit. */
        boolean stays() {
            try {
                socket.setSoTimeout(pace.momentMillis() * 3 / 2);
                return socket.getInputStream().read() >= 0;
            } catch (SocketTimeoutException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
