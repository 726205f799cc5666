package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A program that maps very many tasks, to be run in a small heap. */
final class ManyTasksProgram {
    private ManyTasksProgram() {}

    /**
     * Runs it, and prints the sum of what came out.
     *
     * @param args the class name of the strategy, and how many tasks
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        ConcurrencyStrategy strategy = (ConcurrencyStrategy)
                Class.forName(args[0]).getDeclaredConstructor().newInstance();
        int tasks = Integer.parseInt(args[1]);
        try (TaskExecutor executor =
                strategy.open(new StrategySettings(OptionalInt.empty(), false, Set.of(), List.of()))) {
            long sum = executor.map(IntStream.range(0, tasks).mapToObj(Echo::new))
                    .mapToLong(Integer::longValue)
                    .sum();
            System.out.println("sum " + sum);
        }
    }
}
