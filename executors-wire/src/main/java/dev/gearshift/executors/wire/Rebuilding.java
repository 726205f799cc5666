package dev.gearshift.executors.wire;

import dev.gearshift.executors.RemoteTaskException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure becomes a throwable again, of its own class where that is allowed and comes out the same. */
final class Rebuilding {
    /** More than any in the JDK has. */
    private static final int LONGEST_NAME = 200;

    private Rebuilding() {}

    /** @param failure within {@link Bounds#USUAL}, so that this ends soon */
    static Throwable of(Failure failure, TaskWire task, String worker) {
        Throwable cause = failure.cause() == null ? null : of(failure.cause(), task, worker);
        StackTraceElement[] trace = new StackTraceElement[failure.frames().size()];
        for (int i = 0; i < trace.length; i++) {
            trace[i] = failure.frames().get(i).element(worker);
        }
        Throwable rebuilt = ofOwnClass(failure, task, cause, trace);
        if (rebuilt == null) {
            rebuilt = new RemoteTaskException(failure.className(), failure.message(), worker, cause);
            rebuilt.setStackTrace(trace);
        }
        for (Failure suppressed : failure.suppressed()) {
            rebuilt.addSuppressed(of(suppressed, task, worker));
        }
        return rebuilt;
    }

    /** Null if it cannot be had. Constructors and methods are of whoever wrote the class, and may throw anything. */
    private static @Nullable Throwable ofOwnClass(
            Failure failure, TaskWire task, @Nullable Throwable cause, StackTraceElement[] trace) {
        try {
            Throwable made = ofOwnClass(failure, task, cause);
            if (made != null) {
                made.setStackTrace(trace);
            }
            return made;
        } catch (Throwable e) {
            return null;
        }
    }

    private static @Nullable Throwable ofOwnClass(Failure failure, TaskWire task, @Nullable Throwable cause) {
        Class<?> type = allowed(failure.className(), task);
        if (type == null || !Throwable.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        Constructor<?>[] constructors = type.getConstructors();
        Throwable made = null;
        if (cause == null) {
            made = tryAll(constructors, failure, cause, String.class);
        }
        if (made == null) {
            made = tryAll(constructors, failure, cause, String.class, Throwable.class);
        }
        if (made == null && cause != null) {
            made = tryAll(constructors, failure, cause, String.class);
        }
        return made != null ? made : tryAll(constructors, failure, cause);
    }

    private static @Nullable Class<?> allowed(String name, TaskWire task) {
        Class<?> declared = task.throwable(name);
        return declared != null ? declared : ofJdk(name);
    }

    /**
     * The class of a module {@code java.…}. A loader remembers for ever each name that it was asked for, also in vain;
     * so it is asked for those alone that it has.
     */
    private static @Nullable Class<?> ofJdk(String name) {
        boolean likely = name.startsWith("java.") || name.startsWith("javax.");
        if (!likely || name.length() > LONGEST_NAME || name.indexOf('/') >= 0) {
            return null;
        }
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        if (platform.getResource(name.replace('.', '/') + ".class") == null) {
            return null;
        }
        try {
            Class<?> found = Class.forName(name, false, platform);
            String module = found.getModule().getName();
            return module != null && module.startsWith("java.") ? found : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** By the first constructor whose parameters take these, and whose throwable says the same as the remote one. */
    private static @Nullable Throwable tryAll(
            Constructor<?>[] constructors, Failure failure, @Nullable Throwable cause, Class<?>... kinds) {
        for (Constructor<?> constructor : constructors) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (takes(parameters, kinds, cause)) {
                Throwable made = make(constructor, failure, cause, parameters.length);
                if (made != null) {
                    return made;
                }
            }
        }
        return null;
    }

    /** A narrower cause is fine if it is what we have: {@code UncheckedIOException(String, IOException)}. */
    private static boolean takes(Class<?>[] parameters, Class<?>[] kinds, @Nullable Throwable cause) {
        if (parameters.length != kinds.length) {
            return false;
        }
        boolean text = parameters.length == 0 || parameters[0] == String.class || parameters[0] == Object.class;
        boolean narrow = parameters.length < 2
                || Throwable.class.isAssignableFrom(parameters[1])
                        && (cause == null || parameters[1].isInstance(cause));
        return text && narrow;
    }

    /** Null if it does not come out as the remote one was. */
    private static @Nullable Throwable make(
            Constructor<?> constructor, Failure failure, @Nullable Throwable cause, int parameters) {
        try {
            if (!constructor.trySetAccessible()) {
                return null;
            }
            Throwable made = (Throwable)
                    switch (parameters) {
                        case 0 -> constructor.newInstance();
                        case 1 -> constructor.newInstance(failure.message());
                        default -> constructor.newInstance(failure.message(), cause);
                    };
            if (cause != null && made.getCause() == null) {
                made.initCause(cause);
            }
            boolean same = made.getCause() == cause && Objects.equals(made.getMessage(), failure.message());
            return same ? made : null;
        } catch (Throwable e) {
            return null;
        }
    }
}
