package dev.gearshift.executors.processes;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are to be written to one socket, in order. Who may wait for the socket and is never interrupted writes
 * them; who must not wait, or may be interrupted, which would close the socket, posts them: then a thread writes, which is
 * started for the first of these. What is there together leaves together.
 */
final class Outbox {
    private final String name;
    private final FrameChannel channel;
    private final Consumer<Throwable> onFailure;
    private final Queue<Letter> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean ended;

    /** Guarded by this. */
    private @Nullable Thread thread;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Letter(FrameKind kind, byte[][] parts) {}

    Outbox(String name, FrameChannel channel, Consumer<Throwable> onFailure) {
        this.name = name;
        this.channel = channel;
        this.onFailure = onFailure;
    }

    /** Puts a frame behind the others; does not wait. */
    void post(FrameKind kind, byte[]... parts) {
        waiting.incrementAndGet();
        posted.add(new Letter(kind, parts));
        LockSupport.unpark(thread());
    }

    /** How many that were posted are not written. */
    int waiting() {
        return waiting.get();
    }

    /** Writes a frame, after those that were posted, and returns when it has left. */
    void write(FrameKind kind, byte[]... parts) {
        write(List.of(), kind, parts);
    }

    /** The same with the arrays that belong to it. */
    void write(List<byte[]> arrays, FrameKind kind, byte[]... parts) {
        writing.lock();
        try {
            writePosted();
            for (byte[] array : arrays) {
                channel.write(FrameKind.ARRAY, array);
            }
            channel.write(kind, parts);
            channel.flush();
        } catch (Throwable e) {
            onFailure.accept(e);
        } finally {
            writing.unlock();
        }
    }

    /** Nothing comes any more: the thread ends when all is written. */
    synchronized void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    void awaitEnd(long millis) throws InterruptedException {
        Thread started;
        synchronized (this) {
            started = thread;
        }
        if (started != null && started.isAlive()) {
            started.join(Math.max(1, millis));
        }
    }

    private synchronized Thread thread() {
        if (thread == null) {
            thread = new Thread(null, this::writeWhatIsPosted, name, 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        return thread;
    }

    private void writeWhatIsPosted() {
        while (!ended || !posted.isEmpty()) {
            if (posted.isEmpty()) {
                LockSupport.park(this);
                Thread.interrupted(); // Nobody has a reason to.
                continue;
            }
            writing.lock();
            try {
                writePosted();
                channel.flush();
            } catch (Throwable e) {
                onFailure.accept(e);
                return;
            } finally {
                writing.unlock();
            }
        }
    }

    private void writePosted() throws IOException {
        for (Letter letter = posted.poll(); letter != null; letter = posted.poll()) {
            channel.write(letter.kind(), letter.parts());
            waiting.decrementAndGet();
        }
    }
}
