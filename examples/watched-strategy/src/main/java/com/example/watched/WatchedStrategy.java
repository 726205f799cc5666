package com.example.watched;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** {@code watched}: a thread for each processor, and a warning in the log for each task that ran too long. */
public final class WatchedStrategy implements ConcurrencyStrategy {
    private final Duration limit;
    private final Consumer<String> log;

    /** For the service loader. */
    public WatchedStrategy() {
        this(
                Duration.ofSeconds(10),
                text -> System.getLogger("com.example.watched").log(Level.WARNING, text));
    }

    WatchedStrategy(Duration limit, Consumer<String> log) {
        this.limit = limit;
        this.log = log;
    }

    @Override
    public String id() {
        return "watched";
    }

    @Override
    public Artifact artifact() {
        return Artifact.of(WatchedStrategy.class, "watched-strategy");
    }

    @Override
    public String description() {
        return "a thread for each processor, and a warning for each slow task";
    }

    @Override
    public Set<Capability> capabilities() {
        return LocalTaskExecutor.CAPABILITIES;
    }

    @Override
    public TaskExecutor open(StrategySettings settings) {
        int processors = Runtime.getRuntime().availableProcessors();
        return LocalTaskExecutor.pooled(this, settings.withListener(new Watch(limit, log)), processors);
    }

    private record Watch(Duration limit, Consumer<String> log) implements TaskListener {
        @Override
        public void finished(TaskEvent event, TaskEvent.End end, Throwable failure) {
            Duration ran = Duration.ofNanos(event.runNanos());
            if (ran.compareTo(limit) >= 0) {
                log.accept(event.task() + " " + end + " after " + ran.toMillis() + " ms on " + event.worker());
            }
        }
    }
}
