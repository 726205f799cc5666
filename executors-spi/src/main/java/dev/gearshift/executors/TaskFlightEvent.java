package dev.gearshift.executors;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** One task in a flight recording: {@code jfr print --events gearshift.Task recording.jfr}. */
@Name("gearshift.Task")
@Label("Task")
@Category("Gearshift")
@Description("A task whose result was decided")
@StackTrace(false)
final class TaskFlightEvent extends Event {
    private static final EventType TYPE = EventType.getEventType(TaskFlightEvent.class);

    @Label("Strategy")
    String strategy = "";

    @Label("Task id")
    long taskId;

    @Label("Task type")
    String taskType = "";

    @Label("Attempt")
    int attempt;

    @Label("Worker")
    @Nullable
    String worker;

    @Label("Wait")
    @Timespan
    long waited;

    @Label("Run")
    @Timespan
    long ran;

    @Label("Outcome")
    String outcome = "";

    @Label("Failure")
    @Nullable
    String failure;

    static boolean recorded() {
        return TYPE.isEnabled();
    }

    static void record(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
        TaskFlightEvent flight = new TaskFlightEvent();
        if (!flight.isEnabled()) {
            return;
        }
        flight.strategy = event.strategy();
        flight.taskId = event.id();
        flight.taskType = event.task().getClass().getName();
        flight.attempt = event.attempt();
        flight.worker = event.worker();
        flight.waited = event.waitNanos();
        flight.ran = event.runNanos();
        flight.outcome = end.name();
        flight.failure = failure == null ? null : failure.getClass().getName();
        flight.commit();
    }
}
