package dev.gearshift.executors.processes;

import dev.gearshift.executors.wire.WireLimits;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a worker's process: it calls the pool, proves who it is, and does what it is told until the pool has no
 * more, or is gone.
 *
 * <p>The lock in the pool's folder is the lifeline: the pool's process holds it, and the system gives it to whoever waits for
 * it when that process ends, however it ends, and whoever else has what it had open. Tasks see an empty standard input.
 */
final class WorkerMain {
    /** The exit code of a worker whose pool is gone. */
    private static final int ORPHAN = 3;

    /** The exit code of a worker that cannot say how its task ended. */
    private static final int BROKEN = 4;

    /** The exit code of a worker whose initializer has failed. */
    static final int NOT_INITIALIZED = 5;

    private static volatile boolean leaving;
    private static volatile @Nullable FileChannel lifeline;

    private WorkerMain() {}

    /**
     * For the pool: socket, page, name, the file that the pool has locked, the most bytes of a task or a result, the most
     * bytes of the heap in use or 0, the class that is to be run first or nothing.
     */
    public static void main(String[] arguments) throws IOException {
        ignoreCtrlC();
        byte[] token = new byte[FrameKind.TOKEN_BYTES];
        InputStream in = new FileInputStream(FileDescriptor.in);
        new DataInputStream(in).readFully(token); // On Java 17, readNBytes seeks, and a pipe cannot.
        System.setIn(InputStream.nullInputStream());
        Path locked = Path.of(arguments[3]);
        if (!arguments[6].isEmpty()) {
            watch(locked); // It may take any time.
            initialize(arguments[6]);
        }
        StartBoard board = StartBoard.open(Path.of(arguments[1]));
        WireLimits limits = WireLimits.DEFAULT.withMaxBytes(Long.parseLong(arguments[4]));
        FrameChannel talk = call(arguments[0], limits, token, FrameKind.TALK);
        FrameChannel tasks = call(arguments[0], limits, token, FrameKind.TASKS);
        if (lifeline == null) {
            watch(locked); // What it needs is loaded while the pool already sends tasks.
        }
        HeapLimit heapLimit = new HeapLimit(Long.parseLong(arguments[5]));
        new WorkerConversation(arguments[2], talk, tasks, board, limits, heapLimit).hold();
    }

    /** Without what is to be there, the worker is none. */
    @SuppressWarnings("CatchAndPrintStackTrace") // The pool reports what is printed as the worker's last words.
    private static void initialize(String initializer) {
        try {
            Class<?> type = Class.forName(initializer, true, ClassLoader.getSystemClassLoader());
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            ((Runnable) constructor.newInstance()).run();
        } catch (Throwable e) {
            try {
                e.printStackTrace();
            } finally {
                Runtime.getRuntime().halt(NOT_INITIALIZED);
            }
        }
    }

    private static FrameChannel call(String pool, WireLimits limits, byte[] token, byte socket) throws IOException {
        FrameChannel channel =
                new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(pool)), 2 * limits.maxBytes());
        channel.write(FrameKind.HELLO, hello(token, socket));
        channel.flush();
        return channel;
    }

    /**
     * Ctrl-C in a terminal reaches all processes there; what becomes of the tasks is for the pool to decide. By
     * reflection, as the compiler warns of the class and nothing can stop it.
     */
    private static void ignoreCtrlC() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException e) {
            System.err.println("Ctrl-C ends this worker: " + e); // A Java without the class works all the same.
        }
    }

    static byte[] hello(byte[] token, byte socket) {
        return ByteBuffer.allocate(FrameKind.HELLO_BYTES)
                .putShort((short) FrameKind.VERSION)
                .putLong(ProcessHandle.current().pid())
                .put(token)
                .put(socket)
                .array();
    }

    /** Beside the sockets, which a process that the pool's JVM started may have, too, and keep open. */
    private static void watch(Path path) throws IOException {
        FileChannel locked = FileChannel.open(path, StandardOpenOption.READ);
        lifeline = locked;
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        PoolFolder.awaitEnd(locked);
                    } catch (IOException e) {
                        // It was closed, or there is none to watch.
                    }
                    hungUp();
                },
                "gearshift-lifeline",
                0,
                false);
        thread.setDaemon(true);
        thread.start();
    }

    /** It cannot go on. The pool reports what is printed as the worker's last words. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    static void broken(Throwable failure) {
        try {
            failure.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(BROKEN);
        }
    }

    /**
     * It is about to end in good order, and has nothing more to say. Java's exit waits 0.3 seconds for threads that are
     * in native code, such as those that read; so what they wait for is closed first.
     */
    static void leave(FrameChannel channel) {
        leaving = true;
        FileChannel waitedFor = lifeline;
        try {
            channel.close();
            if (waitedFor != null) {
                waitedFor.close();
            }
        } catch (IOException e) {
            // Both are as good as closed.
        }
        System.exit(0);
    }

    /** The pool is gone, or has seen that this one leaves. */
    static void hungUp() {
        if (!leaving) {
            orphaned();
        }
    }

    /** At once: nobody waits for anything that this could still do. */
    private static void orphaned() {
        Runtime.getRuntime().halt(ORPHAN);
    }
}
