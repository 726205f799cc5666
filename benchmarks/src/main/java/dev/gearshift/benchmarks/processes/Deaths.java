package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How soon one hears of a worker's death, and how soon a worker dies that must. */
final class Deaths {
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private static final int WORKERS = 2;

    private Deaths() {}

    static void measure(Effort effort, Figures into) throws Exception {
        try (Rendezvous rendezvous = new Rendezvous();
                TaskExecutor executor = GearshiftHost.warm(WORKERS)) {
            for (int i = 0; i < effort.deaths(); i++) {
                Arrive task = Arrive.andSpin(rendezvous, i);
                killed(executor, task, rendezvous, into);
                replace(executor, rendezvous);
                timedOut(executor, task, rendezvous, into);
                replace(executor, rendezvous);
                cancelled(executor, task, rendezvous, into);
                replace(executor, rendezvous);
            }
        }
    }

    /** Waits for the next worker, and has it load what the tasks here need: then they say at once that they run. */
    private static void replace(TaskExecutor executor, Rendezvous rendezvous) throws Exception {
        GearshiftHost.meet(executor, WORKERS, rendezvous);
    }

    private static void killed(TaskExecutor executor, Arrive task, Rendezvous rendezvous, Figures into)
            throws Exception {
        TaskFuture<Boolean> future = executor.submit(task);
        ProcessHandle worker = ProcessHandle.of(rendezvous.next()).orElseThrow();
        CompletableFuture<Long> failure = future.handle((none, failed) -> System.nanoTime());
        Stopwatch watch = new Stopwatch();
        worker.destroyForcibly();
        into.add(Figure.KILLED_TO_FAILURE, watch.millisTo(get(failure)));
    }

    private static void timedOut(TaskExecutor executor, Arrive task, Rendezvous rendezvous, Figures into)
            throws Exception {
        TaskFuture<Boolean> future =
                executor.submit(task, TaskOptions.defaults().withTimeout(TIMEOUT));
        long pid = rendezvous.next();
        Stopwatch watch = new Stopwatch();
        CompletableFuture<Long> death = death(pid);
        CompletableFuture<Long> failure = future.handle((none, failed) -> System.nanoTime());
        into.add(Figure.TIMEOUT_TO_FAILURE, watch.millisTo(get(failure)) - TIMEOUT.toMillis());
        into.add(Figure.TIMEOUT_TO_DEATH, watch.millisTo(get(death)) - TIMEOUT.toMillis());
    }

    private static void cancelled(TaskExecutor executor, Arrive task, Rendezvous rendezvous, Figures into)
            throws Exception {
        TaskFuture<Boolean> future = executor.submit(task);
        CompletableFuture<Long> death = death(rendezvous.next());
        Stopwatch watch = new Stopwatch();
        future.cancel(true);
        into.add(Figure.CANCEL_TO_DEATH, watch.millisTo(get(death)));
    }

    private static CompletableFuture<Long> death(long pid) {
        return ProcessHandle.of(pid).orElseThrow().onExit().thenApply(dead -> System.nanoTime());
    }

    private static long get(CompletableFuture<Long> moment) throws Exception {
        return moment.get(30, TimeUnit.SECONDS);
    }
}
