package dev.gearshift.executors;

/**
 * Tells whether a task could leave this JVM. A service: {@code executors-wire} provides it. With {@code
 * gearshift.checkPortable=true} the strategies that stay in this JVM ask it too, so that code written on threads moves
 * to processes or other machines without a surprise. Thread-safe.
 */
public interface PortabilityCheck {
    /**
     * Returns normally if the task could travel.
     *
     * @throws NotPortableException if it could not
     */
    void check(Task<?> task);
}
