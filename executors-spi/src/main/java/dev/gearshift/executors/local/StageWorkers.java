package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;

/**
 * Many bodies at once on few threads: a body that returned a stage holds a place among the many, and no thread.
 *
 * <p>Some threads start asynchronous bodies and run what depends on any of them, so that the threads that complete
 * stages (an HTTP client's, say) are never held up. Plain bodies have threads of their own: they may block, and wait
 * for a stage that the others are to end.
 */
final class StageWorkers extends FreshThreads {
    private final ThreadPlaces stages;
    private final ThreadPlaces plain;

    StageWorkers(ThreadPlaces stages, ThreadPlaces plain, int limit) {
        super(job -> (job.task() instanceof AsyncTask<?> ? stages : plain).execute(job), limit);
        this.stages = stages;
        this.plain = plain;
    }

    @Override
    public boolean runsStages() {
        return true;
    }

    @Override
    public void bodyEnded(boolean mayBlock) {
        super.bodyEnded(mayBlock);
        if (mayBlock) {
            stages.giveUpPlace();
            plain.giveUpPlace();
        }
    }

    @Override
    public void finish(Runnable ending) {
        try {
            stages.execute(ending);
        } catch (Throwable e) {
            ending.run(); // No thread can be started: better here than never.
        }
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
