package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes, the value or one exception; and what is allocated is in proportion to the bytes. */
class FuzzTests {
    /** What a byte can become: an entry of a map with its boxes, and the maps and lists of such. */
    private static final long BYTES_PER_BYTE = 250;

    /** What one reading takes anyway: the parser, an exception with its stack trace. */
    private static final long BYTES_PER_READ = 300_000;

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
            read(WireType.of(byte[].class), bytes);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            read(WireType.of(byte[].class), bytes);
            assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                    .as(hex)
                    .isLessThan(40_000);
        }
    }

    @Test
    @Timeout(60)
    void whatBlowsUpMost_staysInProportion() {
        record Lists(List<List<List<Integer>>> lists) {}
        byte[] bytes = MalformedTests.document(Lists.class, "819a00040000" + "818101".repeat(1 << 18));

        assertThat(allocated(WireType.of(Lists.class), bytes))
                .isLessThan(BYTES_PER_READ + BYTES_PER_BYTE * bytes.length);
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
                long began = System.nanoTime();
                long before = allocatedSoFar();
                boolean read;
                try {
                    read = read(type, bytes);
                } catch (Throwable e) {
                    throw new AssertionError(
                            "seed " + seed + ", bytes " + HexFormat.of().formatHex(bytes) + "\n" + source, e);
                }
                assertThat(allocatedSoFar() - before)
                        .as("allocated for %d bytes", bytes.length)
                        .isLessThan(BYTES_PER_READ + BYTES_PER_BYTE * bytes.length);
                assertThat(System.nanoTime() - began).isLessThan(LONGEST_READ_NANOS);
                readings++;
                values += read ? 1 : 0;
            }
        }
        assertThat(readings).isGreaterThan(1_000);
        assertThat(values).as("some damage is none").isPositive().isLessThan(readings);
    }

    /** True if there was a value. Anything but a value and a {@link WireFormatException} comes out. */
    private static boolean read(WireType<?> type, byte[] bytes) {
        try {
            type.decode(bytes, WireLimits.DEFAULT);
            return true;
        } catch (WireFormatException e) {
            assertThat(e.getCause() instanceof VirtualMachineError).isFalse();
            return false;
        }
    }

    private static long allocated(WireType<?> type, byte[] bytes) {
        long before = allocatedSoFar();
        assertThat(read(type, bytes)).isTrue();
        return allocatedSoFar() - before;
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
