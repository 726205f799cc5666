package dev.gearshift.executors.wire;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.RemoteTaskException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as data. Making one from a throwable asks nothing of it but its message, frames and causes, each of which
 * may throw; what is long is cut, and what is circular ends.
 *
 * @param className the throwable's class
 * @param message its message
 * @param frames its stack trace, innermost first
 * @param cause its cause
 * @param suppressed what it suppressed
 */
public record Failure(
        String className,
        @Nullable String message,
        List<Frame> frames,
        @Nullable Failure cause,
        List<Failure> suppressed) {

    private static final WireType<Failure> TYPE = WireType.of(Failure.class);

    /** Throwables in one failure, causes and suppressed ones together. */
    private static final int MOST_THROWABLES = 64;

    /** Causes of causes. Each is a level of the encoding, so this stays well below the limit there. */
    private static final int DEEPEST = 24;

    /** The frames that a {@code StackOverflowError} has by default. */
    private static final int MOST_FRAMES = 1_024;

    private static final int LONGEST_MESSAGE = 64 * 1_024;

    /**
     * One element of a stack trace.
     *
     * @param loader the class loader's name, null for those of the JDK
     * @param module the module's name
     * @param moduleVersion the module's version
     * @param className the class
     * @param method the method
     * @param file the source file
     * @param line the line; negative if unknown, -2 for a native method
     */
    public record Frame(
            @Nullable String loader,
            @Nullable String module,
            @Nullable String moduleVersion,
            String className,
            String method,
            @Nullable String file,
            int line) {

        private static final Set<String> USUAL = Set.of("app", "platform", "boot");

        static Frame of(StackTraceElement element) {
            String loader = element.getClassLoaderName();
            return new Frame(
                    loader == null || USUAL.contains(loader) ? null : loader,
                    element.getModuleName(),
                    element.getModuleVersion(),
                    element.getClassName(),
                    element.getMethodName(),
                    element.getFileName(),
                    element.getLineNumber());
        }

        /** The element, with the worker where a loader's name would be: {@code at worker-3//com.example.Resize.call}. */
        StackTraceElement element(String worker) {
            return new StackTraceElement(
                    loader == null ? worker : worker + ":" + loader,
                    module,
                    moduleVersion,
                    className,
                    method,
                    file,
                    line);
        }
    }

    /** Copies the lists. */
    public Failure {
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    /** What a throwable says of itself. Never fails. */
    public static Failure of(Throwable thrown) {
        return capture(thrown, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static Failure capture(Throwable thrown, int depth, Set<Throwable> seen) {
        String name = thrown.getClass().getName();
        String message = asked(thrown::getMessage);
        if (thrown instanceof RemoteTaskException remote) {
            name = remote.remoteClassName();
            message = remote.remoteMessage();
        }
        message = cut(message, LONGEST_MESSAGE);
        if (seen.contains(thrown)) {
            return new Failure(name, "[seen before] " + message, List.of(), null, List.of());
        }
        if (depth >= DEEPEST || seen.size() >= MOST_THROWABLES) {
            return new Failure(name, "[its causes are left out] " + message, List.of(), null, List.of());
        }
        seen.add(thrown);
        List<Frame> frames = new ArrayList<>();
        StackTraceElement[] trace = attempt(thrown::getStackTrace);
        for (int i = 0; trace != null && i < Math.min(trace.length, MOST_FRAMES); i++) {
            frames.add(Frame.of(trace[i]));
        }
        Throwable cause = attempt(thrown::getCause);
        Failure causeFailure = cause == null ? null : capture(cause, depth + 1, seen);
        List<Failure> suppressed = new ArrayList<>();
        for (Throwable one : thrown.getSuppressed()) {
            if (seen.size() >= MOST_THROWABLES) {
                break;
            }
            suppressed.add(capture(one, depth + 1, seen));
        }
        return new Failure(name, message, frames, causeFailure, suppressed);
    }

    private static @Nullable String asked(Supplier<@Nullable String> message) {
        try {
            return message.get();
        } catch (Exception | StackOverflowError e) {
            return "[its message could not be had: " + e.getClass().getName() + "]";
        }
    }

    private static <R extends @Nullable Object> @Nullable R attempt(Supplier<R> question) {
        try {
            return question.get();
        } catch (Exception | StackOverflowError e) {
            return null;
        }
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest
                ? text
                : text.substring(0, longest) + "… [" + (text.length() - longest) + " more]";
    }

    /**
     * Writes the failure. One that would be longer than the limit loses frames and text until it fits, its causes if
     * need be.
     *
     * @throws NotPortableException if not even the class name fits
     */
    public byte[] encode(WireLimits limits) {
        Failure fitting = this;
        for (int most = MOST_FRAMES; most > 0; most /= 4) {
            try {
                return TYPE.encode(fitting, limits);
            } catch (NotPortableException e) {
                fitting = trimmed(most / 4, most * 16);
            }
        }
        return TYPE.encode(new Failure(className, cut(message, 64), List.of(), null, List.of()), limits);
    }

    private Failure trimmed(int mostFrames, int longestMessage) {
        return new Failure(
                className,
                cut(message, longestMessage),
                frames.subList(0, Math.min(frames.size(), mostFrames)),
                cause == null ? null : cause.trimmed(mostFrames, longestMessage),
                suppressed.stream()
                        .map(one -> one.trimmed(mostFrames, longestMessage))
                        .toList());
    }

    /**
     * Reads a failure that {@link #encode} has written, from the buffer's position to its limit.
     *
     * @throws WireFormatException if the bytes are none
     */
    public static Failure decode(ByteBuffer bytes, WireLimits limits) {
        Failure failure = TYPE.decode(bytes, limits);
        if (failure == null) {
            throw new Malformed("null, where a failure should be").of("Failure");
        }
        return failure;
    }

    /**
     * Makes the throwable again. It has its own type if that is one that the {@code throws} of the task's {@code call} or
     * {@code callAsync} names (exactly, or permitted by a sealed one that it names), {@link NotPortableException}, or a
     * class of {@code java.*}, and if a public constructor of message, message and cause, or nothing gives it the same
     * message. Else it is a {@link RemoteTaskException}. Stack traces are the remote ones, each frame with the worker's
     * name in front. No other class is loaded, whatever the failure names; for causes the same holds.
     *
     * @param task whose failure it is
     * @param worker where it failed, such as {@code worker-3}
     */
    public Throwable rebuild(TaskWire task, String worker) {
        return Rebuilding.of(this, task, worker);
    }
}
