package dev.gearshift.executors;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * For strategies: all who listen to the tasks of one executor, the flight recorder among them. A listener that throws
 * is logged and harms nothing. Thread-safe.
 */
public final class Listeners {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
    private static final boolean FLIGHT_RECORDER =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final String strategy;
    private final List<TaskListener> listeners;

    Listeners(String strategy, List<TaskListener> listeners) {
        this.strategy = strategy;
        this.listeners = listeners;
    }

    /** These and one more; these if it is null. */
    public Listeners with(@Nullable TaskListener listener) {
        if (listener == null) {
            return this;
        }
        List<TaskListener> all = new ArrayList<>(listeners);
        all.add(listener);
        return new Listeners(strategy, List.copyOf(all));
    }

    /** Whether anybody listens now; if not, strategies need not measure nor call. */
    public boolean active() {
        return !listeners.isEmpty() || (FLIGHT_RECORDER && TaskFlightEvent.recorded());
    }

    /** The event to hand on. See {@link TaskEvent} for the parameters. */
    public TaskEvent event(long id, Task<?> task, int attempt, @Nullable String worker, long waitNanos, long runNanos) {
        return new TaskEvent(strategy, id, task, attempt, worker, waitNanos, runNanos);
    }

    /** See {@link TaskListener#submitted}. */
    public void submitted(TaskEvent event) {
        tell(listener -> listener.submitted(event));
    }

    /** See {@link TaskListener#started}. */
    public void started(TaskEvent event) {
        tell(listener -> listener.started(event));
    }

    /** See {@link TaskListener#progressed}. */
    public void progressed(TaskEvent event, long done, long total) {
        tell(listener -> listener.progressed(event, done, total));
    }

    /** See {@link TaskListener#retrying}. */
    public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {
        tell(listener -> listener.retrying(event, failure, backoffNanos));
    }

    /** See {@link TaskListener#finished}. */
    public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
        tell(listener -> listener.finished(event, end, failure));
        if (FLIGHT_RECORDER) {
            safely(TaskFlightEvent.class, () -> TaskFlightEvent.record(event, end, failure));
        }
    }

    private void tell(Consumer<TaskListener> what) {
        for (TaskListener listener : listeners) {
            safely(listener.getClass(), () -> what.accept(listener));
        }
    }

    private static void safely(Class<?> who, Runnable hearing) {
        try {
            hearing.run();
        } catch (Throwable e) {
            try {
                LOG.log(Level.WARNING, "A listener failed: " + who.getName(), e);
            } catch (Throwable alsoFailed) {
                return; // Nobody is left to tell, and the task must not suffer.
            }
        }
    }
}
