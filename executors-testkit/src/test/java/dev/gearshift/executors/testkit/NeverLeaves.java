package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Keeps the JVM of an {@link UnclosedProgram} for ever. */
final class NeverLeaves extends LyingStrategy {
    NeverLeaves() {
        super(
                LocalTaskExecutor.CAPABILITIES,
                (self, settings) -> new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                    @Override
                    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
                        if (UnclosedProgram.BRIEF.equals(task)) {
                            new Thread(NeverLeaves::stay).start();
                        }
                        return super.submit(task, options);
                    }
                });
    }

    private static void stay() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
