package dev.gearshift.executors.wire;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types that have no parts of a declared type. */
enum Scalar {
    BOOLEAN(0, Boolean.class, boolean.class),
    BYTE(0, Byte.class, byte.class),
    SHORT(16, Short.class, short.class),
    CHAR(16, Character.class, char.class),
    INT(16, Integer.class, int.class),
    LONG(24, Long.class, long.class),
    FLOAT(16, Float.class, float.class),
    DOUBLE(24, Double.class, double.class),
    VOID(0, Void.class, void.class),
    STRING(40, String.class),
    BIG_INTEGER(64, BigInteger.class),
    BIG_DECIMAL(104, BigDecimal.class),
    UUID(32, UUID.class),
    URI(300, URI.class),
    PATH(64, Path.class),
    FILE(80, File.class),
    DURATION(24, Duration.class),
    PERIOD(24, Period.class),
    INSTANT(24, Instant.class),
    LOCAL_DATE(24, LocalDate.class),
    LOCAL_TIME(24, LocalTime.class),
    LOCAL_DATE_TIME(72, LocalDateTime.class),
    OFFSET_DATE_TIME(200, OffsetDateTime.class),
    ZONED_DATE_TIME(300, ZonedDateTime.class),
    ZONE_OFFSET(96, ZoneOffset.class),
    ZONE_ID(64, ZoneId.class),
    OPTIONAL_INT(16, OptionalInt.class),
    OPTIONAL_LONG(24, OptionalLong.class),
    OPTIONAL_DOUBLE(24, OptionalDouble.class),
    BOOLEANS(16, boolean[].class),
    BYTES(16, byte[].class),
    SHORTS(16, short[].class),
    CHARS(16, char[].class),
    INTS(16, int[].class),
    LONGS(16, long[].class),
    FLOATS(16, float[].class),
    DOUBLES(16, double[].class);

    private static final Map<Class<?>, Form> FORMS = new HashMap<>();

    static {
        for (Scalar scalar : values()) {
            Form form = new ScalarForm(scalar);
            for (Class<?> type : scalar.types) {
                FORMS.put(type, form);
            }
        }
    }

    private final int weight;
    private final Class<?>[] types;

    /** @param weight bytes of the heap, without those of the text or of the bytes that it is read from */
    Scalar(int weight, Class<?>... types) {
        this.weight = weight;
        this.types = types;
    }

    static @Nullable Form formOf(Class<?> type) {
        return FORMS.get(type);
    }

