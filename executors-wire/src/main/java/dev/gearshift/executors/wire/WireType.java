package dev.gearshift.executors.wire;

import dev.gearshift.executors.NotPortableException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of one type. The format is CBOR (RFC 8949), of which these items alone are used:
 *
 * <pre>
 * document   = [ fingerprint, value ]          nothing follows it
 * fingerprint = integer                        CRC-32 of the outline of the type, see below
 * value      = null                            where the type is not primitive
 *            | true | false | integer | float32 | float64
 *            | text | bytes                    bytes for a text: its UTF-16 units, where a surrogate is alone
 *            | integer                         for bytes: so many, which are not here but beside it, see Parcel
 *            | record | leaf | sequence | map | optional | either | parts
 *
 * record     = [ value... ]                    one for each component, in order
 * leaf       = [ index, value ]                of a sealed type: which leaf, in the order of permits, depth first
 * sequence   = [ value... ]                    List, Set, array of references
 * map        = [ key, value, key, value... ]   keys are values of any kind
 * optional   = [ value ] | [ ]
 * either     = [ set?, sequence ]              Collection: true for a set
 * parts      = [ part... ]                     UUID: two longs; Duration, Instant: seconds, nanoseconds;
 *                                              BigDecimal: scale, unscaled bytes; other times likewise
 * </pre>
 *
 * <p>Arrays of primitives are bytes, big-endian. Enum constants, {@code Path}, {@code File}, {@code URI} and {@code
 * ZoneId} are texts. Lengths are always stated; there are no tags, no CBOR maps and no names of classes.
 *
 * <p>Both ends must agree on component names and types, and on the leaves of sealed types: the fingerprint sees to it, so
 * that bytes from another version of the classes are refused and not misread. Enum constants may be added and reordered,
 * and classes renamed.
 *
 * <p>Lists, sets and maps are read as unmodifiable ones that equal what was written, in its order, with the nulls in
 * them. Reading allocates in proportion to the bytes that are there, never to a length that they claim, and within the
 * memory that {@link WireLimits} allow.
 *
 * <p>Immutable and thread-safe. Types of one class are kept with the class, those of the JDK for as long as they
 * are in use; keep others, such as {@code
 * List<String>}, where they are used.
 *
 * @param <T> the type
 */
public final class WireType<T> {
    private static final PerClass<WireType<?>> OF_CLASSES = new PerClass<>() {
        @Override
        WireType<?> make(Class<?> type) {
            return find(type, root(type));
        }
    };

    private final String root;
    private final Form form;
    private final int fingerprint;

    private WireType(String root, Form form) {
        this.root = root;
        this.form = form;
        this.fingerprint = Shape.fingerprint(form);
    }

    /**
     * The type of a class that has no type parameters.
     *
     * @throws NotPortableException if its values cannot travel; the message names the component and the remedy
     */
    @SuppressWarnings("unchecked") // the form of a type reads values of the type
    public static <T> WireType<T> of(Class<T> type) {
        return (WireType<T>) OF_CLASSES.of(type);
    }

    /**
     * Any type, such as a parameterized one.
     *
     * @throws NotPortableException if its values cannot travel; the message names the component and the remedy
     */
    public static WireType<?> of(Type type) {
        return type instanceof Class<?> plain
                ? OF_CLASSES.of(plain)
                : find(type, root(Applied.resolve(type, Map.of())));
    }

    static WireType<?> find(Type type, String root) {
        try {
            return new WireType<>(root, Forms.of(type));
        } catch (Misfit e) {
            throw e.of(root);
        }
    }

    static WireType<?> ofTask(Class<?> type) {
        try {
            return new WireType<>(root(type), Forms.ofTask(type));
        } catch (Misfit e) {
            throw e.of(root(type));
        }
    }

