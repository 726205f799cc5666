package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what an honest executor does, where a liar does not say otherwise. */
class LyingExecutor implements TaskExecutor {
    final TaskExecutor honest;
    final StrategySettings settings;

    LyingExecutor(TaskExecutor honest, StrategySettings settings) {
        this.honest = honest;
        this.settings = settings;
    }

    /** What runs in the place of a task. */
    Swap swap() {
        return task -> null;
    }

    /** What the options become. */
    TaskOptions told(TaskOptions given) {
        return given;
    }

    /** What futures do wrong; null where they are the honest ones. */
    LyingFuture.@Nullable Faults faults() {
        return null;
    }

    /** The executor behind the streams; this one, to see what they submit. */
    TaskExecutor streams() {
        return honest;
    }

    /** Whether that is the waiting task of that name. */
    static boolean isWaiting(@Nullable Object task, String name) {
        return task instanceof WaitingTask waiting && waiting.name().equals(name);
    }

    /** Whether it was told to run one task at a time. */
    final boolean isNarrow() {
        return settings.parallelism().orElse(2) == 1;
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
        @SuppressWarnings("unchecked") // a lie
        Task<T> swapped = task == null ? null : (Task<T>) swap().of(task);
        TaskFuture<T> future = honest.submit(swapped == null ? task : swapped, told(options));
        LyingFuture.Faults faults = faults();
        // What the listeners heard is compared with the futures there; two futures for one task may end differently.
        boolean ledger = task instanceof RandomSchedules.Work;
        return faults == null || ledger ? future : LyingFuture.of(future, faults);
    }

    @Override
    public <T extends @Nullable Object> Stream<T> map(Stream<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.map(tasks, options)
                : streams().map(tasks, options);
    }

    @Override
    public <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.map(tasks, options)
                : streams().map(tasks, options);
    }

    @Override
    public <T extends @Nullable Object> Stream<T> map(Iterator<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.map(tasks, options)
                : streams().map(tasks, options);
    }

    @Override
    public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Stream<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.outcomes(tasks, options)
                : streams().outcomes(tasks, options);
    }

    @Override
    public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Iterable<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.outcomes(tasks, options)
                : streams().outcomes(tasks, options);
    }

    @Override
    public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
            Iterator<? extends Task<T>> tasks, TaskOptions options) {
        return streams() == this
                ? TaskExecutor.super.outcomes(tasks, options)
                : streams().outcomes(tasks, options);
    }

    @Override
    public ExecutorService asExecutorService() {
        return honest.asExecutorService();
    }

    @Override
    public int window() {
        return honest.window();
    }

    @Override
    public ExecutorSnapshot snapshot() {
        return honest.snapshot();
    }

    @Override
    public void close() {
        honest.close();
    }

    @Override
    public void close(Duration limit) {
        honest.close(limit);
    }

    @Override
    public List<Task<?>> shutdownNow() {
        return honest.shutdownNow();
    }
}
