package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.RoundTrips;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.redis.RedisStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Measures the strategy {@code redis}, in a JVM of its own: {@code QueueHost STRATEGY PARALLELISM GROUP WARM_UP_MS TRIPS
 * BACKLOG}, the first two of the workers.
 */
final class QueueHost {
    private static final double NANOS_IN_MILLI = 1e6;

    private final String strategy;
    private final int parallelism;
    private final Figures figures = new Figures();

    private QueueHost(String strategy, int parallelism) {
        this.strategy = strategy;
        this.parallelism = parallelism;
    }

    public static void main(String[] args) throws Exception {
        QueueHost host = new QueueHost(args[0], Integer.parseInt(args[1]));
        try (TaskExecutor executor = new RedisStrategy().open(StrategySettings.defaults())) {
            switch (Group.valueOf(args[2])) {
                case ROUNDTRIP ->
                    host.roundTrips(executor, Duration.ofMillis(Long.parseLong(args[3])), Integer.parseInt(args[4]));
                case BACKLOG -> host.backlog(executor, Integer.parseInt(args[5]));
                case COST ->
                    Costs.measure(
                            executor, host::launch, Integer.parseInt(args[5]), Integer.parseInt(args[4]), host.figures);
            }
        }
        host.figures.print(System.out);
    }

    private void roundTrips(TaskExecutor executor, Duration warmUp, int trips) throws Exception {
        try (WorkerProcess first = launch()) {
            first.awaitWord();
            roundTrips(executor, warmUp, trips, Figure.RATE_BY_1, Figure.P50_BY_1, Figure.P99_BY_1);
            try (WorkerProcess second = launch()) {
                second.awaitWord();
                roundTrips(executor, warmUp, trips, Figure.RATE_BY_2, Figure.P50_BY_2, Figure.P99_BY_2);
            }
        }
    }

    private void roundTrips(TaskExecutor executor, Duration warmUp, int trips, Figure rate, Figure p50, Figure p99)
            throws Exception {
        long[] nanos = RoundTrips.measure(
                warmUp, trips, () -> executor.submit(new NoOp(1)).join());
        figures.add(rate, trips / (LongStream.of(nanos).sum() / 1e9));
        figures.add(p50, RoundTrips.percentile(nanos, 50) / NANOS_IN_MILLI);
        figures.add(p99, RoundTrips.percentile(nanos, 99) / NANOS_IN_MILLI);
    }

    private void backlog(TaskExecutor executor, int size) throws Exception {
        Figures none = new Figures();
        drain(Backlog.put(executor, size / 4, none), none, executor, 0); // This JVM's warm-up.
        drain(Backlog.put(executor, size, figures), figures, executor, size);
    }

    /**
     * Has two new workers drain it.
     *
     * @param again how many they drain after that
     */
    private void drain(Backlog backlog, Figures into, TaskExecutor executor, int again) throws Exception {
        long launch = System.nanoTime();
        try (WorkerProcess first = launch();
                WorkerProcess second = launch()) {
            backlog.await();
            into.add(Figure.DRAIN, backlog.perSecond(ready(first, second)));
            into.add(Figure.DRAIN_SINCE_LAUNCH, backlog.perSecond(launch));
            into.add(Figure.DRAIN_SECOND_HALF, backlog.secondHalfPerSecond());
            if (again > 0) {
                ready(send(first), send(second)); // They have stopped.
                Backlog next = Backlog.put(executor, again, new Figures());
                long ready = ready(send(first), send(second));
                next.await();
                into.add(Figure.DRAIN_WARM, next.perSecond(ready));
            }
        }
    }

    private WorkerProcess launch() throws IOException {
        return WorkerProcess.launch(strategy, parallelism);
    }

    private static WorkerProcess send(WorkerProcess worker) throws IOException {
        worker.send();
        return worker;
    }

    /** Waits for both, and says when the first was ready. */
    private static long ready(WorkerProcess first, WorkerProcess second) throws Exception {
        return Math.min(first.awaitWord(), second.awaitWord());
    }
}
