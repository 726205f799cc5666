package dev.gearshift.benchmarks;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One no-op task, submitted and waited for, on the calling thread: the bare JDK, and the contract over the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(2)
public class SubmitCost {
    private ExecutorService bare = new BareSameThread();
    private TaskExecutor ours = open();

    static TaskExecutor open() {
        return new SameThread().open(new StrategySettings(OptionalInt.empty(), false, Set.of(), List.of()));
    }

    @Setup
    public void setUp() {
        bare = new BareSameThread();
        ours = open();
    }

    @TearDown
    public void tearDown() {
        ours.close();
    }

    @Benchmark
    public Integer bare() throws Exception {
        return bare.submit(new NoOp(1)).get();
    }

    @Benchmark
    public Integer contract() throws Exception {
        return ours.submit(new NoOp(1)).get();
    }

    private static final class BareSameThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
