package dev.gearshift.executors.processes;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process of a worker: started with a token, it calls back twice, on a socket in the pool's folder, and only who knows
 * the token is listened to; and how it ends. Used by the worker's thread, but for what is said to be thread-safe.
 */
final class ChildProcess {
    private static final System.Logger LOG = System.getLogger(ChildProcess.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Between the end of its sockets and its own, and between that and the end of its output. */
    static final long EXIT_MILLIS = 1_000;

    /** What it wrote before it ended has been read when nothing has come for so long. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Reading that takes longer only if something that it started holds its output open. */
    private static final long OUTPUT_MILLIS = 200;

    /** What every system has room for. */
    private static final int LONGEST_ADDRESS = 100;

    private final ProcessPool pool;
    private final String name;
    private final Supplier<List<String>> flags;
    private final boolean works;
    private final Path address;
    private final Path page;
    private final Set<Closeable> calls = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Process process;

    /** Where it tells how tasks end. */
    private volatile @Nullable FrameChannel talk;

    private @Nullable WorkerOutput out;
    private @Nullable WorkerOutput err;

    /** Whether it is to die, as soon as there is a process. */
    private volatile boolean killed;

    /** What there is once it has called. */
    record Connected(StartBoard board, FrameChannel talk, SocketChannel tasks) {}

    /** Starting another would end the same. */
    static final class HopelessException extends IOException {
        private static final long serialVersionUID = 1L;

        private HopelessException(String why) {
            super(why);
        }
    }

    /**
     * Not started yet.
     *
     * @param flags for its JVM, before all others; asked for when it is started
     * @param works whether it is for tasks of the pool: then it runs the initializer, and what it prints is forwarded, if the
     *     settings want that
     */
    ChildProcess(ProcessPool pool, String name, Supplier<List<String>> flags, boolean works) {
        this.pool = pool;
        this.name = name;
        this.flags = flags;
        this.works = works;
        this.address = pool.folder().resolve(name.substring(name.lastIndexOf('-') + 1));
        this.page = pool.folder().resolve(address.getFileName() + ".page");
    }

    /** -1 before there is one. Thread-safe. */
    long pid() {
        Process started = process;
        return started == null ? -1 : started.pid();
    }

    /**
     * Starts it, and waits until it has called.
     *
     * @param whenLate ends one that does not call in time; on another thread
     * @throws HopelessException if another would not come to be either
     */
    Connected connect(Runnable whenLate) throws IOException {
        if (address.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_ADDRESS) {
            throw new HopelessException("has no socket, as the path " + address
                    + " is too long for one: give this JVM a shorter temporary folder, by -Djava.io.tmpdir");
        }
        byte[] token = new byte[FrameKind.TOKEN_BYTES];
        RANDOM.nextBytes(token);
        AtomicBoolean decided = new AtomicBoolean();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            calls.add(server);
            StartBoard board = StartBoard.create(page);
            server.bind(UnixDomainSocketAddress.of(address));
            Process started = spawn();
            started.onExit().thenRun(() -> ended(server, decided));
            Future<?> limit = pool.later(
                    () -> {
                        if (!decided.getAndSet(true)) {
                            whenLate.run();
                            closeCalls();
                        }
                    },
                    pool.settings().startTimeout());
            try {
                giveToken(started, token);
                FrameChannel said = accept(server, started.pid(), token, FrameKind.TALK);
                FrameChannel tasks = accept(server, started.pid(), token, FrameKind.TASKS);
                if (decided.getAndSet(true)) {
                    throw new SocketTimeoutException("It called too late.");
                }
                said.allow(pool.limits().maxBytes() + FrameKind.LONGEST_HEAD);
                talk = said;
                return new Connected(board, said, tasks.socket());
            } finally {
                limit.cancel(false);
            }
        } finally {
            delete(address);
            delete(page);
        }
    }

    /** Nobody will call; and what it started may have its sockets, too, and keep them open. */
    private void ended(ServerSocketChannel server, AtomicBoolean decided) {
        if (!decided.get()) {
            close(server);
        }
        pool.later(this::closeCallsOnceAllIsRead, LAST_WORDS);
    }

    /** Whoever reads may be held up, by a listener or by a large result. */
    private void closeCallsOnceAllIsRead() {
        FrameChannel channel = talk;
        if (channel == null || channel.isSilentFor(LAST_WORDS)) {
            closeCalls();
        } else if (channel.isOpen()) {
            pool.later(this::closeCallsOnceAllIsRead, LAST_WORDS);
        }
    }

