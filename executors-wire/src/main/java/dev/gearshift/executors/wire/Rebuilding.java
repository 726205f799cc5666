package dev.gearshift.executors.wire;

import dev.gearshift.executors.RemoteTaskException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure becomes a throwable again, of its own class where that is allowed and comes out the same. */
final class Rebuilding {
    private Rebuilding() {}

    static Throwable of(Failure failure, TaskWire task, String worker) {
        Throwable cause = failure.cause() == null ? null : of(failure.cause(), task, worker);
        Throwable rebuilt = ofOwnClass(failure, task, cause);
        if (rebuilt == null) {
            rebuilt = new RemoteTaskException(failure.className(), failure.message(), worker, cause);
        }
        StackTraceElement[] trace = new StackTraceElement[failure.frames().size()];
        for (int i = 0; i < trace.length; i++) {
            trace[i] = failure.frames().get(i).element(worker);
        }
        rebuilt.setStackTrace(trace);
        for (Failure suppressed : failure.suppressed()) {
            rebuilt.addSuppressed(of(suppressed, task, worker));
        }
        return rebuilt;
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
        if (declared != null || !name.startsWith("java.")) {
            return declared;
        }
        try {
            return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** The first constructor whose parameters take these, and whose throwable says the same as the remote one. */
    private static @Nullable Throwable tryAll(
            Constructor<?>[] constructors, Failure failure, @Nullable Throwable cause, Class<?>... kinds) {
        for (Constructor<?> constructor : constructors) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (takes(parameters, kinds, cause)) {
                Throwable made = make(constructor, failure, cause, parameters.length);
                if (made != null && made.getCause() == cause && Objects.equals(made.getMessage(), failure.message())) {
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
            return made;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }
}
