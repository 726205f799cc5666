package dev.gearshift.executors.local;

import dev.gearshift.executors.TaskContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one attempt of a job can ask. */
final class LocalContext extends TaskContext {
    private final LocalJob<?> job;

    LocalContext(LocalJob<?> job) {
        this.job = job;
    }

    @Nullable
    TaskContext begin() {
        return enter();
    }

    void end(@Nullable TaskContext outer) {
        leave(outer);
    }

    /** Whether the calling thread runs a task of that executor, or what depends on one. */
    static boolean isInside(LocalTaskExecutor executor) {
        return currentOrNull() instanceof LocalContext context && context.job.executor() == executor;
    }

    @Override
    public long id() {
        return job.id();
    }

    @Override
    public int attempt() {
        return job.attempt();
    }

    @Override
    public String worker() {
        return job.worker();
    }

    @Override
    public boolean isCancelled() {
        return job.isDone();
    }

    @Override
    public void progress(long done, long total) {
        if (job.executor().listeners().active()) {
            job.executor().listeners().progressed(job.event(), done, total);
        }
    }

    @Override
    public <R> R resource(Class<R> type, Supplier<? extends R> make) {
        return job.executor().resources().get(type, make);
    }
}
