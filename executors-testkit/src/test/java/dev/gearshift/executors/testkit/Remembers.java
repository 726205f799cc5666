package dev.gearshift.executors.testkit;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the futures of some tasks for as long as it lives. */
final class Remembers extends LyingExecutor {
    private final List<TaskFuture<?>> kept = Collections.synchronizedList(new ArrayList<>());
    private final Predicate<TaskOptions> which;

    Remembers(TaskExecutor honest, StrategySettings settings, Predicate<TaskOptions> which) {
        super(honest, settings);
        this.which = which;
    }

    @Override
    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
        TaskFuture<T> future = super.submit(task, options);
        if (which.test(options)) {
            kept.add(future);
        }
        return future;
    }
}
