package dev.gearshift.executors.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which of the tasks that were sent to a worker have started: a page of memory that both processes see. The pool offers
 * a task before it sends it; then the worker claims it, or the pool revokes it, whoever is first. So a task that is
 * cancelled before it starts never runs, and one that waits behind another can be given to somebody else, without a
 * question and an answer; and when a worker dies, the page still says what it was about to do. Each task has one of
 * {@link #SLOTS} slots, in turn.
 *
 * <pre>
 *              offer              claim (worker)
 *   anything --------&gt; OFFERED ----------------&gt; CLAIMED
 *                         |
 *                         +---- revoke (pool) --&gt; REVOKED
 * </pre>
 */
final class StartBoard {
    /** So many tasks may be at the worker at once. */
    static final int SLOTS = 256;

    private static final int BYTES = SLOTS * Long.BYTES;

    private static final int FIRST_WITH_SEGMENTS = 22;

    private static final int OFFERED = 1;
    private static final int CLAIMED = 2;
    private static final int REVOKED = 3;
    private static final int STATES = 4;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer page;

    private StartBoard(ByteBuffer page) {
        this.page = page;
    }

    /** For the pool: a new file. */
    static StartBoard create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Else a disk that is full would show when the page is written, and as a fatal error.
            channel.write(ByteBuffer.allocate(BYTES));
            return map(channel);
        }
    }

    /** For the worker: the pool's file, which can be deleted once both have it. */
    static StartBoard open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return Runtime.version().feature() >= FIRST_WITH_SEGMENTS ? mapForEver(channel) : map(channel);
        }
    }

    /**
     * The usual way makes the buffer by reflection, and with that, a JVM that has just started is busy for 30 ms. This one
     * does not, and needs a newer Java than this is compiled for.
     */
    private static StartBoard mapForEver(FileChannel channel) throws IOException {
        try {
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle global = lookup.findStatic(arena, "global", MethodType.methodType(arena));
            MethodHandle map = lookup.findVirtual(
                    FileChannel.class,
                    "map",
                    MethodType.methodType(segment, FileChannel.MapMode.class, long.class, long.class, arena));
            MethodHandle asByteBuffer =
                    lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
            Object mapped = map.invoke(channel, FileChannel.MapMode.READ_WRITE, 0L, (long) BYTES, global.invoke());
            return new StartBoard((ByteBuffer) asByteBuffer.invoke(mapped));
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static StartBoard map(FileChannel channel) throws IOException {
        return new StartBoard(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
    }

    /** Before the task with that number is sent. */
    void offer(long seq) {
        LONGS.setVolatile(page, slot(seq), word(seq, OFFERED));
    }

    /** By the worker: true if it is to run the task. */
    boolean claim(long seq) {
        return LONGS.compareAndSet(page, slot(seq), word(seq, OFFERED), word(seq, CLAIMED));
    }

    /** By the pool: true if the worker will not run the task, now or since an earlier call. */
    boolean revoke(long seq) {
        return LONGS.compareAndSet(page, slot(seq), word(seq, OFFERED), word(seq, REVOKED)) || is(seq, REVOKED);
    }

    /** By the pool: whether the worker said that it runs, or ran, the task. */
    boolean isClaimed(long seq) {
        return is(seq, CLAIMED);
    }

    private boolean is(long seq, int state) {
        return (long) LONGS.getVolatile(page, slot(seq)) == word(seq, state);
    }

    private static int slot(long seq) {
        return (int) (seq % SLOTS) * Long.BYTES;
    }

    private static long word(long seq, int state) {
        return seq * STATES + state;
    }
}
