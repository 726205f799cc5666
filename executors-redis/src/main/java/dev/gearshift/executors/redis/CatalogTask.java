package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.TaskWire;
import dev.gearshift.executors.wire.WireFormatException;
import dev.gearshift.executors.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker has its strategy run for a task of the catalog. The task is read, run and its result written in there: so
 * what crashes, or is meant to, takes only that with it.
 *
 * @param name of the task, in the catalog
 * @param payload the task as bytes
 * @param maxPayload how long its result may be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CatalogTask(String name, byte[] payload, int maxPayload) implements Task<CatalogTask.Ran> {
    private static final int MOST_CLASSES = 50;

    /** How it ended. */
    sealed interface Ran {}

    /** It returned; the value as bytes. */
    record Returned(byte[] value) implements Ran {}

    /**
     * It threw.
     *
     * @param failure as bytes
     * @param classes the names of its class and the classes above
     */
    record Threw(byte[] failure, List<String> classes) implements Ran {}

    /** It is not what the name stands for here. */
    record Unreadable(String message) implements Ran {}

    @Override
    public Ran call() {
        WireLimits limits = WireLimits.DEFAULT.withMaxBytes(maxPayload);
        Class<? extends Task<?>> type = Catalog.ofThisJvm().find(name);
        if (type == null) {
            return new Unreadable("There is no task \"" + name + "\" in the catalogs here.");
        }
        Task<?> task;
        TaskWire wire;
        try {
            wire = TaskWire.of(type);
            task = wire.decode(ByteBuffer.wrap(payload), limits);
        } catch (WireFormatException e) {
            return new Unreadable("The bytes are no " + type.getName() + " as this worker has it: " + e.getMessage());
        } catch (Throwable e) {
            return threw(e, limits);
        }
        try {
            return new Returned(wire.result().encode(task.call(), limits));
        } catch (Throwable e) {
            return threw(e, limits);
        }
    }

    private static Threw threw(Throwable e, WireLimits limits) {
        if (e instanceof VirtualMachineError broken && !(e instanceof StackOverflowError)) {
            throw broken; // The JVM that runs it should hear of it.
        }
        return new Threw(Failure.of(e).encode(limits), classes(e));
    }

    /** The names of the class and those above it. */
    static List<String> classes(Throwable e) {
        List<String> names = new ArrayList<>();
        for (Class<?> type = e.getClass(); type != null && names.size() < MOST_CLASSES; type = type.getSuperclass()) {
            names.add(type.getName());
        }
        return names;
    }
}
