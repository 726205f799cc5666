package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that has a temporary folder to itself, uses a strategy in most ways, closes it in both, and says what is in
 * that folder then.
 */
final class TidyProgram {
    private static final int LARGE = (1 << 20) + 1;

    private TidyProgram() {}

    /**
     * Runs it.
     *
     * @param args the class name of the strategy
     */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        ConcurrencyStrategy strategy = (ConcurrencyStrategy)
                Class.forName(args[0]).getDeclaredConstructor().newInstance();
        StrategySettings settings = new StrategySettings(OptionalInt.of(1), false, Set.of(), List.of());
        try (TaskExecutor executor = strategy.open(settings)) {
            executor.map(List.of(new Echo(1), new Echo(2))).forEach(value -> {});
            executor.submit(large(strategy)).join();
            P1Results.failureOf(executor.submit(new FailingTask(FailingTask.How.CHECKED, "no")));
            P1Results.failureOf(executor.submit(
                    new P6Closing.Endless(), TaskOptions.defaults().withTimeout(Duration.ofMillis(50))));
            TaskFuture<Integer> running = executor.submit(new P6Closing.Endless());
            TaskFuture<byte[]> waiting = executor.submit(large(strategy));
            waiting.cancel(true);
            running.cancel(true);
        }
        try (TaskExecutor executor = strategy.open(settings)) {
            executor.submit(large(strategy)).join();
            executor.submit(new P6Closing.Endless());
            executor.submit(large(strategy));
            executor.shutdownNow();
        }
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            System.out.println("left behind: " + left.toList());
        }
    }

    /** What a strategy may put beside the task. */
    static P2Values.EchoBytes large(ConcurrencyStrategy strategy) {
        return new P2Values.EchoBytes(new byte[(int) Math.min(strategy.maxPayload() - 1_024, LARGE)]);
    }
}
