package dev.gearshift.executors.processes;

import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.local.Resources;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a task in a worker's process can ask. */
final class WorkerTaskContext extends TaskContext {
    /** With so many frames unwritten, the pool cannot follow, and hears less. */
    private static final int TOO_MANY = 1_000;

    private final long id;
    private final int attempt;
    private final long seq;
    private final String worker;
    private final Interrupts interrupts;
    private final Outbox outbox;
    private final Resources resources;

    private @Nullable TaskContext outer;

    WorkerTaskContext(
            long id, int attempt, long seq, String worker, Interrupts interrupts, Outbox outbox, Resources resources) {
        this.id = id;
        this.attempt = attempt;
        this.seq = seq;
        this.worker = worker;
        this.interrupts = interrupts;
        this.outbox = outbox;
        this.resources = resources;
    }

    void begin() {
        outer = enter();
    }

    void end() {
        leave(outer);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String worker() {
        return worker;
    }

    @Override
    public boolean isCancelled() {
        return interrupts.isUnwanted(seq);
    }

    @Override
    public void progress(long done, long total) {
        if (interrupts.isRunning(seq) && outbox.waiting() < TOO_MANY) {
            outbox.post(
                    FrameKind.PROGRESS,
                    ByteBuffer.allocate(3 * 8)
                            .putLong(seq)
                            .putLong(done)
                            .putLong(total)
                            .array());
        }
    }

    @Override
    public <R> R resource(Class<R> type, Supplier<? extends R> make) {
        return resources.get(type, make);
    }
}
