package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the bytes, the value or one exception; and what is allocated is in proportion to the bytes. */
@Tag("once")
class FuzzTests {
    /** Of the memory that the limits allow, also for what is needed for a while only. */
    private static final long ALLOCATED_PER_BYTE_OF_MEMORY = 6;

    /** What one reading takes anyway: the parser, an exception with its stack trace. */
    private static final long BYTES_PER_READ = 300_000;

    /** What the first readings allocate when they load classes. */
    private static final long LOADED_ONCE = 16_000_000;

    private static final long LONGEST_READ_NANOS = Duration.ofSeconds(5).toNanos();

    @Test
    @Timeout(60)
    void damagedEncodings() throws Exception {
        fuzz(Duration.ofSeconds(4), 1);
    }

    @Test
    @Tag("proof")
    @Timeout(600)
    void damagedEncodings_long() throws Exception {
        fuzz(Duration.ofMinutes(4), System.nanoTime());
    }

    @Test
    @Timeout(60)
    void hugeClaims_allocateNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String hex : List.of(
                "5a7fffffff",
                "7a7fffffff",
                "9a7fffffff",
                "5b7fffffffffffffff",
                "5f",
                "7f",
                "9f",
                "bf",
                "5a0003d08f",
                "d9010080",
                "c249ffffffffffffffffff",
                "c4821a7fffffff1b7fffffffffffffff")) {
            byte[] bytes = MalformedTests.document(byte[].class, hex);
            read(WireType.of(byte[].class), bytes, WireLimits.DEFAULT);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            read(WireType.of(byte[].class), bytes, WireLimits.DEFAULT);
            assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                    .as(hex)
                    .isLessThan(40_000);
        }
    }

    record Blown(
            List<Set<String>> sets,
            List<List<List<Integer>>> lists,
            List<Map<Integer, Integer>> maps,
            List<Map<Integer, Integer>> emptyMaps,
            List<Collection<String>> collections,
            List<Empty> records,
            List<Optional<Integer>> optionals,
            List<String> texts,
            List<byte[]> arrays,
            List<int[][]> arraysOfArrays,
            List<Path> paths,
            List<File> files,
            List<URI> addresses,
            List<BigDecimal> decimals,
            List<LocalDateTime> times,
            List<ZonedDateTime> zoned,
            List<ZoneOffset> offsets,
            List<Long> numbers,
            List<Wide> wide) {
        record Empty() {}

        record Wide(long a, double b, int c, short d, byte e, boolean f) {}
    }

    @ParameterizedTest
    @CsvSource({
        "0, 80",
        "0, 8160",
        "1, 818101",
        "2, 820101",
        "3, 80",
        "4, 82f580",
        "4, 82f58160",
        "5, 80",
        "6, 8101",
        "6, 80",
        "7, 60",
        "7, 6161",
        "7, 62c3bc",
        "8, 40",
        "9, 8140",
        "10, 60",
        "11, 60",
        "12, 60",
        "13, 82004100",
        "14, 820000",
        "15, 83820000006155",
        "15, 83820000006c416d65726963612f4c696d61",
        "16, 01",
        "17, 1903e8",
        "18, 86190fe8fb000000000000000001190fff00f5"
    })
    @Timeout(60)
    void whatBlowsUp_staysWithinTheMemory(int component, String item) {
        Type list = Blown.class.getRecordComponents()[component].getGenericType();
        int count = 3_000_000 / item.length();
        byte[] bytes = MalformedTests.document(list, String.format("9a%08x", count) + item.repeat(count));
        WireLimits limits = WireLimits.DEFAULT.withMaxMemory(8L * bytes.length);

        long before = allocatedSoFar();
        read(WireType.of(list), bytes, limits);
        assertThat(allocatedSoFar() - before)
                .isLessThan(BYTES_PER_READ + ALLOCATED_PER_BYTE_OF_MEMORY * limits.maxMemory());
    }

    record Cell(int a, int b) {}

    record Crowds(
            Set<Cell> cells,
            List<Cell> cellsInOrder,
            Map<Cell, Integer> squares,
            List<Integer> squaresInOrder,
            Set<BigDecimal> decimals,
            List<BigDecimal> decimalsInOrder,
            Set<List<Integer>> rows,
            List<List<Integer>> rowsInOrder,
            Set<Set<Cell>> boards,
            List<List<Cell>> boardsInOrder,
            Set<Long> numbers,
            List<Long> numbersInOrder,
            Set<Set<Long>> subsets) {}

    @Test
    @Timeout(60)
    void hashCodesThatAreMadeToBeEqual_areRefusedSoon() {
        refusedSoon(0, IntStream.range(0, 100_000).mapToObj(i -> sameHash(i, 0)).toList());
        refusedSoon(4, IntStream.range(1, 61).mapToObj(i -> sameHash(1_000 * i)).toList());
        List<Integer> row = Collections.nCopies(2_000, 7);
        refusedSoon(
                6,
                IntStream.range(0, 3_000)
                        .mapToObj(i -> Stream.concat(row.stream(), Stream.of(i, -31 * i))
                                .toList())
                        .toList());
    }

    @Test
    @Timeout(60)
    void setsOfSetsThatAreMadeToBeEqual_areRefusedSoon() {
        refusedSoon(
                8,
                IntStream.range(0, 400)
                        .mapToObj(i -> IntStream.range(0, 400)
                                .mapToObj(n -> sameHash(400 * i + n, 0))
                                .toList())
                        .toList());
    }

    @Test
    @Timeout(60)
    void poorHashCodes_areFine() {
        Set<Cell> plane = new LinkedHashSet<>();
        for (int i = 0; i < 500 * 500; i++) {
            plane.add(new Cell(i / 500, i % 500));
        }
        Set<Long> packed = new LinkedHashSet<>();
        for (long i = 0; i < 500 * 500; i++) {
            packed.add(i / 500 << 32 | i % 500);
        }
        Set<Set<Long>> subsets = new LinkedHashSet<>();
        for (int i = 0; i < 1 << 13; i++) {
            int bits = i;
            subsets.add(LongStream.range(0, 13)
                    .filter(n -> (bits >> n & 1) == 1)
                    .boxed()
                    .collect(Collectors.toSet()));
        }
        Map<Integer, Set<?>> sets = Map.of(0, plane, 10, packed, 12, subsets);
        sets.forEach((component, set) -> {
            WireType<Object> type = type(component);
            assertThat(type.decode(type.encode(set, WireLimits.DEFAULT), WireLimits.DEFAULT))
                    .isEqualTo(set);
        });
    }

    private static Cell sameHash(int i, int hash) {
        return new Cell(i, hash - 31 * i);
    }

    /** One that differs by its scale from the others, and is of their magnitude, and has their hash code. */
    private static BigDecimal sameHash(int scale) {
        BigInteger unscaled = BigInteger.TEN.pow(scale).shiftRight(31).shiftLeft(32);
        int inverse =
                BigInteger.valueOf(31).modInverse(BigInteger.ONE.shiftLeft(32)).intValue();
        int last = -scale * inverse - unscaled.hashCode();
        BigDecimal decimal = new BigDecimal(unscaled.add(BigInteger.valueOf(last & 0xffff_ffffL)), scale);
        assertThat(decimal.hashCode()).isZero();
        return decimal;
    }

    /** A set is written as a list is, but for the fingerprint. */
    private static void refusedSoon(int component, List<?> elements) {
        WireType<Object> set = type(component);
        WireType<Object> list = type(component + 1);
        byte[] bytes = list.encode(elements, WireLimits.DEFAULT);
        int start = list.encode(null, WireLimits.DEFAULT).length - 1;
        String hex = HexFormat.of().formatHex(bytes, start, bytes.length);
        byte[] hostile = MalformedTests.document(typeOf(component), hex);
        long began = cpuNanos();

        assertThatThrownBy(() -> set.decode(hostile, WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("so many before it have the same hash code that comparing them takes too long.");
        assertThat(Duration.ofNanos(cpuNanos() - began)).isLessThan(Duration.ofSeconds(10));
    }

    /** Of this thread: on a busy machine, all takes longer. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Type typeOf(int component) {
        return Crowds.class.getRecordComponents()[component].getGenericType();
    }

    @SuppressWarnings("unchecked")
    private static WireType<Object> type(int component) {
        return (WireType<Object>) WireType.of(typeOf(component));
    }

    @SuppressWarnings("unchecked")
    private static void fuzz(Duration time, long seed) throws Exception {
        Random random = new Random(seed);
        long end = System.nanoTime() + time.toNanos();
        long readings = 0;
        long values = 0;
        while (System.nanoTime() < end) {
            String source = RandomTypes.source(random);
            Class<?> root = Class.forName("Types$Root", true, new CompiledSource("Types", source));
            WireType<Object> type = (WireType<Object>) (WireType<?>) WireType.of(root);
            List<byte[]> valid = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                valid.add(type.encode(new RandomValues(random, 200).of(root), WireLimits.DEFAULT));
            }
            byte[] start = Arrays.copyOf(valid.get(0), 6);
            for (int i = 0; i < 1_000 && System.nanoTime() < end; i++) {
                byte[] bytes = damaged(valid, start, random);
                WireLimits limits = WireLimits.DEFAULT.withMaxMemory(32L * bytes.length + 1);
                boolean read;
                try {
                    read = readWithinBounds(type, bytes, limits);
                } catch (Throwable e) {
                    throw new AssertionError(
                            "seed " + seed + ", bytes " + HexFormat.of().formatHex(bytes) + "\n" + source, e);
                }
                readings++;
                values += read ? 1 : 0;
            }
        }
        assertThat(readings).isGreaterThan(1_000);
        assertThat(values).as("some damage is none").isPositive().isLessThan(readings);
    }

    /** The same as {@link #read}; it allocates no more and takes no longer than it may. */
    private static boolean readWithinBounds(WireType<?> type, byte[] bytes, WireLimits limits) {
        long most = BYTES_PER_READ + ALLOCATED_PER_BYTE_OF_MEMORY * limits.maxMemory();
        long began = cpuNanos();
        long before = allocatedSoFar();
        boolean read = read(type, bytes, limits);
        long allocated = allocatedSoFar() - before;
        if (allocated >= most) { // The first reading of its kind loads classes.
            assertThat(allocated).isLessThan(most + LOADED_ONCE);
            began = cpuNanos();
            before = allocatedSoFar();
            read(type, bytes, limits);
            allocated = allocatedSoFar() - before;
        }
        assertThat(allocated).as("allocated for %d bytes", bytes.length).isLessThan(most);
        assertThat(cpuNanos() - began).isLessThan(LONGEST_READ_NANOS);
        return read;
    }

    /** True if there was a value. Anything but a value and a {@link WireFormatException} comes out. */
    private static boolean read(WireType<?> type, byte[] bytes, WireLimits limits) {
        try {
            type.decode(bytes, limits);
            return true;
        } catch (WireFormatException e) {
            assertThat(e.getCause() instanceof VirtualMachineError).isFalse();
            return false;
        }
    }

    private static long allocatedSoFar() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static byte[] damaged(List<byte[]> valid, byte[] start, Random random) {
        byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
            case 3 -> {
                byte[] other = valid.get(random.nextInt(valid.size()));
                int at = random.nextInt(Math.min(bytes.length, other.length));
                System.arraycopy(other, at, bytes, at, Math.min(bytes.length, other.length) - at);
            }
            case 4 -> {
                bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
            }
            default -> {
                bytes = new byte[6 + random.nextInt(100)];
                random.nextBytes(bytes);
                System.arraycopy(start, 0, bytes, 0, 6);
            }
        }
        return bytes;
    }
}
