package dev.gearshift.executors.local;

import dev.gearshift.executors.TaskListener;
import org.jspecify.annotations.Nullable;

/**
 * For workers that run the tasks of other executors: what a task is there.
 *
 * @param id the number that its own executor gave it
 * @param attempt which attempt this is, from 1
 * @param listener hears of this task alone; null if nobody wants to
 */
public record Origin(long id, int attempt, @Nullable TaskListener listener) {}
