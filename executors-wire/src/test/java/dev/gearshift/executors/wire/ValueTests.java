package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of the list, there and back. */
@Timeout(60)
class ValueTests {
    @Test
    void null_isAValueOfAnyType() {
        assertThat(back(String.class, null)).isNull();
        assertThat(back(Void.class, null)).isNull();
        assertThat(back(Point.class, null)).isNull();
        assertThat(back(component("words"), null)).isNull();
    }

    @Test
    void numbers_keepEveryBit() {
        same(Boolean.class, true);
        same(Byte.class, Byte.MIN_VALUE);
        same(Short.class, Short.MIN_VALUE);
        same(Character.class, '\ud800');
        same(Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 23, 24, 255, 256, 65_535, 65_536);
        same(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -(1L << 32), (1L << 32) - 1);
        same(Float.class, -0.0f, Float.NaN, Float.MIN_VALUE, Float.intBitsToFloat(0x7fc0_1234));
        same(Double.class, -0.0, Double.NaN, Double.MIN_VALUE, Double.longBitsToDouble(0x7ff8_0000_0000_1234L));
        same(BigInteger.class, BigInteger.ZERO, BigInteger.TEN.pow(2_000).negate());
        same(BigDecimal.class, new BigDecimal("1.00"), new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE));
    }

    @Test
    void primitives_areReadAsSuch() {
        same(Primitives.class, new Primitives(true, (byte) 1, (short) 2, 'c', 3, 4, 5.5f, 6.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "äöü",
                "🚀",
                "\u0000",
                "\ud800",
                "x\udc00",
                "\udc00\ud800",
                "🚀\ud83d",
                "\ufeff\uffff"
            })
    void texts_keepEveryUnit(String text) {
        same(String.class, text);
        for (int length : new int[] {60, 253, 999, 1_001, 3_997, 8_000, 70_000}) {
            same(String.class, "a".repeat(length) + text, text.repeat(length));
        }
    }

    @Test
    void placesAndTimes_areWhatTheyWere() {
        same(Path.class, Path.of("relative/file"), Path.of("/absolute"), Path.of(""), Path.of("../x"));
        same(File.class, new File("relative/file"), new File(""));
        same(URI.class, URI.create("https://example.org/a%20b?c=d#e"), URI.create("mailto:a@b"), URI.create(""));
        same(UUID.class, new UUID(-1, 7));
        same(Duration.class, Duration.ofSeconds(-5, 999_999_999), Duration.ofSeconds(Long.MIN_VALUE));
        same(Period.class, Period.of(1, -2, 3));
        same(Instant.class, Instant.MIN, Instant.MAX);
        same(LocalDate.class, LocalDate.MIN, LocalDate.MAX);
        same(LocalTime.class, LocalTime.MIN, LocalTime.MAX);
        same(LocalDateTime.class, LocalDateTime.MIN, LocalDateTime.MAX);
        same(OffsetDateTime.class, OffsetDateTime.MIN, OffsetDateTime.MAX);
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
        same(
                ZonedDateTime.class,
                ZonedDateTime.of(twice, ZoneId.of("Europe/Berlin")).withLaterOffsetAtOverlap(),
                ZonedDateTime.of(twice, ZoneId.of("Europe/Berlin")).withEarlierOffsetAtOverlap(),
                ZonedDateTime.of(twice, ZoneOffset.UTC));
        same(ZoneId.class, ZoneId.of("Europe/Berlin"), ZoneId.of("UTC+1"), ZoneOffset.ofHours(-3));
        same(ZoneOffset.class, ZoneOffset.MAX);
        same(DayOfWeek.class, DayOfWeek.MONDAY);
        same(OptionalInt.class, OptionalInt.empty(), OptionalInt.of(-1));
        same(OptionalLong.class, OptionalLong.empty(), OptionalLong.of(1));
        same(OptionalDouble.class, OptionalDouble.empty(), OptionalDouble.of(-0.0));
    }

    @Test
    void arrays_comeThrough() {
        same(boolean[].class, new boolean[] {true, false}, new boolean[0]);
        same(byte[].class, new byte[] {-1, 0}, new byte[0], new byte[3_000_000]);
        same(short[].class, new short[] {Short.MIN_VALUE, 1});
        same(char[].class, new char[] {'\ud800', 'a'});
        same(int[].class, new int[] {Integer.MIN_VALUE, 1});
        same(long[].class, new long[] {Long.MIN_VALUE, 1});
        same(float[].class, new float[] {-0.0f, Float.NaN});
        same(double[].class, new double[] {-0.0, Double.NaN});
        same(String[].class, (Object) new String[] {"a", null});
        same(int[][].class, (Object) new int[][] {{1}, null, {}});
        same(component("lists"), (Object) new List<?>[] {List.of(1), null});
    }

    @Test
    void collections_keepOrderAndNulls() {
        same(
                component("words"),
                List.of(),
                Arrays.asList("b", null, "a"),
                new ArrayDeque<>(List.of("x")).stream().toList());
        same(component("names"), new LinkedHashSet<>(Arrays.asList("b", null, "a")), new TreeSet<>(List.of("b", "a")));
        same(component("both"), List.of("a"), new LinkedHashSet<>(List.of("b", "a")));
        assertThat(back(component("both"), Set.of("a"))).isInstanceOf(Set.class);
        Map<@Nullable Point, @Nullable Colour> map = new LinkedHashMap<>();
        map.put(new Point(2, 1), Colour.RED);
        map.put(null, null);
        map.put(new Point(1, 2), Colour.BLUE);
        same(component("colours"), map, Map.of());
        same(component("optional"), Optional.empty(), Optional.of(List.of(Map.of("a", Optional.of(1)))));
    }

    @Test
    void arrays_areEachTheirOwnElement() {
        Object back = back(component("arrays"), new LinkedHashSet<>(List.of(new byte[0], new byte[0], new byte[1])));
        assertThat((Set<?>) back).hasSize(3);
    }

    @Test
    void collections_areReadAsUnmodifiable() {
        assertThatThrownBy(() -> Objects.requireNonNull((Collection<?>) back(component("words"), List.of("a")))
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Objects.requireNonNull((Collection<?>) back(component("names"), Set.of("a")))
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Objects.requireNonNull(
                                (Map<?, ?>) back(component("colours"), new EnumMap<>(TimeUnit.class)))
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void records_mayBeGenericNestedPrivateLocalAndEmpty() {
        record Local(int n, @Nullable Local next) {}
        record Empty() {}
        same(component("pair"), new Pair<>("left", new Pair<>(1L, List.of("x"))));
        same(component("twin"), new Twin<>(new Pair<>("a", "a"), List.of("b")));
        same(Local.class, new Local(1, new Local(2, null)));
        same(Empty.class, new Empty());
        same(Tree.class, new Tree(1, List.of(new Tree(2, List.of()), new Tree(3, List.of()))));
        same(Checked.class, new Checked("ok"));
    }

    @Test
    void enums_mayHaveBodies() {
        same(Colour.class, Colour.RED, Colour.BLUE);
        same(Holder.class, new Holder(Colour.BLUE));
    }

    @Test
    void sealedHierarchies_areFlattened() {
        same(Shape.class, new Circle(2.5), new Box(3), Line.DASHED, new Group(List.of(new Circle(1), Line.PLAIN)));
        same(component("expression"), new Sum<>(new Literal<>("a"), new Sum<>(new Literal<>("b"), new Nothing<>())));
    }

    @Test
    void aBuffer_isReadFromItsPositionToItsLimit() {
        WireType<Point> type = WireType.of(Point.class);
        byte[] bytes = type.encode(new Point(1, 2), WireLimits.DEFAULT);
        byte[] among = new byte[bytes.length + 20];
        Arrays.fill(among, (byte) 0xc1);
        System.arraycopy(bytes, 0, among, 9, bytes.length);
        for (boolean direct : new boolean[] {false, true}) {
            ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(among.length) : ByteBuffer.allocate(among.length);
            buffer.put(among).position(9).limit(9 + bytes.length);
            assertThat(type.decode(buffer, WireLimits.DEFAULT)).isEqualTo(new Point(1, 2));
            assertThat(type.decode(buffer.asReadOnlyBuffer(), WireLimits.DEFAULT))
                    .isEqualTo(new Point(1, 2));
            assertThat(type.decode(buffer.slice(), WireLimits.DEFAULT)).isEqualTo(new Point(1, 2));
            assertThat(buffer.remaining()).isEqualTo(bytes.length);
        }
    }

    @Test
    void largeArraysAndTexts_areCopiedOnce() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        WireType<byte[]> type = WireType.of(byte[].class);
        byte[] value = new byte[20_000_000];
        value[value.length - 1] = 7;
        long before = threads.getThreadAllocatedBytes(thread);
        byte[] bytes = type.encode(value, WireLimits.DEFAULT);
        long written = threads.getThreadAllocatedBytes(thread);
        byte[] back = type.decode(bytes, WireLimits.DEFAULT);
        long read = threads.getThreadAllocatedBytes(thread);

        assertThat(back).isEqualTo(value);
        assertThat(written - before).isLessThan(21_000_000);
        assertThat(read - written).isLessThan(21_000_000);
        record Parts(int n, byte[] large, String text, byte[] small, List<Integer> many) {}
        same(
                Parts.class,
                new Parts(1, value, "ü".repeat(300_000), new byte[70_000], Collections.nCopies(2_000_000, 1_000)));
    }

    @Test
    void theFormat_isCborOfAFewBytes() {
        byte[] bytes = WireType.of(Point.class).encode(new Point(1, -2), WireLimits.DEFAULT);

        assertThat(bytes)
                .hasSizeLessThanOrEqualTo(10)
                .endsWith(0x82, 0x01, 0x21)
                .startsWith(0x82);
    }

    @Test
    void theOutline_isOfNamesAndTypes_notOfEnumConstantsAndClassNames() {
        record AsBefore(int x, int y) {}
        record Turned(int y, int x) {}
        record Wider(long x, int y) {}
        int before = WireType.of(Point.class).fingerprint();

        assertThat(WireType.of(AsBefore.class).fingerprint()).isEqualTo(before);
        assertThat(WireType.of(Turned.class).fingerprint()).isNotEqualTo(before);
        assertThat(WireType.of(Wider.class).fingerprint()).isNotEqualTo(before);
        assertThat(WireType.of(Colour.class).fingerprint())
                .isEqualTo(WireType.of(Line.class).fingerprint());
    }

    @Test
    void threads_shareAType() throws Exception {
        WireType<Tree> type = WireType.of(Tree.class);
        Tree tree = new Tree(1, Collections.nCopies(50, new Tree(2, List.of())));
        List<Thread> threads = new java.util.ArrayList<>();
        List<Object> wrong = Collections.synchronizedList(new java.util.ArrayList<>());
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    Tree back = type.decode(type.encode(tree, WireLimits.DEFAULT), WireLimits.DEFAULT);
                    if (!tree.equals(back)) {
                        wrong.add("wrong");
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    private static void same(Type type, Object... values) {
        for (Object value : values) {
            Object back = back(type, value);
            assertThat(Same.are(value, back))
                    .as("%s: %s became %s", type, value, back)
                    .isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object back(Type type, @Nullable Object value) {
        WireType<Object> wire = (WireType<Object>) WireType.of(type);
        return wire.decode(wire.encode(value, WireLimits.DEFAULT), WireLimits.DEFAULT);
    }

    private static Type component(String name) {
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    /** Types with arguments, by component. */
    record Types(
            List<String> words,
            Set<String> names,
            Collection<String> both,
            Map<Point, Colour> colours,
            Optional<List<Map<String, Optional<Integer>>>> optional,
            Pair<String, Pair<Long, List<String>>> pair,
            Twin<String> twin,
            List<Integer>[] lists,
            Set<byte[]> arrays,
            Expression<String> expression) {}

    record Point(int x, int y) {}

    record Pair<A, B>(A first, B second) {}

    record Twin<T>(Pair<T, T> both, List<T> rest) {}

    record Tree(int n, List<Tree> children) {}

    record Holder(Colour colour) {}

    private record Checked(String text) {
        private Checked {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
        }
    }

    record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    enum Colour {
        RED,
        BLUE {
            @Override
            public String toString() {
                return "blue";
            }
        }
    }

    sealed interface Shape permits Round, Line, Box, Group {}

    sealed interface Round extends Shape permits Circle {}

    record Circle(double radius) implements Round {}

    record Box(int side) implements Shape {}

    record Group(List<Shape> shapes) implements Shape {}

    enum Line implements Shape {
        PLAIN,
        DASHED
    }

    sealed interface Expression<T> {}

    record Literal<V>(V value) implements Expression<V> {}

    record Sum<X>(Expression<X> left, Expression<X> right) implements Expression<X> {}

    record Nothing<T>() implements Expression<T> {}
}
