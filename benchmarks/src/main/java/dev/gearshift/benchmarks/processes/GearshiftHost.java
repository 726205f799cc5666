package dev.gearshift.benchmarks.processes;

import dev.gearshift.benchmarks.NoOp;
import dev.gearshift.benchmarks.comparison.Figures;
import dev.gearshift.benchmarks.comparison.RoundTrips;
import dev.gearshift.benchmarks.comparison.Stopwatch;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.processes.ProcessSettings;
import dev.gearshift.executors.processes.ProcessesStrategy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures the strategy {@code processes}, in a JVM of its own: {@code GearshiftHost GROUP EFFORT...}. */
final class GearshiftHost {
    private static final int WORKERS = 2;

    /** A system property: whether there is a listener, so that workers tell of each start too. */
    static final String LISTENS = "gearshift.benchmarks.listens";

    private GearshiftHost() {}

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        measure(Group.valueOf(words.get(0)), Effort.parse(words.subList(1, words.size())))
                .print(System.out);
    }

    static Figures measure(Group group, Effort effort) throws Exception {
        Figures figures = new Figures();
        switch (group) {
            case ROUNDTRIP -> {
                try (TaskExecutor executor = warm(WORKERS)) {
                    effort.roundTrips(() -> executor.submit(new NoOp(1)).join(), figures);
                }
            }
            case THROUGHPUT -> {
                try (TaskExecutor executor = warm(WORKERS)) {
                    throughput(executor, effort, figures);
                }
            }
            case ECHO -> {
                try (TaskExecutor executor = warm(WORKERS)) {
                    echo(executor, effort, figures);
                }
            }
            case START -> ColdStart.measure(effort, figures);
            case MEMORY -> IdleMemory.measure(figures);
            case DEATH -> Deaths.measure(effort, figures);
        }
        return figures;
    }

    static TaskExecutor open(int workers) {
        StrategySettings settings = StrategySettings.defaults().withParallelism(workers);
        return new ProcessesStrategy(ProcessSettings.defaults())
                .open(Boolean.getBoolean(LISTENS) ? settings.withListener(new TaskListener() {}) : settings);
    }

    /** A pool whose workers all have run one task. */
    static TaskExecutor warm(int workers) throws Exception {
        TaskExecutor executor = open(workers);
        try (Rendezvous rendezvous = new Rendezvous()) {
            meet(executor, workers, rendezvous);
        } catch (Exception e) {
            executor.shutdownNow();
            throw e;
        }
        return executor;
    }

    static void meet(TaskExecutor executor, int workers, Rendezvous rendezvous) throws Exception {
        List<TaskFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            all.add(executor.submit(Arrive.andLeave(rendezvous)));
        }
        rendezvous.meet(workers);
        all.forEach(TaskFuture::join);
    }

    private static void throughput(TaskExecutor executor, Effort effort, Figures into) throws Exception {
        List<NoOp> tasks =
                IntStream.range(0, effort.tasks()).mapToObj(NoOp::new).toList();
        batches(effort, Figure.SUBMIT, () -> submit(executor, tasks), into);
        batches(effort, Figure.MAP, () -> executor.map(tasks).forEach(result -> {}), into);
        batches(effort, Figure.AS_THEY_FINISH, () -> executor.outcomes(tasks).forEach(outcome -> {}), into);
    }

    private static void submit(TaskExecutor executor, List<NoOp> tasks) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks.size());
        for (Task<Integer> task : tasks) {
            futures.add(executor.submit(task));
        }
        futures.forEach(TaskFuture::join);
    }

    private static void batches(Effort effort, Figure figure, RoundTrips.Trip batch, Figures into) throws Exception {
        RoundTrips.warmUp(effort.jvmWarmUp(), batch);
        for (int i = 0; i < effort.batches(); i++) {
            Stopwatch watch = new Stopwatch();
            batch.go();
            into.add(figure, watch.perSecond(effort.tasks()));
        }
    }

    private static void echo(TaskExecutor executor, Effort effort, Figures into) throws Exception {
        Echo first = new Echo(new byte[1 << 20]);
        RoundTrips.warmUp(effort.jvmWarmUp(), () -> echo(executor, first, 1, 1));
        echo(executor, effort, 1, 1, Figure.ECHO_1_MIB, into);
        echo(executor, effort, 1, 4, Figure.ECHO_1_MIB_BY_FOUR, into);
        echo(executor, effort, 16, 1, Figure.ECHO_16_MIB, into);
        echo(executor, effort, 16, 4, Figure.ECHO_16_MIB_BY_FOUR, into);
    }

    private static void echo(
            TaskExecutor executor, Effort effort, int mebibytes, int inFlight, Figure figure, Figures into)
            throws Exception {
        byte[] bytes = new byte[mebibytes << 20];
        new Random(1).nextBytes(bytes);
        Echo task = new Echo(bytes);
        RoundTrips.warmUp(effort.warmUp(), () -> echo(executor, task, inFlight, inFlight));
        int times = effort.echoedMiB() / mebibytes;
        Stopwatch watch = new Stopwatch();
        echo(executor, task, times, inFlight);
        into.add(figure, watch.perSecond((double) times * bytes.length) / 1e6);
    }

    private static void echo(TaskExecutor executor, Echo task, int times, int inFlight) {
        ArrayDeque<TaskFuture<byte[]>> flying = new ArrayDeque<>();
        for (int i = 0; i < times; i++) {
            if (flying.size() == inFlight) {
                check(task, flying.remove().join());
            }
            flying.add(executor.submit(task));
        }
        flying.forEach(future -> check(task, future.join()));
    }

    private static void check(Echo task, byte[] back) {
        if (back.length != task.bytes().length) {
            throw new IllegalStateException(back.length + " bytes came back.");
        }
    }
}