    /** How many bytes a field of a primitive type takes. */
    static int width(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return Long.BYTES;
        }
        return primitive == int.class || primitive == float.class ? Integer.BYTES : Short.BYTES;
    }

    private static final class ScalarForm extends Form {
        private final Scalar scalar;

        ScalarForm(Scalar scalar) {
            super(scalar.types[0], scalar.weight);
            this.scalar = scalar;
        }

        @Override
        void describe(Shape shape) {
            shape.add(scalar.name());
        }

        @Override
        void put(Object value, WireWriter out) {
            switch (scalar) {
                case BOOLEAN -> out.bool((Boolean) value);
                case BYTE -> out.integer((int) (Byte) value);
                case SHORT -> out.integer((int) (Short) value);
                case CHAR -> out.integer((int) (Character) value);
                case INT -> out.integer((int) (Integer) value);
                case LONG -> out.integer((long) (Long) value);
                case FLOAT -> out.single((Float) value);
                case DOUBLE -> out.twice((Double) value);
                case VOID -> throw new IllegalStateException();
                case STRING -> out.text((String) value);
                case BIG_INTEGER -> out.bytes(((BigInteger) value).toByteArray());
                case BIG_DECIMAL -> {
                    BigDecimal decimal = (BigDecimal) value;
                    out.begin(2);
                    out.integer(decimal.scale());
                    out.bytes(decimal.unscaledValue().toByteArray());
                    out.end();
                }
                case UUID -> {
                    UUID uuid = (UUID) value;
                    pair(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), out);
                }
                case URI, PATH, FILE, ZONE_ID -> Texts.put(value, out);
                case DURATION -> {
                    Duration duration = (Duration) value;
                    pair(duration.getSeconds(), duration.getNano(), out);
                }
                case PERIOD -> {
                    Period period = (Period) value;
                    out.begin(3);
                    out.integer(period.getYears());
                    out.integer(period.getMonths());
                    out.integer(period.getDays());
                    out.end();
                }
                case INSTANT -> {
                    Instant instant = (Instant) value;
                    pair(instant.getEpochSecond(), instant.getNano(), out);
                }
                case LOCAL_DATE -> out.integer(((LocalDate) value).toEpochDay());
                case LOCAL_TIME -> out.integer(((LocalTime) value).toNanoOfDay());
                case LOCAL_DATE_TIME -> dateTime((LocalDateTime) value, out);
                case OFFSET_DATE_TIME -> {
                    OffsetDateTime time = (OffsetDateTime) value;
                    out.begin(2);
                    dateTime(time.toLocalDateTime(), out);
                    out.integer(time.getOffset().getTotalSeconds());
                    out.end();
                }
                case ZONED_DATE_TIME -> {
                    ZonedDateTime time = (ZonedDateTime) value;
                    out.begin(3);
                    dateTime(time.toLocalDateTime(), out);
                    out.integer(time.getOffset().getTotalSeconds());
                    Texts.put(time.getZone(), out);
                    out.end();
                }
                case ZONE_OFFSET -> out.integer(((ZoneOffset) value).getTotalSeconds());
                case OPTIONAL_INT -> {
                    OptionalInt optional = (OptionalInt) value;
                    out.begin(optional.isPresent() ? 1 : 0);
                    optional.ifPresent(out::integer);
                    out.end();
                }
                case OPTIONAL_LONG -> {
                    OptionalLong optional = (OptionalLong) value;
                    out.begin(optional.isPresent() ? 1 : 0);
                    optional.ifPresent(out::integer);
                    out.end();
                }
                case OPTIONAL_DOUBLE -> {
                    OptionalDouble optional = (OptionalDouble) value;
                    out.begin(optional.isPresent() ? 1 : 0);
                    optional.ifPresent(out::twice);
                    out.end();
                }
                case BOOLEANS -> {
                    boolean[] from = (boolean[]) value;
                    ByteBuffer to = buffer(from.length, 1, out);
                    for (boolean element : from) {
                        to.put((byte) (element ? 1 : 0));
                    }
                    out.bytes(to.array());
                }
                case BYTES -> out.bytes((byte[]) value);
                case SHORTS -> {
                    short[] from = (short[]) value;
                    ByteBuffer to = buffer(from.length, Short.BYTES, out);
                    to.asShortBuffer().put(from);
                    out.bytes(to.array());
                }
                case CHARS -> {
                    char[] from = (char[]) value;
                    ByteBuffer to = buffer(from.length, Character.BYTES, out);
                    to.asCharBuffer().put(from);
                    out.bytes(to.array());
                }
                case INTS -> {
                    int[] from = (int[]) value;
                    ByteBuffer to = buffer(from.length, Integer.BYTES, out);
                    to.asIntBuffer().put(from);
                    out.bytes(to.array());
                }
                case LONGS -> {
                    long[] from = (long[]) value;
                    ByteBuffer to = buffer(from.length, Long.BYTES, out);
                    to.asLongBuffer().put(from);
                    out.bytes(to.array());
                }
                case FLOATS -> {
                    float[] from = (float[]) value;
                    ByteBuffer to = buffer(from.length, Float.BYTES, out);
                    to.asFloatBuffer().put(from);
                    out.bytes(to.array());
                }
                case DOUBLES -> {
                    double[] from = (double[]) value;
                    ByteBuffer to = buffer(from.length, Double.BYTES, out);
                    to.asDoubleBuffer().put(from);
                    out.bytes(to.array());
                }
            }
        }

        @Override
        Object take(WireReader in) {
            return switch (scalar) {
                case BOOLEAN -> in.bool();
                case BYTE -> (byte) in.integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
                case SHORT -> (short) in.integer(Short.MIN_VALUE, Short.MAX_VALUE);
                case CHAR -> (char) in.integer(Character.MIN_VALUE, Character.MAX_VALUE);
                case INT -> in.integer();
                case LONG -> in.wide();
                case FLOAT -> in.single();
                case DOUBLE -> in.twice();
                case VOID -> throw new Malformed("there is a value where none can be");
                case STRING -> in.text();
                case BIG_INTEGER -> new BigInteger(in.bytes());
                case BIG_DECIMAL -> {
                    in.begin();
                    in.next();
                    int scale = in.integer();
                    in.next();
                    BigDecimal decimal = new BigDecimal(new BigInteger(in.bytes()), scale);
                    in.end();
                    yield decimal;
                }
                case UUID -> {
                    in.begin();
                    in.next();
                    long high = in.wide();
                    in.next();
                    UUID uuid = new UUID(high, in.wide());
                    in.end();
                    yield uuid;
                }
                case URI -> Texts.uri(in.text());
                case PATH -> Path.of(in.text());
                case FILE -> new File(in.text());
                case ZONE_ID -> ZoneId.of(in.text());
                case DURATION -> {
                    in.begin();
                    in.next();
                    long seconds = in.wide();
                    Duration duration = Duration.ofSeconds(seconds, nanos(in));
                    in.end();
                    yield duration;
                }
                case PERIOD -> {
                    in.begin();
                    in.next();
                    int years = in.integer();
                    in.next();
                    int months = in.integer();
                    in.next();
                    Period period = Period.of(years, months, in.integer());
                    in.end();
                    yield period;
                }
                case INSTANT -> {
                    in.begin();
                    in.next();
                    long seconds = in.wide();
                    Instant instant = Instant.ofEpochSecond(seconds, nanos(in));
                    in.end();
                    yield instant;
                }
                case LOCAL_DATE -> LocalDate.ofEpochDay(in.wide());
                case LOCAL_TIME -> LocalTime.ofNanoOfDay(in.wide());
                case LOCAL_DATE_TIME -> dateTime(in);
                case OFFSET_DATE_TIME -> {
                    in.begin();
                    in.next();
                    LocalDateTime time = dateTime(in);
                    in.next();
                    OffsetDateTime at = OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(in.integer()));
                    in.end();
                    yield at;
                }
                case ZONED_DATE_TIME -> {
                    in.begin();
                    in.next();
                    LocalDateTime time = dateTime(in);
                    in.next();
                    ZoneOffset offset = ZoneOffset.ofTotalSeconds(in.integer());
                    in.next();
                    ZonedDateTime at = ZonedDateTime.ofInstant(time, offset, ZoneId.of(in.text()));
                    in.end();
                    yield at;
                }
                case ZONE_OFFSET -> ZoneOffset.ofTotalSeconds(in.integer());
                case OPTIONAL_INT -> {
                    in.begin();
                    if (!in.more()) {
                        yield OptionalInt.empty();
                    }
                    OptionalInt optional = OptionalInt.of(in.integer());
                    in.end();
                    yield optional;
                }
                case OPTIONAL_LONG -> {
                    in.begin();
                    if (!in.more()) {
                        yield OptionalLong.empty();
                    }
                    OptionalLong optional = OptionalLong.of(in.wide());
                    in.end();
                    yield optional;
                }
                case OPTIONAL_DOUBLE -> {
                    in.begin();
                    if (!in.more()) {
                        yield OptionalDouble.empty();
                    }
                    OptionalDouble optional = OptionalDouble.of(in.twice());
                    in.end();
                    yield optional;
                }
                case BOOLEANS -> {
                    ByteBuffer from = buffer(1, in);
                    boolean[] to = new boolean[from.remaining()];
                    for (int i = 0; i < to.length; i++) {
                        to[i] = from.get() != 0;
                    }
                    yield to;
                }
                case BYTES -> in.bytes();
                case SHORTS -> {
                    ByteBuffer from = buffer(Short.BYTES, in);
                    short[] to = new short[from.remaining() / Short.BYTES];
                    from.asShortBuffer().get(to);
                    yield to;
                }
                case CHARS -> {
                    ByteBuffer from = buffer(Character.BYTES, in);
                    char[] to = new char[from.remaining() / Character.BYTES];
                    from.asCharBuffer().get(to);
                    yield to;
                }
                case INTS -> {
                    ByteBuffer from = buffer(Integer.BYTES, in);
                    int[] to = new int[from.remaining() / Integer.BYTES];
                    from.asIntBuffer().get(to);
                    yield to;
                }
                case LONGS -> {
                    ByteBuffer from = buffer(Long.BYTES, in);
                    long[] to = new long[from.remaining() / Long.BYTES];
                    from.asLongBuffer().get(to);
                    yield to;
                }
                case FLOATS -> {
                    ByteBuffer from = buffer(Float.BYTES, in);
                    float[] to = new float[from.remaining() / Float.BYTES];
                    from.asFloatBuffer().get(to);
                    yield to;
                }
                case DOUBLES -> {
                    ByteBuffer from = buffer(Double.BYTES, in);
                    double[] to = new double[from.remaining() / Double.BYTES];
                    from.asDoubleBuffer().get(to);
                    yield to;
                }
            };
        }

        private static void pair(long first, long second, WireWriter out) {
            out.begin(2);
            out.integer(first);
            out.integer(second);
            out.end();
        }

        private static int nanos(WireReader in) {
            in.next();
            return (int) in.integer(0, 999_999_999);
        }

        private static void dateTime(LocalDateTime time, WireWriter out) {
            pair(time.toLocalDate().toEpochDay(), time.toLocalTime().toNanoOfDay(), out);
        }

        private static LocalDateTime dateTime(WireReader in) {
            in.begin();
            in.next();
            LocalDate date = LocalDate.ofEpochDay(in.wide());
            in.next();
            LocalTime time = LocalTime.ofNanoOfDay(in.wide());
            in.end();
            return LocalDateTime.of(date, time);
        }

        private static ByteBuffer buffer(int elements, int width, WireWriter out) {
            long size = (long) elements * width;
            out.room(size);
            return ByteBuffer.allocate((int) size);
        }

        private static ByteBuffer buffer(int width, WireReader in) {
            byte[] bytes = in.bytes();
            if (bytes.length % width != 0) {
                throw new Malformed(bytes.length + " bytes are no array of elements of " + width);
            }
            return ByteBuffer.wrap(bytes);
        }
    }
}
