package dev.gearshift.benchmarks;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Many no-op tasks: the JDK's own executor of that kind, and the strategy, as wide. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PoolCost {
    @Param({"threads", "virtual", "async"})
    String strategy = "threads";

    @Param({"1", "100", "10000", "100000"})
    int tasks = 1;

    private ExecutorService bare = Executors.newSingleThreadExecutor();
    private TaskExecutor ours = SubmitCost.open();
    private List<NoOp> work = List.of();

    @Setup(Level.Trial)
    public void setUp() throws ReflectiveOperationException {
        int width = switch (strategy) {
            case "threads" -> 8;
            case "async" -> 4;
            default -> 1_000;
        };
        bare = strategy.equals("virtual") ? virtualThreads() : Executors.newFixedThreadPool(width);
        ours = ConcurrencyStrategies.choose(strategy)
                .open(new StrategySettings(OptionalInt.of(width), false, Set.of(), List.of()));
        work = IntStream.range(0, tasks).mapToObj(NoOp::new).toList();
    }

    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        bare.shutdownNow();
        ours.close();
    }

    @Benchmark
    public int bareSubmit() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(tasks);
        for (NoOp task : work) {
            futures.add(bare.submit(task));
        }
        return sum(futures);
    }

    @Benchmark
    public int oursSubmit() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(tasks);
        for (NoOp task : work) {
            futures.add(ours.submit((Task<Integer>) task));
        }
        return sum(futures);
    }

    @Benchmark
    public int bareInvokeAll() throws Exception {
        return sum(bare.invokeAll(work));
    }

    @Benchmark
    public int oursInvokeAll() throws Exception {
        return sum(ours.asExecutorService().invokeAll(work));
    }

    @Benchmark
    public int oursMap() {
        return ours.map(work).mapToInt(Integer::intValue).sum();
    }

    private static int sum(List<Future<Integer>> futures) throws Exception {
        int sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }
}
