package dev.gearshift.executors.local;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.WorkerSnapshot;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Jobs that run elsewhere. The threads that bring their results cannot be spared for what depends on these. */
record RemotePlaces(RemoteWorkers workers, AtomicBoolean closed) implements Workers {
    /** Made when the first is needed. */
    private static final class Dropped {
        static final Cleaner CLEANER = Cleaner.create();
    }

    RemotePlaces(RemoteWorkers workers) {
        this(workers, new AtomicBoolean());
    }

    /** Closes the workers once nobody has the executor any more; the tasks that it has accepted hold it. */
    void letGoWithout(LocalTaskExecutor executor) {
        String name = executor + "-dropped";
        RemoteWorkers kept = workers;
        AtomicBoolean isClosed = closed;
        Dropped.CLEANER.register(executor, () -> {
            if (!isClosed.getAndSet(true)) {
                Thread closing = new Thread(null, kept::close, name, 0, false);
                closing.setDaemon(true);
                closing.start();
            }
        });
    }

    @Override
    public int parallelism() {
        return workers.parallelism();
    }

    @Override
    public int window() {
        return workers.window();
    }

    @Override
    public int readAhead() {
        return workers.readAhead();
    }

    @Override
    public RemoteJob pack(Task<?> task) {
        return workers.pack(task);
    }

    @Override
    public void execute(LocalJob<?> job) {
        workers.execute(Objects.requireNonNull(job.remote()));
    }

    @Override
    public boolean seesToRetries() {
        return workers.seesToRetries();
    }

    @Override
    public void withdrawing(List<LocalJob<?>> jobs) {
        workers.withdrawing(
                jobs.stream().map(job -> Objects.requireNonNull(job.remote())).toList());
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public List<WorkerSnapshot> list() {
        return workers.list();
    }

    @Override
    public void closing() {
        workers.closing();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            workers.close();
        }
    }

    @Override
    public void awaitGone(long deadline) throws InterruptedException {
        workers.awaitGone(deadline);
    }
}
