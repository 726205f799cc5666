package dev.gearshift.executors;

import org.jspecify.annotations.Nullable;

/**
 * A worker outside this JVM at one moment.
 *
 * @param name its name, unique in its executor
 * @param pid its process id
 * @param state what it does
 * @param task the task that it runs, by class; null if it runs none
 * @param taskId the number of that task; 0 if it runs none
 * @param tasksDone how many tasks it has finished, well or not
 * @param residentBytes the memory that it occupies, in bytes; -1 where that is not known
 */
public record WorkerSnapshot(
        String name, long pid, State state, @Nullable String task, long taskId, long tasksDone, long residentBytes) {
    /** What a worker does. */
    public enum State {
        /** It starts, and takes no tasks yet. */
        STARTING,
        /** It waits for a task. */
        IDLE,
        /** It runs one. */
        BUSY,
        /** It is about to be gone. */
        ENDING
    }
}
