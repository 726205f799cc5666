package dev.gearshift.executors.wire;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travels for one class of tasks: the task, which is a record (or an enum constant), its result, whose type is the
 * {@code T} of its {@code Task<T>}, and its failures. Immutable and thread-safe; kept with the class.
 */
public final class TaskWire {
    private static final ClassValue<TaskWire> OF_CLASSES = new ClassValue<>() {
        @Override
        protected TaskWire computeValue(Class<?> type) {
            return new TaskWire(type);
        }
    };

    private final WireType<?> task;
    private final WireType<?> result;
    private final Map<String, Class<?>> throwables = new HashMap<>();

    private TaskWire(Class<?> type) {
        Misfit misfit = Refusals.ofTask(type);
        if (misfit != null) {
            throw misfit.of(type.isAnonymousClass() || type.isHidden() ? "The task" : WireType.root(type));
        }
        Class<?> constants = Forms.enumOf(type);
        task = WireType.ofTask(constants == null ? type : constants);
        String call = WireType.root(type) + ".call()";
        result = WireType.find(resultType(type, call), call);
        throwables.put(NotPortableException.class.getName(), NotPortableException.class);
        declare(type, "call");
        if (AsyncTask.class.isAssignableFrom(type)) {
            declare(type, "callAsync");
        }
    }

    /**
     * What travels for a class of tasks.
     *
     * @throws NotPortableException if something of it cannot; the message names it, and how to mend it
     */
    public static TaskWire of(Class<? extends Task<?>> type) {
        return OF_CLASSES.get(type);
    }

    /**
     * What travels for the class of this task.
     *
     * @throws NotPortableException if something of it cannot; the message names it, and how to mend it
     */
    public static TaskWire of(Task<?> task) {
        return OF_CLASSES.get(task.getClass());
    }

    private static Type resultType(Class<?> type, String call) {
        Applied task = Applied.unbound(type).as(Task.class);
        if (task == null || task.arguments().isEmpty()) {
            throw new Misfit(
                            "Task is implemented without a type argument", "Name the type of the result: Task<String>.")
                    .of(call);
        }
        return task.arguments().get(0);
    }

    /** The exceptions that the method names. Of a sealed one, those that it permits too. */
    private void declare(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            for (Class<?> thrown : method.getExceptionTypes()) {
                declare(thrown);
            }
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private void declare(Class<?> thrown) {
        throwables.put(thrown.getName(), thrown);
        if (thrown.isSealed()) {
            List.of(thrown.getPermittedSubclasses()).forEach(this::declare);
        }
    }

    /**
     * Writes a task of this class.
     *
     * @throws NotPortableException if a value in it cannot travel, or it is beyond the limits
     */
    @SuppressWarnings("unchecked") // checked by the form
    public byte[] encode(Task<?> value, WireLimits limits) {
        return ((WireType<Object>) task).encode(value, limits);
    }

    /**
     * Reads a task of this class, from the buffer's position to its limit.
     *
     * @throws WireFormatException if the bytes are none
     */
    public Task<?> decode(ByteBuffer bytes, WireLimits limits) {
        Object value = task.decode(bytes, limits);
        if (value == null) {
            throw new Malformed("null, where a task should be").of(task.toString());
        }
        return (Task<?>) value;
    }

    /** The type of the task's result. */
    @SuppressWarnings("unchecked") // nothing but what the form has checked goes through
    public WireType<Object> result() {
        return (WireType<Object>) result;
    }

    /** The class of that name if the task may fail with it, or null. No class is looked for. */
    @Nullable
    Class<?> throwable(String name) {
        return throwables.get(name);
    }

    /** The task's name, as messages have it. */
    @Override
    public String toString() {
        return task.toString();
    }
}
