package dev.gearshift.executors.wire;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.RemoteTaskException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    /** Failures are for reading, and a worker that has run hostile input could send any. */
    private static final long MOST_BYTES = 4L << 20;

    /** A class name, whatever else is cut. */
    private static final long LEAST_BYTES = 256;

    private static final int LEAST_NAME = 64;

    private static final int LONGEST_NAME = 1_000;

    /** A suppressed throwable is two levels, and its frames are two more. */
    private static final int DEPTH = 2 * Bounds.USUAL.throwables() + 2;

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

        private static final int LONGEST_TEXT = 1_000;

        /** Cuts texts of more than a thousand characters, whoever has sent them. */
        public Frame {
            loader = cut(loader);
            module = cut(module);
            moduleVersion = cut(moduleVersion);
            className = Bounds.cut(Objects.requireNonNull(className, "className"), LONGEST_TEXT);
            method = Bounds.cut(Objects.requireNonNull(method, "method"), LONGEST_TEXT);
            file = cut(file);
        }

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

        private static @Nullable String cut(@Nullable String text) {
            return text == null ? null : Bounds.cut(text, LONGEST_TEXT);
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

    /** Copies the lists, and cuts a class name of more than a thousand characters. */
    public Failure {
        className = Bounds.cut(Objects.requireNonNull(className, "className"), LONGEST_NAME);
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    /**
     * What a throwable says of itself. Never fails. At most 64 throwables are told of: the causes first, both ends of a
     * long chain, then what they suppressed.
     */
    public static Failure of(Throwable thrown) {
        return Capture.of(thrown);
    }

    /**
     * Writes the failure. One that would be longer than the limit loses frames and text until it fits, then what it
     * suppressed, then its causes, at last a part of its class name. Never fails.
     *
     * @param limits of which the length counts, as 256 bytes if it is less, and as 4 MiB if it is more
     */
    public byte[] encode(WireLimits limits) {
        WireLimits own = own(limits);
        for (Bounds bounds : Bounds.EVER_TIGHTER) {
            try {
                return TYPE.encode(bounds.cut(this), own);
            } catch (NotPortableException e) {
                // The next bounds are tighter.
            }
        }
        String name = className.substring(0, Math.min(LEAST_NAME, className.length()));
        return TYPE.encode(new Failure(name, null, List.of(), null, List.of()), own);
    }

    /**
     * Reads a failure that {@link #encode} has written, from the buffer's position to its limit.
     *
     * @param limits of which the length counts, as in {@link #encode}
     * @throws WireFormatException if the bytes are none
     */
    public static Failure decode(ByteBuffer bytes, WireLimits limits) {
        Failure failure = TYPE.decode(bytes, own(limits));
        if (failure == null) {
            throw new Malformed("null, where a failure should be").of("Failure");
        }
        return failure;
    }

    private static WireLimits own(WireLimits limits) {
        return new WireLimits(Math.min(MOST_BYTES, Math.max(LEAST_BYTES, limits.maxBytes())), DEPTH);
    }

    /**
     * Makes the throwable again. It has its own type if that is one that the {@code throws} of the task's {@code call} or
     * {@code callAsync} names (exactly, or permitted by a sealed one that it names), {@link NotPortableException}, or a
     * class of the JDK (of a module {@code java.*}), and if a public constructor of message, message and cause, or
     * nothing gives it the same message. Else it is a {@link RemoteTaskException}. Stack traces are the remote ones, each
     * frame with the worker's name in front. No other class is loaded, whatever the failure names; for causes the same
     * holds. Never fails; what is beyond the bounds that {@link #of} has is left out.
     *
     * @param task whose failure it is
     * @param worker where it failed, such as {@code worker-3}
     */
    public Throwable rebuild(TaskWire task, String worker) {
        return Rebuilding.of(Bounds.USUAL.cut(this), task, worker);
    }
}
