package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.StrategySelectionException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** A command's tasks under the strategy that was chosen; what a strategy cannot do is said in its own sentence. */
final class StrategyRun {
    private StrategyRun() {}

    /**
     * Opens an executor for the work, and closes it.
     *
     * @throws WorkFailedException if the strategy cannot be opened, or takes no more tasks
     */
    static BatchReport run(StrategyChoice choice, StrategySettings settings, Function<TaskExecutor, BatchReport> work) {
        try (TaskExecutor executor = open(choice, settings)) {
            return work.apply(executor);
        } catch (RejectedExecutionException e) {
            throw new WorkFailedException(
                    e.getMessage() + " What is done stays; run the same command again to go on.", e);
        }
    }

    private static TaskExecutor open(StrategyChoice choice, StrategySettings settings) {
        try {
            return choice.open(settings);
        } catch (StrategySelectionException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new WorkFailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
