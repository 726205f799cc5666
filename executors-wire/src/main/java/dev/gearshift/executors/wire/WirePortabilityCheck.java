package dev.gearshift.executors.wire;

import dev.gearshift.executors.PortabilityCheck;
import dev.gearshift.executors.Task;

/**
 * Holds a task to what a strategy that leaves this JVM would: the class, the types of its components and of its result,
 * and the values at hand, within {@link WireLimits#DEFAULT}. It does not know the value of the result, which is
 * written where the task has run, nor a strategy's own limits, which may be less. Thread-safe.
 */
public final class WirePortabilityCheck implements PortabilityCheck {
    /** For the service loader. */
    public WirePortabilityCheck() {}

    @Override
    public void check(Task<?> task) {
        TaskWire.of(task).pack(task, WireLimits.DEFAULT);
    }
}
