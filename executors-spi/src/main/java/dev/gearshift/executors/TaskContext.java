package dev.gearshift.executors;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a running task can ask about itself, and the resources of the worker that runs it. Valid while the task runs;
 * may be handed to other threads that work for the task.
 */
public abstract class TaskContext {
    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

    /** For the strategies that run tasks. */
    protected TaskContext() {}

    /**
     * The context of the task that runs on this thread.
     *
     * @throws IllegalStateException if no task of an executor runs on this thread
     */
    public static TaskContext current() {
        TaskContext context = CURRENT.get();
        if (context == null) {
            throw new IllegalStateException("No task is running on thread "
                    + Thread.currentThread().getName()
                    + ": TaskContext.current() works inside Task.call(), on the thread that called it.");
        }
        return context;
    }

    /** The number that the executor gave the task when it accepted it, from 1 upwards. */
    public abstract long id();

    /** Which attempt this is: 1 for the first, 2 for the first retry. */
    public abstract int attempt();

    /** The name of the worker: a thread here, a process or a machine elsewhere. */
    public abstract String worker();

    /** Whether the result is no longer wanted: cancelled, timed out, or completed from outside. */
    public abstract boolean isCancelled();

    /**
     * Tells the executor's listeners how far the task is. Never fails and never blocks for long.
     *
     * @param done how much is done, in units of the task's own choice; not negative
     * @param total how much there is in all, or -1 if that is not known
     */
    public abstract void progress(long done, long total);

    /**
     * The worker's one {@code R}: made on first use in this worker JVM and executor, shared by its tasks, and closed
     * with the executor there if it is {@link AutoCloseable}. This is where an HTTP client or a parser lives.
     *
     * @param type names the resource
     * @param make makes it; called at most once for each worker JVM and executor, unless it throws
     * @throws IllegalStateException if the executor is closed: nobody would close the resource
     */
    public abstract <R> R resource(Class<R> type, Supplier<? extends R> make);

    /**
     * The same, made with {@code type}'s public constructor without parameters.
     *
     * @throws IllegalArgumentException if {@code type} has no such constructor, or it threw
     */
    public final <R> R resource(Class<R> type) {
        return resource(type, () -> {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(
                        type.getName() + " cannot be made as a task's resource: it needs a public constructor without"
                                + " parameters in a package open to this module; or use resource(type, supplier).",
                        e);
            }
        });
    }

    /** Makes this the context of the calling thread, and returns the one that was. */
    protected final @Nullable TaskContext enter() {
        TaskContext outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    /** Ends what {@link #enter} began. */
    protected final void leave(@Nullable TaskContext outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** The context of the calling thread, or null. */
    protected static @Nullable TaskContext currentOrNull() {
        return CURRENT.get();
    }
}
