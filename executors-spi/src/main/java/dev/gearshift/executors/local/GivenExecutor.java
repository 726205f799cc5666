package dev.gearshift.executors.local;

import java.util.concurrent.Executor;

/** Somebody else's executor, with a queue and limits of its own. */
record GivenExecutor(Executor executor, int parallelism, Runnable onClose) implements Workers {
    @Override
    public void execute(LocalJob<?> job) {
        executor.execute(job);
    }

    @Override
    public boolean mayRunAtOnce() {
        return true;
    }

    @Override
    public void close() {
        onClose.run();
    }

    @Override
    public void awaitGone(long deadline) {}
}
