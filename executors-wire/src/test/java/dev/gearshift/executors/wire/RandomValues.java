package dev.gearshift.executors.wire;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes values of any type that travels, by reflection, with a liking for extremes. */
final class RandomValues {
    private static final String[] TEXTS = {"", "a", "äöü", "🚀", "\ud800", "x\udc00y", "\u0000", "plain text"};
    private static final String[] ZONES = {"Europe/Berlin", "America/New_York", "UTC+1", "Z", "Asia/Kolkata"};

    private final Random random;
    private int budget;

    RandomValues(Random random, int size) {
        this.random = random;
        this.budget = size;
    }

    @Nullable
    Object of(Type type) {
        return value(Applied.resolve(type, Map.of()), 0);
    }

    private @Nullable Object value(Type type, int depth) {
        Class<?> raw = rawOf(type);
        budget--;
        if (!raw.isPrimitive() && (random.nextInt(12) == 0 || depth > 20)) {
            return null;
        }
        Object scalar = scalar(raw);
        if (scalar != null) {
            return scalar;
        }
        if (type instanceof Applied.ArrayOf array) {
            return array(array.element(), depth);
        }
        if (raw.isArray()) {
            return array(raw.getComponentType(), depth);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw.isRecord()) {
            return record(type instanceof Applied applied ? applied : new Applied(raw, List.of()), depth);
        }
        if (raw.isSealed()) {
            Class<?>[] leaves = raw.getPermittedSubclasses();
            return value(leaves[random.nextInt(leaves.length)], depth + 1);
        }
        return container(raw, ((Applied) type).arguments(), depth);
    }

    private Object container(Class<?> raw, List<Type> arguments, int depth) {
        if (raw == Optional.class) {
            return Optional.ofNullable(value(arguments.get(0), depth + 1));
        }
        if (raw == Map.class) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = size(); i > 0; i--) {
                map.put(value(arguments.get(0), depth + 1), value(arguments.get(1), depth + 1));
            }
            return map;
        }
        boolean set = raw == Set.class || raw == Collection.class && random.nextBoolean();
        Collection<@Nullable Object> collection = set ? new LinkedHashSet<>() : new ArrayList<>();
        for (int i = size(); i > 0; i--) {
            collection.add(value(arguments.get(0), depth + 1));
        }
        return collection;
    }

    private int size() {
        return budget <= 0 ? 0 : random.nextInt(5);
    }

    private Object array(Type element, int depth) {
        Object array = Array.newInstance(rawOf(element), size());
        for (int i = 0; i < Array.getLength(array); i++) {
            Array.set(array, i, value(element, depth + 1));
        }
        return array;
    }

    private static Class<?> rawOf(Type type) {
        if (type instanceof Applied.ArrayOf array) {
            return rawOf(array.element()).arrayType();
        }
        return type instanceof Applied applied ? applied.raw() : (Class<?>) type;
    }

    private Object record(Applied type, int depth) {
        try {
            RecordComponent[] components = type.raw().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(Applied.resolve(components[i].getGenericType(), type.bindings()), depth + 1);
            }
            Constructor<?> constructor = type.raw().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(50) - 25;
            case 1 -> random.nextLong();
            case 2 -> 1L << random.nextInt(64);
            default -> random.nextInt();
        };
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(20) == 0 ? text.repeat(random.nextInt(3_000)) : text;
    }

    private LocalDateTime dateTime() {
        return LocalDateTime.ofEpochSecond(random.nextInt() * 30L, random.nextInt(1_000_000_000), ZoneOffset.UTC);
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64_800 + 1) - 64_800);
    }

    private @Nullable Object scalar(Class<?> raw) {
        return switch (raw.getSimpleName()) {
            case "boolean", "Boolean" -> random.nextBoolean();
            case "byte", "Byte" -> (byte) number();
            case "short", "Short" -> (short) number();
            case "char", "Character" -> (char) number();
            case "int", "Integer" -> (int) number();
            case "long", "Long" -> number();
            case "float", "Float" -> Float.intBitsToFloat((int) number());
            case "double", "Double" -> Double.longBitsToDouble(number());
            case "String" -> text();
            case "BigInteger" -> new BigInteger(random.nextInt(300), random).multiply(BigInteger.valueOf(number()));
            case "BigDecimal" -> new BigDecimal(new BigInteger(random.nextInt(100), random), (int) number());
            case "UUID" -> new UUID(number(), number());
            case "URI" -> URI.create("https://example.org/" + random.nextInt(100) + "?q=%20");
            case "Path" -> Path.of(random.nextBoolean() ? "relative/" + number() : "/absolute/" + number());
            case "File" -> new File(random.nextBoolean() ? "relative" : "/absolute/ä");
            case "Duration" -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000));
            case "Period" -> Period.of(random.nextInt(), random.nextInt(), random.nextInt());
            case "Instant" -> random.nextInt(5) == 0 ? Instant.MIN : Instant.ofEpochSecond(random.nextInt(), 7);
            case "LocalDate" -> LocalDate.ofEpochDay(random.nextInt() / 10);
            case "LocalTime" -> LocalTime.ofNanoOfDay(random.nextInt(Integer.MAX_VALUE) * 30_000L);
            case "LocalDateTime" -> dateTime();
            case "OffsetDateTime" -> OffsetDateTime.of(dateTime(), offset());
            case "ZonedDateTime" -> ZonedDateTime.of(dateTime(), ZoneId.of(ZONES[random.nextInt(ZONES.length)]));
            case "ZoneOffset" -> offset();
            case "ZoneId" -> ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
            case "OptionalInt" -> random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of((int) number());
            case "OptionalLong" -> random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(number());
            case "OptionalDouble" -> random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number());
            default -> null;
        };
    }
}
