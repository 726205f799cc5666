package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that submits tasks and leaves its executor open when main returns. */
final class UnclosedProgram {
    static final Pause BRIEF = new Pause(5);

    private UnclosedProgram() {}

    /**
     * Runs it.
     *
     * @param args the class name of the strategy
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        ConcurrencyStrategy strategy = (ConcurrencyStrategy)
                Class.forName(args[0]).getDeclaredConstructor().newInstance();
        TaskExecutor executor = strategy.open(new StrategySettings(OptionalInt.empty(), false, Set.of(), List.of()));
        CompletableFuture<?>[] all = new CompletableFuture<?>[100];
        for (int i = 0; i < all.length; i++) {
            all[i] = executor.submit(BRIEF);
        }
        CompletableFuture<Void> unused = CompletableFuture.allOf(all)
                .thenRun(() ->
                        System.out.println("finished " + all.length + ", last task at " + System.currentTimeMillis()));
    }

    /** Takes its time. */
    record Pause(int millis) implements Task<Integer> {
        @Override
        public Integer call() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
            return millis;
        }
    }
}
