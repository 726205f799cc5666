package dev.gearshift.executors.processes;

import dev.gearshift.executors.wire.Parcel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks on their way to one worker. Whoever gave some writes them, and what others gave meanwhile, without a
 * hand-over to a thread:
 *
 * <pre>
 *   give --&gt; given --flush--&gt; out --&gt; socket          the thread that gave, unless another is at it
 *                                |
 *                                +--&gt; socket          a thread of this, while the socket takes no more
 * </pre>
 *
 * <p>The socket does not block, for two reasons: a worker that does not read holds up nobody, and an interrupt of the
 * thread that gave does not close it, as it would if the thread could wait there.
 */
final class TaskFeed implements Closeable {
    private static final int CHUNK = 64 * 1024;
    private static final int TASK_HEAD = 4 + 1 + 8 + 1 + 8 + 4 + 4;

    private final String name;
    private final SocketChannel socket;
    private final Consumer<Throwable> onFailure;
    private final Queue<Errand.Trip> given = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile boolean closed;

    /** How often somebody has asked for a flush since one began; who raises it from 0 is the one who writes. */
    private final AtomicInteger flushes = new AtomicInteger();

    // Used by the one who writes.
    private final ByteBuffer out = ByteBuffer.allocateDirect(CHUNK);
    private final Deque<ByteBuffer> parts = new ArrayDeque<>();
    private final Map<Class<?>, Integer> classes = new HashMap<>();
    private boolean endWritten;

    /** The number of the latest task that is at least about to be written. */
    private volatile long taken;

    private volatile @Nullable Thread thread;

    private final Semaphore handedOver = new Semaphore(0);
    private volatile @Nullable Selector selector;

    TaskFeed(String name, SocketChannel socket, Consumer<Throwable> onFailure) throws IOException {
        this.name = name;
        this.socket = socket;
        this.onFailure = onFailure;
        socket.configureBlocking(false);
    }

    /** Puts a task behind the others; it leaves with the next {@link #flush}. */
    void give(Errand.Trip trip) {
        given.add(trip);
    }

    /** No task comes any more; said with the next {@link #flush}. */
    void end() {
        ended = true;
    }

    /** Whether the worker can have read that task. */
    boolean hasSent(long seq) {
        return seq <= taken;
    }

    /** Writes what was given. Does not wait, and does not throw. */
    void flush() {
        if (flushes.getAndIncrement() == 0) {
            try {
                if (!drain()) {
                    handOver();
                }
            } catch (Throwable e) {
                failed(e);
            }
        }
    }

    /** By one at a time, from when {@code flushes} left 0 until it is 0 again; false if the socket takes no more for now. */
    private boolean drain() throws IOException {
        int seen;
        do {
            seen = flushes.get();
            if (!writeAll()) {
                return false;
            }
        } while (flushes.addAndGet(-seen) != 0);
        return true;
    }

    private void failed(Throwable failure) {
        if (!closed) {
            onFailure.accept(failure);
        }
    }

    /** False if the socket takes no more for now. */
    private boolean writeAll() throws IOException {
        while (fill()) {
            out.flip();
            socket.write(out);
            boolean full = out.hasRemaining();
            out.compact();
            if (full) {
                return false;
            }
        }
        return true;
    }

    /** As much as there is, or as fits; false if there is nothing. */
    private boolean fill() {
        while (out.hasRemaining()) {
            ByteBuffer part = parts.peek();
            if (part == null) {
                if (!takeNext()) {
                    break;
                }
            } else if (part.remaining() <= out.remaining()) {
                out.put(part);
                parts.remove();
            } else {
                int fits = out.remaining();
                out.put(part.slice(part.position(), fits));
                part.position(part.position() + fits);
            }
        }
        return out.position() > 0;
    }

    private boolean takeNext() {
        boolean last = ended;
        Errand.Trip next = given.poll();
        if (next != null) {
            frame(next);
        } else if (last && !endWritten) {
            endWritten = true;
            parts.add(ByteBuffer.allocate(4 + 1)
                    .putInt(1)
                    .put(FrameKind.END.code())
                    .flip());
        } else {
            return false;
        }
        return true;
    }

    private void frame(Errand.Trip trip) {
        taken = trip.seq;
        Errand errand = trip.errand;
        Parcel task = errand.parcel(); // Nothing, if it was withdrawn meanwhile; the worker skips it unread.
        int type = numberOf(errand.wire().taskClass());
        ByteBuffer head = ByteBuffer.allocate(TASK_HEAD)
                .putInt(TASK_HEAD - 4 + task.document().length)
                .put(FrameKind.TASK.code())
                .putLong(trip.seq)
                .put(errand.wantsToHearOfItsStart() ? FrameKind.TELL_START : 0)
                .putLong(errand.id())
                .putInt(trip.attempt)
                .putInt(type)
                .flip();
        for (byte[] array : task.arrays()) {
            parts.add(ByteBuffer.allocate(4 + 1)
                    .putInt(1 + array.length)
                    .put(FrameKind.ARRAY.code())
                    .flip());
            parts.add(ByteBuffer.wrap(array));
        }
        parts.add(head);
        parts.add(ByteBuffer.wrap(task.document()));
    }

    private int numberOf(Class<?> type) {
        Integer known = classes.get(type);
        if (known != null) {
            return known;
        }
        byte[] typeName = type.getName().getBytes(StandardCharsets.UTF_8);
        parts.add(ByteBuffer.allocate(4 + 1 + typeName.length)
                .putInt(1 + typeName.length)
                .put(FrameKind.CLASS.code())
                .put(typeName)
                .flip());
        classes.put(type, classes.size());
        return classes.size() - 1;
    }

    // While the socket takes no more.

    private void handOver() {
        if (thread == null) {
            Thread writer = new Thread(null, this::writeLater, name, 0, false);
            writer.setDaemon(true);
            writer.start();
            thread = writer;
        }
        handedOver.release();
    }

    private void writeLater() {
        try (Selector opened = Selector.open()) {
            selector = opened;
            SelectionKey key = socket.register(opened, 0);
            while (!closed) {
                handedOver.acquireUninterruptibly();
                key.interestOps(SelectionKey.OP_WRITE);
                while (!closed && !drain()) {
                    opened.select();
                    opened.selectedKeys().clear();
                    Thread.interrupted(); // Nobody has a reason to.
                }
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** The socket is closed: nobody waits for it any more. */
    @Override
    public void close() {
        closed = true;
        Selector waiting = selector;
        if (waiting != null) {
            waiting.wakeup();
        }
        handedOver.release();
    }

    void awaitEnd(long millis) throws InterruptedException {
        Thread started = thread;
        if (started != null) {
            started.join(millis);
        }
    }
}
