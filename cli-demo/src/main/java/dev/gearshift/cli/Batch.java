package dev.gearshift.cli;

import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Many tasks of one kind, run to the end with progress; Ctrl-C ends it early and in order. */
final class Batch {
    /** What a batch must know of its kind of task. */
    interface Kind<T> {
        /** What a task is called when it failed. */
        String nameOf(Task<T> task);

        /** How many bytes a value stands for. */
        long bytesOf(T value);

        /** One is done. */
        default void done(T value) {}

        /** How many bytes are there of one that was stopped, although it is done; -1 if it is not. */
        default long bytesThere(Task<T> task) {
            return -1;
        }

        /** What is wrong with a value that came; null if nothing. */
        default @Nullable String problemOf(T value) {
            return null;
        }
    }

    /** A task that failed, and why. */
    record Failed(String what, String reason) {}

    /**
     * What came of it.
     *
     * @param done how many are done
     * @param failures which failed
     * @param notTried how many were left when it was interrupted
     * @param bytes of the values in all
     * @param cost what it took
     */
    record Result(int done, List<Failed> failures, int notTried, long bytes, RunMeter.Cost cost) {}

    private Batch() {}

    static <T> Result run(
            PrintWriter err,
            Interruption interruption,
            String title,
            TaskExecutor executor,
            List<? extends Task<T>> tasks,
            Kind<T> kind) {
        List<Failed> failures = new ArrayList<>();
        BitSet over = new BitSet();
        int done = 0;
        long bytes = 0;
        try (Interruption.Watch watch = interruption.watch(executor);
                Progress progress = new Progress(err, title, tasks.size());
                Stream<Outcome<T>> outcomes = executor.outcomes(tasks)) {
            RunMeter meter = RunMeter.start();
            Iterator<Outcome<T>> all = outcomes.iterator();
            while (!interruption.happened() && hasNext(all, interruption)) {
                Outcome<T> outcome = all.next();
                if (outcome instanceof Outcome.Success<T> success && kind.problemOf(success.value()) == null) {
                    over.set((int) outcome.index());
                    done++;
                    kind.done(success.value());
                    bytes += kind.bytesOf(success.value());
                    progress.one(kind.bytesOf(success.value()), true);
                } else if (!interruption.happened()) {
                    over.set((int) outcome.index());
                    failures.add(new Failed(kind.nameOf(outcome.task()), reason(outcome, kind)));
                    progress.one(0, false);
                }
            }
            if (interruption.happened()) {
                executor.close(); // Some may just have come to their end.
                for (int i = over.nextClearBit(0); i < tasks.size(); i = over.nextClearBit(i + 1)) {
                    long there = kind.bytesThere(tasks.get(i));
                    done += there < 0 ? 0 : 1;
                    bytes += Math.max(0, there);
                }
            }
            RunMeter.Cost cost = meter.stop();
            return new Result(done, failures, tasks.size() - done - failures.size(), bytes, cost);
        }
    }

    /** After Ctrl-C the executor takes no more tasks. */
    private static boolean hasNext(Iterator<?> all, Interruption interruption) {
        try {
            return all.hasNext();
        } catch (RejectedExecutionException e) {
            if (interruption.happened()) {
                return false;
            }
            throw e;
        }
    }

    private static <T> String reason(Outcome<T> outcome, Kind<T> kind) {
        if (outcome instanceof Outcome.Success<T> success) {
            return String.valueOf(kind.problemOf(success.value()));
        }
        Throwable failure = ((Outcome.Failure<T>) outcome).failure();
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
