package dev.gearshift.executors.local;

/** Jobs on threads that are used again. What depends on a job holds a thread, never a place. */
record PooledWorkers(ThreadPlaces threads) implements Workers {
    @Override
    public int parallelism() {
        return threads.places();
    }

    @Override
    public void execute(LocalJob<?> job) {
        threads.execute(job);
    }

    @Override
    public void dropped(LocalJob<?> job) {
        threads.dropped();
    }

    @Override
    public boolean mayBlock() {
        threads.giveUpPlace();
        return true;
    }

    @Override
    public void close() {
        threads.close();
    }

    @Override
    public void awaitGone(long deadline) throws InterruptedException {
        threads.awaitGone(deadline);
    }
}
