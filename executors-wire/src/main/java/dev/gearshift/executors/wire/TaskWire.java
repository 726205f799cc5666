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
    private static final PerClass<TaskWire> OF_CLASSES = new PerClass<>() {
        @Override
        TaskWire make(Class<?> type) {
            return new TaskWire(type);
        }
    };

    private final Class<?> taskClass;
    private final WireType<?> task;
    private final WireType<?> result;
    private final Map<String, Class<?>> throwables = new HashMap<>();

    private TaskWire(Class<?> type) {
        String root = type.isAnonymousClass() || type.isHidden() ? "The task" : WireType.root(type);
        try {
            Misfit misfit = Refusals.ofTask(type);
            if (misfit != null) {
                throw misfit.of(root);
            }
            Class<?> constants = Forms.enumOf(type);
            taskClass = constants == null ? type : constants;
            task = WireType.ofTask(taskClass);
            String call = WireType.root(taskClass) + ".call()";
            result = WireType.find(resultType(type, call), call);
            throwables.put(NotPortableException.class.getName(), NotPortableException.class);
            declare(type, "call");
            if (AsyncTask.class.isAssignableFrom(type)) {
                declare(type, "callAsync");
            }
        } catch (LinkageError | TypeNotPresentException e) {
            throw Misfit.unloadable(e).of(root);
        }
    }

    /**
     * What travels for a class of tasks.
     *
     * @param type any class, such as one that was found by its name
     * @throws NotPortableException if it is no task, or something of it cannot travel; the message names it, and how to
     *     mend it
     */
    public static TaskWire of(Class<?> type) {
        return OF_CLASSES.of(type);
    }

    /**
     * What travels for the class of this task.
     *
     * @throws NotPortableException if something of it cannot; the message names it, and how to mend it
     */
    public static TaskWire of(Task<?> task) {
        return OF_CLASSES.of(task.getClass());
    }

    /**
     * The class by whose name the other end finds {@link #of(Class)} again: the task's own, and for a constant of an
     * enum the enum, since a constant with a body has a class without a name.
     */
    public Class<?> taskClass() {
        return taskClass;
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
     * Writes a task of this class, but leaves its large byte arrays where they are; see {@link WireType#pack}.
     *
     * @throws NotPortableException if a value in it cannot travel, or it is beyond the limits
     */
    @SuppressWarnings("unchecked") // checked by the form
    public Parcel pack(Task<?> value, WireLimits limits) {
        return ((WireType<Object>) task).pack(value, limits);
    }

    /**
     * Reads a task of this class, from the buffer's position to its limit.
     *
     * @throws WireFormatException if the bytes are none
     */
    public Task<?> decode(ByteBuffer bytes, WireLimits limits) {
        return task(task.decode(bytes, limits));
    }

    /**
     * Reads a task of this class that {@link #pack} has written; see {@link WireType#unpack}.
     *
     * @throws WireFormatException if it is none
     */
    public Task<?> unpack(ByteBuffer document, List<byte[]> arrays, WireLimits limits) {
        return task(task.unpack(document, arrays, limits));
    }

    private Task<?> task(@Nullable Object value) {
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
