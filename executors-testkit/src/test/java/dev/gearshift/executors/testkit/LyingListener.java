package dev.gearshift.executors.testkit;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskListener;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes on what it hears, where a liar does not say otherwise. */
class LyingListener implements TaskListener {
    final TaskListener told;

    LyingListener(TaskListener told) {
        this.told = told;
    }

    /** The same settings with listeners that hear it from others. */
    static StrategySettings between(StrategySettings settings, Function<TaskListener, TaskListener> lie) {
        List<TaskListener> listeners = settings.listeners().stream().map(lie).toList();
        return new StrategySettings(settings.parallelism(), settings.checkPortable(), settings.required(), listeners);
    }

    @Override
    public void submitted(TaskEvent event) {
        told.submitted(event);
    }

    @Override
    public void started(TaskEvent event) {
        told.started(event);
    }

    @Override
    public void progressed(TaskEvent event, long done, long total) {
        told.progressed(event, done, total);
    }

    @Override
    public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {
        told.retrying(event, failure, backoffNanos);
    }

    @Override
    public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
        told.finished(event, end, failure);
    }
}