    /** What a path begins with. */
    static String root(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getSimpleName().isEmpty() ? plain.getTypeName() : plain.getSimpleName();
        }
        return type.getTypeName();
    }

    /**
     * Writes a value.
     *
     * @param value may be null
     * @throws NotPortableException if the value does not fit its type, cannot be read again, is beyond the limits, or
     *     throws anything but {@link OutOfMemoryError} while it is looked at; the message names the component
     */
    public byte[] encode(@Nullable T value, WireLimits limits) {
        return write(value, limits, null);
    }

    /**
     * Writes a value, but leaves its large byte arrays where they are. They are not copied: who changes one changes what
     * travels.
     *
     * @param value may be null
     * @throws NotPortableException as {@link #encode} does
     */
    public Parcel pack(@Nullable T value, WireLimits limits) {
        List<byte[]> arrays = new ArrayList<>();
        byte[] document = write(value, limits, arrays);
        return new Parcel(document, arrays);
    }

    private byte[] write(@Nullable T value, WireLimits limits, @Nullable List<byte[]> beside) {
        try (WireWriter out = new WireWriter(limits, beside)) {
            out.begin(2);
            out.integer(fingerprint);
            form.write(value, out);
            out.end();
            return out.finish();
        } catch (Misfit e) {
            throw e.of(root);
        } catch (RuntimeException | StackOverflowError e) {
            throw Misfit.thrown(e).of(root); // it nests deeper than this thread's stack
        }
    }

    /**
     * Reads a value that {@link #encode} has written.
     *
     * @param bytes all of it, not more
     * @return may be null
     * @throws WireFormatException if it is no such value, or beyond the limits, or anything else goes wrong: nothing
     *     but this is thrown, whatever the bytes
     */
    public @Nullable T decode(byte[] bytes, WireLimits limits) {
        return read(bytes, 0, bytes.length, List.of(), limits);
    }

    /**
     * Reads a value that {@link #encode} has written, from the buffer's position to its limit; both stay as they are.
     *
     * @return may be null
     * @throws WireFormatException if it is no such value, or beyond the limits, or anything else goes wrong: nothing
     *     but this is thrown, whatever the bytes
     */
    public @Nullable T decode(ByteBuffer bytes, WireLimits limits) {
        return unpack(bytes, List.of(), limits);
    }

    /**
     * Reads a value that {@link #pack} has written: the document from the buffer's position to its limit, and the arrays,
     * which become part of the value.
     *
     * @return may be null
     * @throws WireFormatException as {@link #decode(ByteBuffer, WireLimits)} does
     */
    public @Nullable T unpack(ByteBuffer document, List<byte[]> arrays, WireLimits limits) {
        if (document.hasArray()) {
            int start = document.arrayOffset() + document.position();
            return read(document.array(), start, document.remaining(), arrays, limits);
        }
        tooLong(document.remaining(), limits);
        byte[] copy = new byte[document.remaining()];
        document.duplicate().get(copy);
        return read(copy, 0, copy.length, arrays, limits);
    }

    @SuppressWarnings("unchecked") // the form of a type reads values of the type
    private @Nullable T read(byte[] bytes, int offset, int length, List<byte[]> beside, WireLimits limits) {
        tooLong(Parcel.length(length, beside), limits);
        try (WireReader in = new WireReader(bytes, offset, length, beside.iterator(), limits)) {
            in.next();
            in.begin();
            in.next();
            int written = in.integer();
            if (written != fingerprint) {
                throw new Malformed(String.format(
                        Locale.ROOT,
                        "it was written for another type or another version of this one (outline %08x, here %08x):"
                                + " both ends need the same classes",
                        written,
                        fingerprint));
            }
            in.next();
            @Nullable T value = (T) form.read(in);
            in.end();
            in.endBeside();
            return value;
        } catch (Malformed e) {
            throw e.of(root);
        } catch (ThreadDeath e) {
            throw e;
        } catch (Throwable e) {
            throw Malformed.thrown(e).of(root); // the parser, or what does not fit into this JVM
        }
    }

    private void tooLong(long length, WireLimits limits) {
        if (length > limits.maxBytes()) {
            throw new Malformed(String.format(
                            Locale.ROOT, "it has %,d bytes, and the limit is %,d", length, limits.maxBytes()))
                    .of(root);
        }
    }

    /** Which outline the type has: the same at both ends, or they do not understand each other. */
    public int fingerprint() {
        return fingerprint;
    }

    /** The type's name, as messages have it. */
    @Override
    public String toString() {
        return root;
    }
}
