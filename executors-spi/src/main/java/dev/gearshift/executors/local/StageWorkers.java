package dev.gearshift.executors.local;

/**
 * Many bodies at once on few threads: a body that returned a stage holds a place among the many, and no thread. The
 * threads start bodies, run the plain ones, and run what depends on any of them, so that the threads that complete
 * stages (an HTTP client's, say) are never held up.
 */
final class StageWorkers extends FreshThreads {
    private final ThreadPlaces threads;

    StageWorkers(ThreadPlaces threads, int limit) {
        super(threads, limit);
        this.threads = threads;
    }

    @Override
    public boolean runsStages() {
        return true;
    }

    @Override
    public void bodyEnded(LocalJob<?> job) {
        super.bodyEnded(job);
        if (job.getNumberOfDependents() > 0) {
            threads.giveUpPlace();
        }
    }

    @Override
    public void finish(Runnable ending) {
        threads.execute(ending);
    }

    @Override
    public void close() {
        threads.close();
    }

    @Override
    public void awaitGone(long millis) throws InterruptedException {
        threads.awaitGone(millis);
    }
}
