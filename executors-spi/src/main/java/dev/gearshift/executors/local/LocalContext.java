package dev.gearshift.executors.local;

import dev.gearshift.executors.TaskContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one attempt of a job can ask. */
final class LocalContext extends TaskContext {
    private final LocalJob<?> job;
    private final int attempt;

    /** The one that it stands in for on its thread, which may run a task inside another. */
    private @Nullable TaskContext outer;

    LocalContext(LocalJob<?> job) {
        this.job = job;
        this.attempt = job.attempt();
    }

    void begin() {
        outer = enter();
    }

    void end() {
        leave(outer);
    }

    /** Whether the calling thread runs a task, or tells how one ended: whom it waits for may wait for it. */
    static boolean isInsideAny() {
        return currentOrNull() instanceof LocalContext;
    }

    /** Whether the calling thread runs a task of that executor, or what depends on one. */
    static boolean isInside(LocalTaskExecutor executor) {
        TaskContext context = currentOrNull();
        while (context instanceof LocalContext local) {
            if (local.job.executor() == executor) {
                return true;
            }
            context = local.outer;
        }
        return false;
    }

    @Override
    public long id() {
        return job.id();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String worker() {
        return job.worker();
    }

    @Override
    public boolean isCancelled() {
        return job.isDecided();
    }

    @Override
    public void progress(long done, long total) {
        job.progressed(done, total);
    }

    @Override
    public <R> R resource(Class<R> type, Supplier<? extends R> make) {
        return job.executor().resources().get(type, make);
    }
}