    private Process spawn() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(pool.settings().java().toString());
        command.addAll(flags.get());
        command.add("@" + pool.arguments());
        command.add(address.toString());
        command.add(page.toString());
        command.add(name);
        command.add(pool.folder().lock().toString());
        command.add(Long.toString(pool.limits().maxBytes()));
        command.add(Long.toString(pool.settings().maxHeap()));
        command.add(works ? pool.settings().initializer() : "");
        ProcessBuilder builder = new ProcessBuilder(command);
        // What they say is in the arguments already, without what two JVMs cannot share.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Path java = pool.settings().java();
        if (!Files.isExecutable(java)) {
            throw new HopelessException("has no program to run: " + java
                    + " is none; set gearshift.processes.java to the path of a java that runs here");
        }
        Process started = builder.start();
        process = started;
        if (killed) {
            kill();
        }
        boolean forwards = works && pool.settings().output() == ProcessSettings.Output.FORWARD;
        out = new WorkerOutput(name, "out", started.getInputStream(), forwards ? System.out : null);
        err = new WorkerOutput(name, "err", started.getErrorStream(), forwards ? System.err : null);
        return started;
    }

    private static void giveToken(Process started, byte[] token) throws IOException {
        try (OutputStream in = started.getOutputStream()) {
            in.write(token);
        }
    }

    private FrameChannel accept(ServerSocketChannel server, long pid, byte[] token, byte socket) throws IOException {
        while (true) {
            SocketChannel caller = server.accept();
            calls.add(caller);
            FrameChannel frames = new FrameChannel(caller, 1 + FrameKind.HELLO_BYTES);
            try {
                FrameChannel.Frame hello = frames.read();
                if (hello.kind() == FrameKind.HELLO && isFrom(hello.body(), pid, token, socket)) {
                    return frames;
                }
            } catch (IOException | BufferUnderflowException e) {
                LOG.log(System.Logger.Level.DEBUG, name + ": a stranger called", e);
            }
            calls.remove(caller);
            caller.close();
        }
    }

    private static boolean isFrom(ByteBuffer hello, long pid, byte[] token, byte socket) {
        short version = hello.getShort();
        long itsPid = hello.getLong();
        byte[] itsToken = new byte[FrameKind.TOKEN_BYTES];
        hello.get(itsToken);
        return version == FrameKind.VERSION
                && itsPid == pid
                && MessageDigest.isEqual(itsToken, token)
                && hello.get() == socket;
    }

    /** Ends it by force, with all that it started. Thread-safe. */
    void kill() {
        kill(List.of(this));
    }

    /** Ends them all, in less time than one after the other. Thread-safe. */
    static void kill(List<ChildProcess> all) {
        List<Process> alive = new ArrayList<>(); // Of others, somebody else may have the number.
        for (ChildProcess each : all) {
            each.killed = true;
            Process started = each.process;
            if (started != null && started.isAlive()) {
                alive.add(started);
            }
        }
        Families.end(alive);
    }

    /** What their tasks started, and what those did. Thread-safe. */
    static List<ProcessHandle> descendants(List<ChildProcess> all) {
        List<Process> started = new ArrayList<>();
        for (ChildProcess each : all) {
            Process one = each.process;
            if (one != null) {
                started.add(one);
            }
        }
        return Families.descendants(started);
    }

    /** Hangs up, whatever it has come to. Thread-safe. */
    void closeCalls() {
        calls.forEach(ChildProcess::close);
    }

    /**
     * Waits until it has ended and its output with it; kills it after a while, unless it is gone by then.
     *
     * @param patience how long it may take, in milliseconds, unless somebody has killed it
     * @return its exit code, or null if it does not end or has never begun
     */
    @Nullable
    Integer end(long patience) throws InterruptedException {
        Process started = process;
        if (started == null) {
            return null;
        }
        if (!started.waitFor(killed ? EXIT_MILLIS : patience, TimeUnit.MILLISECONDS)) {
            kill();
            started.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (err != null && out != null) {
            err.awaitEnd(OUTPUT_MILLIS);
            out.awaitEnd(1);
        }
        return started.isAlive() ? null : Integer.valueOf(started.exitValue());
    }

    /** The last lines of its stderr. */
    List<String> lastLines() {
        return err == null ? List.of() : err.last();
    }

    /** The report of its JVM, if that crashed. */
    List<String> fatalError() {
        Path file = pool.folder().resolve("hs_err_" + pid() + ".log");
        List<String> said = CrashReport.fatalErrorIn(file);
        delete(file);
        return said;
    }

    /** What does not go now, such as a page that is mapped on Windows, goes with the folder. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " stays until the pool is closed", e);
        }
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing what is gone", e);
        }
    }
}
