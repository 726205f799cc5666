package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.WireFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One worker, as the pool has it: its process, the socket to it, and a thread that starts it, listens to it, and buries
 * it. Nothing that it says is trusted: what no worker says costs it its life, and no other anything.
 *
 * <pre>
 *   STARTING --hello--&gt; IDLE &lt;--task, answer--&gt; BUSY
 *       |                |                       |
 *       +----------------+-----------------------+--&gt; ENDING --&gt; gone, from the pool too
 * </pre>
 */
final class WorkerProcess {
    private static final System.Logger LOG = System.getLogger(WorkerProcess.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Between the end of the socket and that of the process, and between that and the end of its output. */
    private static final long EXIT_MILLIS = 1_000;

    private static final long OUTPUT_MILLIS = 200;

    /** What every system has room for. */
    private static final int LONGEST_ADDRESS = 100;

    private final ProcessPool pool;
    private final String name;
    private final Thread thread;

    // Written by the thread of this, before it is READY.
    private volatile @Nullable Process process;
    private @Nullable StartBoard board;
    private @Nullable FrameChannel channel;
    private volatile @Nullable FrameChannel greeted;
    private @Nullable Outbox outbox;
    private @Nullable WorkerOutput out;
    private @Nullable WorkerOutput err;

    /** Whether it is to die, as soon as there is a process. */
    private volatile boolean killed;

    // Guarded by the pool's lock.
    private WorkerSnapshot.State state = WorkerSnapshot.State.STARTING;
    private Errand.@Nullable Trip trip;
    private long lastSeq;

    /** Whether somebody is going to look whether it claims what it is sent. */
    boolean claimIsWatched;

    private long tasksDone;

    /** Why it ended, if that is not for the process to say. */
    private volatile @Nullable String problem;

    /** Whether starting another would end the same. */
    private volatile boolean hopeless;

    WorkerProcess(ProcessPool pool, String name) {
        this.pool = pool;
        this.name = name;
        thread = new Thread(null, this::live, name, 0, false);
        thread.setDaemon(true);
    }

    String name() {
        return name;
    }

    void start() {
        thread.start();
    }

    void awaitGone() throws InterruptedException {
        if (thread != Thread.currentThread()) {
            thread.join();
        }
    }

    // What the pool does, under its lock.

    WorkerSnapshot.State state() {
        return state;
    }

    void is(WorkerSnapshot.State now) {
        state = now;
    }

    Errand.@Nullable Trip trip() {
        return trip;
    }

    /** Sends it a task; false if that was withdrawn. */
    boolean carries(Errand errand) {
        long seq = ++lastSeq;
        ready(board).offer(seq);
        Errand.Trip begun = errand.sent(this, seq);
        if (begun == null) {
            return false;
        }
        trip = begun;
        state = WorkerSnapshot.State.BUSY;
        byte[] taskClass = errand.wire().taskClass().getName().getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = ByteBuffer.allocate(8 + 1 + 8 + 4 + 2);
        head.putLong(seq)
                .put(errand.wantsToHearOfItsStart() ? FrameKind.TELL_START : 0)
                .putLong(errand.id())
                .putInt(errand.attempt() + 1)
                .putShort((short) taskClass.length);
        ready(outbox).send(FrameKind.TASK, head.array(), taskClass, errand.bytes());
        return true;
    }

    /** Its task has been answered, or withdrawn before it was begun. */
    void carriesNothing() {
        trip = null;
        if (state != WorkerSnapshot.State.ENDING) {
            state = WorkerSnapshot.State.IDLE;
        }
    }

    void countDone() {
        tasksDone++;
    }

    /** It is buried: whoever still thinks that it carries something thinks wrong. */
    void isGone() {
        trip = null;
        state = WorkerSnapshot.State.ENDING;
    }

    /** Lets it leave in good order. */
    void end() {
        state = WorkerSnapshot.State.ENDING;
        ready(outbox).send(FrameKind.END);
    }

    WorkerSnapshot snapshot(long residentBytes) {
        Errand errand = trip == null ? null : trip.errand;
        return new WorkerSnapshot(
                name,
                pid(),
                state,
                errand == null ? null : errand.taskClass(),
                errand == null ? 0 : errand.id(),
                tasksDone,
                residentBytes);
    }

    /** -1 before there is one. */
    long pid() {
        Process started = process;
        return started == null ? -1 : started.pid();
    }

    // What the errand asks.

    boolean revoke(long seq) {
        return ready(board).revoke(seq);
    }

    boolean isClaimed(long seq) {
        return ready(board).isClaimed(seq);
    }

    void send(FrameKind kind, long seq) {
        ready(outbox).send(kind, ByteBuffer.allocate(8).putLong(seq).array());
    }

    /** Ends it by force, with all that it started. */
    void kill() {
        killed = true;
        List<ProcessHandle> family = descendants();
        Process started = process;
        if (started != null) {
            started.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** What its tasks started, and what those did. */
    List<ProcessHandle> descendants() {
        Process started = process;
        return started == null ? List.of() : started.descendants().toList();
    }

    private static <T> T ready(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The worker is not ready.");
        }
        return part;
    }

    // Its life.

    private void live() {
        try {
            connect();
            pool.ready(this);
            while (true) {
                hear(ready(channel).read());
            }
        } catch (ProtocolException e) {
            problem = "broke the protocol, and was killed: " + e.getMessage();
        } catch (BufferUnderflowException e) {
            problem = "broke the protocol, and was killed: a frame that is too short";
        } catch (IOException e) {
            if (process == null && problem == null) {
                problem = "cannot be started now: " + e;
            }
            // Else the socket has ended, and with it the process, or will soon.
        } catch (Throwable e) {
            problem = "was given up after an error here: " + e;
            LOG.log(System.Logger.Level.ERROR, name + ": what it said could not be dealt with", e);
        } finally {
            bury();
        }
    }

    private void connect() throws IOException {
        byte[] token = new byte[FrameKind.TOKEN_BYTES];
        RANDOM.nextBytes(token);
        Path address = pool.folder().resolve(name.substring(name.lastIndexOf('-') + 1));
        Path page = pool.folder().resolve(address.getFileName() + ".page");
        if (address.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_ADDRESS) {
            throw hopeless("has no socket, as the path " + address
                    + " is too long for one: give this JVM a shorter temporary folder, by -Djava.io.tmpdir");
        }
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            board = StartBoard.create(page);
            server.bind(UnixDomainSocketAddress.of(address));
            Process started = spawn(address, page, server);
            Future<?> limit = pool.later(
                    () -> {
                        problem = "did not connect within "
                                + TimeUnit.MILLISECONDS.convert(pool.settings().startTimeout())
                                + " ms; on a slow machine, set gearshift.processes.startTimeout higher";
                        kill();
                        close(greeted);
                    },
                    pool.settings().startTimeout());
            try {
                giveToken(started, token);
                channel = accept(server, started.pid(), token);
            } finally {
                limit.cancel(false);
            }
        } finally {
            delete(address);
            delete(page);
        }
        outbox = new Outbox(name + "-outbox", ready(channel), failure -> kill());
        outbox.start();
    }

    private Process spawn(Path address, Path page, ServerSocketChannel server) throws IOException {
        List<String> command = new ArrayList<>(pool.command());
        command.add(address.toString());
        command.add(page.toString());
        command.add(name);
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(Long.toString(pool.limits().maxBytes()));
        ProcessBuilder builder = new ProcessBuilder(command);
        // What they say is in the arguments already, without what two JVMs cannot share.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Path java = pool.settings().java();
        if (!Files.isExecutable(java)) {
            throw hopeless("has no program to run: " + java
                    + " is none; set gearshift.processes.java to the path of a java that runs here");
        }
        Process started = builder.start();
        process = started;
        if (killed) {
            kill();
        }
        boolean forwards = pool.settings().output() == ProcessSettings.Output.FORWARD;
        out = new WorkerOutput(name, "out", started.getInputStream(), forwards ? System.out : null, () -> {});
        err = new WorkerOutput(
                name, "err", started.getErrorStream(), forwards ? System.err : null, () -> close(server));
        return started;
    }

    private static void giveToken(Process started, byte[] token) throws IOException {
        OutputStream lifeline = started.getOutputStream();
        lifeline.write(token);
        lifeline.flush();
    }

    private FrameChannel accept(ServerSocketChannel server, long pid, byte[] token) throws IOException {
        while (true) {
            FrameChannel accepted = new FrameChannel(server.accept(), 1 + FrameKind.HELLO_BYTES);
            greeted = accepted;
            try {
                FrameChannel.Frame hello = accepted.read();
                if (hello.kind() == FrameKind.HELLO && isFrom(hello.body(), pid, token)) {
                    accepted.allow(pool.limits().maxBytes() + FrameKind.HELLO_BYTES);
                    return accepted;
                }
            } catch (IOException | BufferUnderflowException e) {
                LOG.log(System.Logger.Level.DEBUG, name + ": a stranger called", e);
            }
            accepted.close();
        }
    }

    private static boolean isFrom(ByteBuffer hello, long pid, byte[] token) {
        short version = hello.getShort();
        long itsPid = hello.getLong();
        byte[] itsToken = new byte[FrameKind.TOKEN_BYTES];
        hello.get(itsToken);
        return version == FrameKind.VERSION && itsPid == pid && MessageDigest.isEqual(itsToken, token);
    }

    private void hear(FrameChannel.Frame frame) throws ProtocolException {
        ByteBuffer body = frame.body();
        switch (frame.kind()) {
            case STARTED -> {
                Errand.Trip begun = carried(body.getLong());
                if (begun.toldStarted) {
                    throw new ProtocolException("it started " + begun.errand + " twice");
                }
                begun.toldStarted = true;
                begun.errand.started();
            }
            case PROGRESS -> {
                long seq = body.getLong();
                Errand.Trip now = pool.tripOf(this);
                if (now != null && now.seq == seq) { // Else it ended meanwhile.
                    now.errand.progressed(body.getLong(), body.getLong());
                }
            }
            case SKIPPED -> pool.skipped(this, body.getLong());
            case DONE -> {
                Errand errand = answered(carried(body.getLong()), false);
                pool.endedWell(errand);
                settle(errand, () -> errand.succeeded(errand.wire().result().decode(body, pool.limits())));
            }
            case FAILED -> {
                Errand.Trip ended = carried(body.getLong());
                Errand errand = answered(ended, body.get() == FrameKind.LAST);
                settle(
                        errand,
                        () -> errand.failed(Failure.decode(body, pool.limits()).rebuild(errand.wire(), name)));
            }
            default -> throw new ProtocolException("a frame of the kind " + frame.kind() + ", which no worker sends");
        }
    }

    private Errand.Trip carried(long seq) throws ProtocolException {
        Errand.Trip now = pool.tripOf(this);
        if (now == null || now.seq != seq || !now.hasStarted()) {
            throw new ProtocolException("an answer for a task that it does not run");
        }
        return now;
    }

    /** The worker is free for the next, before this one's result is read. */
    private Errand answered(Errand.Trip ended, boolean last) {
        pool.answered(this, ended, last);
        return ended.errand;
    }

    private static void settle(Errand errand, Runnable reading) {
        try {
            reading.run();
        } catch (WireFormatException e) {
            errand.failed(e);
        }
    }

    private void bury() {
        Process started = process;
        Integer exitCode = null;
        boolean interrupted = false;
        try {
            close(channel);
            if (started == null) {
                return;
            }
            close(started.getOutputStream()); // A worker that leaves waits for it.
            if (problem != null) {
                kill();
            }
            boolean mayTakeItsTime = pool.isLeaving(this) && !killed;
            long patience = mayTakeItsTime
                    ? TimeUnit.MILLISECONDS.convert(pool.settings().exitGrace())
                    : EXIT_MILLIS;
            if (!started.waitFor(patience, TimeUnit.MILLISECONDS)) {
                kill();
                started.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            exitCode = started.isAlive() ? null : Integer.valueOf(started.exitValue());
            if (outbox != null) {
                outbox.end();
                outbox.awaitEnd(EXIT_MILLIS);
            }
            ready(err).awaitEnd(OUTPUT_MILLIS);
            ready(out).awaitEnd(OUTPUT_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true; // Nobody has a reason to; the pool must hear all the same.
        } finally {
            pool.gone(this, report(exitCode));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CrashReport report(@Nullable Integer exitCode) {
        Path fatalError = pool.folder().resolve("hs_err_" + pid() + ".log");
        return new CrashReport(
                name,
                pid(),
                exitCode,
                problem,
                hopeless,
                err == null ? List.of() : err.last(),
                fatalErrorIn(fatalError));
    }

    private static List<String> fatalErrorIn(Path file) {
        List<String> said = CrashReport.fatalErrorIn(file);
        delete(file);
        return said;
    }

    /** For what starting another would not mend. */
    private IOException hopeless(String why) {
        hopeless = true;
        problem = why;
        return new IOException(why);
    }

    /** What does not go now, such as a page that is mapped on Windows, goes with the folder. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, file + " stays until the pool is closed", e);
        }
    }

    private static void close(@Nullable Closeable part) {
        if (part != null) {
            try {
                part.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "Closing what is gone", e);
            }
        }
    }
}
