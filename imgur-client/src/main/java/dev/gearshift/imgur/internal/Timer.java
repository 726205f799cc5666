package dev.gearshift.imgur.internal;

import java.time.Duration;

/** Runs something later. Tests replace it, so that nothing has to sleep. */
@FunctionalInterface
public interface Timer {

    /**
     * Runs the action once the delay is over. The action must be short: it shares its thread with every other.
     *
     * @return what calls the action off
     */
    Runnable after(Duration delay, Runnable action);
}
