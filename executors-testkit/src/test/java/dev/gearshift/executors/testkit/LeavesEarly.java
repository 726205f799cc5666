package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs what an {@link UnclosedProgram} submits on threads that do not keep the JVM. */
final class LeavesEarly extends LyingStrategy {
    LeavesEarly() {
        super(
                LocalTaskExecutor.CAPABILITIES,
                (self, settings) -> new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                    @Override
                    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
                        return UnclosedProgram.BRIEF.equals(task)
                                ? new OnADaemon<>(task).started()
                                : super.submit(task, options);
                    }
                });
    }

    private static final class OnADaemon<T extends @Nullable Object> extends TaskFuture<T> {
        private final Task<T> task;

        OnADaemon(Task<T> task) {
            this.task = task;
        }

        OnADaemon<T> started() {
            Thread thread = new Thread(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(500); // The JVM has ended by then.
                    settle(task.call());
                } catch (Exception e) {
                    settleExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return this;
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public Task<T> task() {
            return task;
        }

        @Override
        protected boolean giveUp(boolean interrupt) {
            return !isDone();
        }
    }
}
