package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;

/**
 * Many bodies at once on few threads: a body that returned a stage holds a place among the many, and no thread.
 *
 * <p>The threads that start asynchronous bodies also run what depends on any of them, so that the threads that complete
 * stages (an HTTP client's, say) are never held up. Plain bodies have threads of their own: they may block, and wait
 * for a stage that the others are to end. However many of them queue, they hold no more places than they have threads.
 */
final class StageWorkers implements Workers {
    private final ThreadPlaces stages;
    private final ThreadPlaces plain;
    private final FreshThreads bodies;

    StageWorkers(ThreadPlaces stages, ThreadPlaces plain, int limit) {
        this.stages = stages;
        this.plain = plain;
        this.bodies = new FreshThreads(
                job -> (isPlain(job) ? plain : stages).execute(job), limit, StageWorkers::isPlain, plain.places());
    }

    private static boolean isPlain(LocalJob<?> job) {
        return !(job.task() instanceof AsyncTask<?>);
    }

    @Override
    public int parallelism() {
        return bodies.parallelism();
    }

    @Override
    public boolean runsStages() {
        return true;
    }

    @Override
    public void execute(LocalJob<?> job) {
        bodies.execute(job);
    }

    @Override
    public void bodyEnded(LocalJob<?> job) {
        bodies.bodyEnded(job);
    }

    @Override
    public boolean mayBlock() {
        stages.giveUpPlace();
        plain.giveUpPlace();
        return true;
    }

    @Override
    public void finish(Runnable ending) {
        stages.executeAnyhow(ending);
    }

    @Override
    public void close() {
        stages.close();
        plain.close();
    }

    @Override
    public void awaitGone(long millis) throws InterruptedException {
        stages.awaitGone(millis);
        plain.awaitGone(millis);
    }
}
