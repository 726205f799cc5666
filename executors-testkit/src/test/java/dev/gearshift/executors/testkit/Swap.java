package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import org.jspecify.annotations.Nullable;

/** What a liar runs in the place of a task; null for the task itself. */
@SuppressWarnings({"NullAway", "ReturnValueIgnored"}) // lies, nulls among them
interface Swap {
    @Nullable
    Task<?> of(Task<?> task);

    /** For tasks of one type. */
    static <K> Swap when(Class<K> type, Does<K> does) {
        return task -> type.isInstance(task) ? (Task<Object>) () -> does.call(type.cast(task)) : null;
    }

    /** For tasks that are equal to this one. */
    static <K extends Task<?>> Swap when(K wanted, Does<K> does) {
        return task -> task.equals(wanted) ? (Task<Object>) () -> does.call(wanted) : null;
    }

    /** For tasks that fail in this way and say that: does something to the failure. */
    static Swap failing(FailingTask wanted, Retelling retelling) {
        return when(wanted, task -> {
            try {
                return task.call();
            } catch (Throwable failure) {
                Throwable told = retelling.of(failure);
                if (told instanceof Error error) {
                    throw error;
                }
                throw (Exception) told;
            }
        });
    }

    /** Runs, knowing the task. */
    interface Does<K> {
        @Nullable
        Object call(K task) throws Exception;
    }

    /** Another failure than the task's. */
    interface Retelling {
        Throwable of(Throwable failure);
    }
}
