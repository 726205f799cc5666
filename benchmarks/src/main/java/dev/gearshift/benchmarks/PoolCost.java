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

/** Many no-op tasks on eight threads: the bare pool of the JDK, and the strategy {@code threads}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(2)
public class PoolCost {
    private static final int THREADS = 8;

    @Param({"1", "100", "10000", "100000"})
    int tasks = 1;

    private ExecutorService bare = Executors.newFixedThreadPool(1);
    private TaskExecutor ours = SubmitCost.open();
    private List<NoOp> work = List.of();

    @Setup(Level.Trial)
    public void setUp() {
        bare = Executors.newFixedThreadPool(THREADS);
        ours = ConcurrencyStrategies.choose("threads")
                .open(new StrategySettings(OptionalInt.of(THREADS), false, Set.of(), List.of()));
        work = IntStream.range(0, tasks).mapToObj(NoOp::new).toList();
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
        int sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }

    @Benchmark
    public int threadsSubmit() throws Exception {
        List<Future<Integer>> futures = new ArrayList<>(tasks);
        for (NoOp task : work) {
            futures.add(ours.submit((Task<Integer>) task));
        }
        int sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        return sum;
    }

    @Benchmark
    public int bareInvokeAll() throws Exception {
        int sum = 0;
        for (Future<Integer> future : bare.invokeAll(work)) {
            sum += future.get();
        }
        return sum;
    }

    @Benchmark
    public int threadsInvokeAll() throws Exception {
        int sum = 0;
        for (Future<Integer> future : ours.asExecutorService().invokeAll(work)) {
            sum += future.get();
        }
        return sum;
    }

    @Benchmark
    public int threadsMap() {
        return ours.map(work).mapToInt(Integer::intValue).sum();
    }
}
