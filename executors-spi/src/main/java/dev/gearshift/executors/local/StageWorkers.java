package dev.gearshift.executors.local;

import dev.gearshift.executors.AsyncTask;
import java.util.List;

/**
 * Many bodies at once on few threads: a body that returned a stage holds a place among the many, and no thread.
 *
 * <p>Three kinds of threads, so that none of them is waited for by what it is to run: some start asynchronous bodies;
 * others run plain bodies, which may block, and wait for a stage; and others end stages and run what depends on them, so
 * that neither a start that blocks holds them up, nor they the threads that complete stages (an HTTP client's, say).
 * However many plain bodies queue, they hold no more places than they have threads.
 */
final class StageWorkers implements Workers {
    private final ThreadPlaces starts;
    private final ThreadPlaces plain;
    private final ThreadPlaces ends;
    private final FreshThreads bodies;

    /** Whether all that wait are being taken back: then a place that becomes free is for none of them. */
    private volatile boolean withdrawing;

    StageWorkers(ThreadPlaces starts, ThreadPlaces plain, ThreadPlaces ends, int limit) {
        this.starts = starts;
        this.plain = plain;
        this.ends = ends;
        this.bodies = new FreshThreads(this::start, limit, StageWorkers::isPlain, plain.places());
    }

    private void start(LocalJob<?> job) {
        if (isPlain(job)) {
            plain.execute(job);
        } else {
            starts.execute(job);
            if (job.isOver()) {
                dropped(job); // Its place was not known yet when it was given up.
            }
        }
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

    /** One that waits for a start that is held up holds its place no longer. */
    @Override
    public void dropped(LocalJob<?> job) {
        if (!withdrawing && !isPlain(job) && starts.takeBack(job)) {
            bodies.bodyEnded(job);
        } else {
            bodies.dropped(job);
        }
    }

    @Override
    public void withdrawing(List<LocalJob<?>> jobs) {
        withdrawing = true;
    }

    @Override
    public boolean mayBlock() {
        starts.giveUpPlace();
        plain.giveUpPlace();
        ends.giveUpPlace();
        return true;
    }

    @Override
    public void finish(Runnable ending) {
        ends.executeAnyhow(ending);
    }

    @Override
    public void close() {
        starts.close();
        plain.close();
        ends.close();
    }

    @Override
    public void awaitGone(long deadline) throws InterruptedException {
        starts.awaitGone(deadline);
        plain.awaitGone(deadline);
        ends.awaitGone(deadline);
    }
}
