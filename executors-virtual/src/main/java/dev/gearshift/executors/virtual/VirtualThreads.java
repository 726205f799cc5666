package dev.gearshift.executors.virtual;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one place that reaches beyond Java 17: {@code
 * Thread.ofVirtual().name(prefix, 0).inheritInheritableThreadLocals(false).factory()}, as one handle.
 */
final class VirtualThreads {
    private static final @Nullable MethodHandle FACTORY = find();

    /** Whether this Java has them. */
    static final boolean AVAILABLE = FACTORY != null;

    private VirtualThreads() {}

    private static @Nullable MethodHandle find() {
        if (Runtime.version().feature() < 21) {
            return null; // 19 and 20 have the classes too, as a preview that throws
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", methodType(builder));
            MethodHandle name = lookup.findVirtual(builder, "name", methodType(builder, String.class, long.class));
            MethodHandle bare =
                    lookup.findVirtual(builder, "inheritInheritableThreadLocals", methodType(builder, boolean.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", methodType(ThreadFactory.class));
            MethodHandle made = MethodHandles.filterReturnValue(
                    MethodHandles.filterReturnValue(name, MethodHandles.insertArguments(bare, 1, false)), factory);
            return MethodHandles.foldArguments(made, ofVirtual);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static String thisJava() {
        return Runtime.version().toString().replaceFirst("[+-].*", "");
    }

    /**
     * Makes threads that find their classes as the calling one does, and inherit nothing: the thread that starts one may be
     * any task's.
     */
    static ThreadFactory factory(String prefix) {
        MethodHandle handle = FACTORY;
        if (handle == null) {
            throw new IllegalStateException("Virtual threads need Java 21, this is " + thisJava() + ".");
        }
        try {
            ThreadFactory threads = (ThreadFactory) handle.invoke(prefix, 0L);
            ClassLoader classes = Thread.currentThread().getContextClassLoader();
            return body -> {
                Thread thread = threads.newThread(body);
                thread.setContextClassLoader(classes);
                return thread;
            };
        } catch (Throwable e) {
            throw new IllegalStateException("Virtual threads cannot be made: " + e, e);
        }
    }
}
