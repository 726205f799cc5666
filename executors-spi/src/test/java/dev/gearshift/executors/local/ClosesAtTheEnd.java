package dev.gearshift.executors.local;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program that closes an executor which has been idle for a while, and ends at once. */
final class ClosesAtTheEnd {
    private ClosesAtTheEnd() {}

    /** Takes a while to close, and says so. */
    private static final class Slow implements AutoCloseable {
        @Override
        public void close() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            System.out.println("closed");
        }
    }

    /**
     * Runs it.
     *
     * @param args how it closes
     */
    public static void main(String[] args) {
        TaskExecutor executor = LocalTaskExecutor.pooled(
                new SequentialStrategy(), StrategySettings.defaults().withParallelism(1), 1);
        executor.submit(() -> TaskContext.current().resource(Slow.class, Slow::new) != null)
                .join();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("gearshift-exit-guard"))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10)); // Whoever has started this has a limit.
        }
        switch (args[0]) {
            case "shutdownNow" -> executor.shutdownNow();
            case "shutdown" -> executor.asExecutorService().shutdown();
            default -> executor.close(Duration.ZERO);
        }
    }
}
