package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tasks that wait, and the times at which they come back: a task is done when whoever has submitted it knows. */
final class Backlog {
    private static final double NANOS_IN_SECOND = 1e9;

    private final int size;
    private final AtomicInteger done = new AtomicInteger();
    private final CompletableFuture<Long> half = new CompletableFuture<>();
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private final List<TaskFuture<Integer>> futures = new ArrayList<>();

    private Backlog(int size) {
        this.size = size;
    }

    /** Puts them in, one after another, while nobody works. */
    static Backlog put(TaskExecutor executor, int size, Figures into) {
        Backlog backlog = new Backlog(size);
        Stopwatch watch = new Stopwatch();
        for (int i = 0; i < size; i++) {
            backlog.futures.add(executor.submit(new NoOp(i)));
        }
        into.add(Figure.SUBMIT, watch.perSecond(size));
        backlog.futures.forEach(future -> {
            var unused = future.whenComplete(backlog::ended);
        });
        return backlog;
    }

    private void ended(Integer one, @Nullable Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(failure);
            half.completeExceptionally(failure);
        }
        int count = done.incrementAndGet();
        if (count == size / 2) {
            half.complete(System.nanoTime());
        } else if (count == size) {
            end.complete(System.nanoTime());
        }
    }

    /**
     * Waits until all are done.
     *
     * @param since a reading of {@link System#nanoTime}
     * @return how many a second were since then
     */
    double drainedPerSecond(long since) throws Exception {
        return size * NANOS_IN_SECOND / (end.get(2, TimeUnit.MINUTES) - since);
    }

    double secondHalfPerSecond() {
        return (size - size / 2) * NANOS_IN_SECOND / (end.join() - half.join());
    }
}
