package dev.gearshift.executors.processes;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.wire.TaskWire;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away worker, on a thread of its own, if there is no {@link ClassCache}: it runs tasks such as all workers run, and
 * its JVM writes one when it leaves. Whatever goes wrong costs the cache, and nothing else.
 */
final class Rehearsal {
    private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());

    /** Writing the cache takes a second or two, on a machine that has better things to do. */
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(2);

    private final ProcessPool pool;
    private final ClassCache cache;
    private final List<String> taskClasses;
    private final String name;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable ChildProcess child;

    /** Loads the classes of those tasks, too, but runs none of them. */
    Rehearsal(ProcessPool pool, String name, ClassCache cache, List<String> taskClasses) {
        this.pool = pool;
        this.cache = cache;
        this.taskClasses = taskClasses;
        this.name = name;
        this.thread = new Thread(null, this::run, name, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends it, and waits for that. */
    void stop() throws InterruptedException {
        kill();
        thread.join();
    }

    /** The same without the wait. */
    void kill() {
        stopped = true;
        ChildProcess begun = child;
        if (begun != null) {
            begun.kill();
        }
    }

    private void run() {
        Path file = pool.folder().resolve(name.substring(name.lastIndexOf('-') + 1) + ".classes");
        try {
            if (cache.isMissing() && rehearse(file) && !stopped) {
                cache.made(file);
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "No class cache was made", e);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "No class cache was made; workers start more slowly", e);
        }
    }

    /** Whether it left in good order. */
    private boolean rehearse(Path file) throws IOException {
        ChildProcess started = new ChildProcess(pool, name, () -> cache.flagsToMake(file), false);
        child = started;
        try {
            if (stopped) {
                return false;
            }
            ChildProcess.Connected connected = started.connect(started::kill);
            perform(connected);
            Integer exitCode = started.end(PATIENCE_MILLIS);
            return exitCode != null && exitCode == 0;
        } catch (InterruptedException e) {
            return false; // Nobody has a reason to.
        } finally {
            started.kill();
            started.closeCalls();
        }
    }

    private void perform(ChildProcess.Connected connected) throws IOException {
        FrameChannel tasks = new FrameChannel(connected.tasks(), Integer.MAX_VALUE);
        SocketChannel socket = connected.tasks();
        socket.configureBlocking(true);
        List<Task<?>> all = List.of(Everything.sample(taskClasses, false), Everything.sample(List.of(), true));
        tasks.write(FrameKind.CLASS, Everything.class.getName().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < all.size(); i++) {
            connected.board().offer(i + 1);
            ByteBuffer head = ByteBuffer.allocate(8 + 1 + 8 + 4 + 4)
                    .putLong(i + 1)
                    .put(FrameKind.TELL_START)
                    .putLong(i + 1)
                    .putInt(1)
                    .putInt(0);
            tasks.write(FrameKind.TASK, head.array(), TaskWire.of(all.get(i)).encode(all.get(i), pool.limits()));
        }
        tasks.write(FrameKind.END);
        tasks.flush();
        try {
            while (!stopped) {
                connected.talk().read();
            }
        } catch (EOFException e) {
            // It has answered all, and leaves.
        }
    }

    /** What tasks are made of, and do. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Everything(
            List<String> classes,
            boolean fails,
            String text,
            int number,
            long large,
            double fraction,
            boolean flag,
            byte[] bytes,
            Map<String, Integer> counts,
            Optional<Path> path,
            URI address,
            Duration time,
            Instant date,
            TimeUnit unit,
            Inner inner)
            implements Task<List<Everything>> {
        /** A record in a record. */
        record Inner(String name, List<Integer> numbers) {}

        static Everything sample(List<String> classes, boolean fails) {
            return new Everything(
                    classes,
                    fails,
                    "text",
                    1,
                    1L << 40,
                    0.5,
                    true,
                    new byte[] {1, 2, 3},
                    Map.of("one", 1),
                    Optional.of(Path.of("some", "file")),
                    URI.create("http://localhost/"),
                    Duration.ofMillis(5),
                    Instant.EPOCH,
                    TimeUnit.SECONDS,
                    new Inner("name", List.of(1, 2, 3)));
        }

        @Override
        public List<Everything> call() throws IOException {
            TaskContext.current().progress(1, 2);
            if (fails) {
                throw new FileNotFoundException("as some tasks do");
            }
            List<Everything> result = new ArrayList<>();
            for (String known : classes) {
                if (isLoaded(known)) {
                    result.add(this);
                }
            }
            return result;
        }

        private static boolean isLoaded(String name) {
            try {
                TaskWire.of(Class.forName(name, false, ClassLoader.getSystemClassLoader()));
                return true;
            } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
                return false; // Then a worker that has to run it says why.
            }
        }
    }
}
