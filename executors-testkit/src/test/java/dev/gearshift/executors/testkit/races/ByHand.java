package dev.gearshift.executors.testkit.races;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** One job, which whoever calls {@link #attempt} runs. */
class ByHand {
    final TaskExecutor executor;
    final TaskFuture<Integer> future;
    private volatile Runnable job = () -> {};

    ByHand() {
        executor = LocalTaskExecutor.on(
                new SequentialStrategy(), StrategySettings.defaults(), 1, runnable -> job = runnable, () -> {});
        future = executor.submit(() -> 1);
    }

    /** Runs it, and says whether the thread was left with an interrupt that was not its own. */
    final boolean attempt() {
        job.run();
        return Thread.interrupted();
    }

    /** A few words for how it ended. */
    final String outcome() {
        try {
            return "value " + future.getNow(-1);
        } catch (CancellationException e) {
            return "cancelled";
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
