package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.util.ArrayList;
import java.util.List;

/** Tasks that wait, and the times at which they come back: a task is done when whoever has submitted it has its result. */
final class Backlog {
    private static final double NANOS_IN_SECOND = 1e9;

    private final int size;
    private final List<TaskFuture<Integer>> futures = new ArrayList<>();
    private long half;
    private long end;

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
        return backlog;
    }

    /** Waits for all results. */
    void await() {
        for (int i = 0; i < size; i++) {
            if (i == size / 2) {
                half = System.nanoTime();
            }
            futures.get(i).join();
        }
        end = System.nanoTime();
    }

    /**
     * How many a second came back.
     *
     * @param since a reading of {@link System#nanoTime}
     */
    double perSecond(long since) {
        return size * NANOS_IN_SECOND / (end - since);
    }

    double secondHalfPerSecond() {
        return (size - size / 2) * NANOS_IN_SECOND / (end - half);
    }
}
