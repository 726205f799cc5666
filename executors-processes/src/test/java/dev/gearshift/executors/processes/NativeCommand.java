package dev.gearshift.executors.processes;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Optional;

/** Runs a command as C does, which hands on all that is open. By reflection, as Java 17 has none of it; from 22 on. */
final class NativeCommand {
    private NativeCommand() {}

    /** What {@code system} returns. */
    static int run(String command) throws Exception {
        Class<?> linkers = Class.forName("java.lang.foreign.Linker");
        Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> layouts = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> descriptors = Class.forName("java.lang.foreign.FunctionDescriptor");
        Class<?> options = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
        Object linker = linkers.getMethod("nativeLinker").invoke(null);
        Object lookup = linkers.getMethod("defaultLookup").invoke(linker);
        Object found = Class.forName("java.lang.foreign.SymbolLookup")
                .getMethod("find", String.class)
                .invoke(lookup, "system");
        Object[] parameters = (Object[]) Array.newInstance(layouts, 1);
        parameters[0] = values.getField("ADDRESS").get(null);
        Object descriptor = descriptors
                .getMethod("of", layouts, parameters.getClass())
                .invoke(null, values.getField("JAVA_INT").get(null), parameters);
        Object none = Array.newInstance(options, 0);
        MethodHandle system = (MethodHandle) linkers.getMethod("downcallHandle", segments, descriptors, none.getClass())
                .invoke(linker, ((Optional<?>) found).orElseThrow(), descriptor, none);
        Object arena =
                Class.forName("java.lang.foreign.Arena").getMethod("global").invoke(null);
        Object text = Class.forName("java.lang.foreign.SegmentAllocator")
                .getMethod("allocateFrom", String.class)
                .invoke(arena, command);
        try {
            return (Integer) system.invoke(text);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
