package dev.gearshift.executors.wire;

/**
 * How much one encoding may be. Both ends keep to them: what would exceed them is not written, and not read.
 *
 * <p>Whatever the limits, reading refuses sets and maps so many of whose elements or keys have the same hash codes that
 * comparing them would take seconds. Hash codes that are equal here and there cost nothing.
 *
 * @param maxBytes the length of the whole encoding in bytes, 1 or more; it is a little more than the data, so a {@code
 *     byte[]} of just this length does not fit
 * @param maxDepth how deep records, collections, arrays and optionals may be nested, 1 to 1000
 * @param maxMemory what the value may occupy in the heap, in bytes, 1 or more. It is counted by rule of thumb, for a
 *     JVM of 64 bits: 8 for a place in a list, 56 in a set or a map, 16 and the components for a record. Reading takes some
 *     more, for a short while
 */
public record WireLimits(long maxBytes, int maxDepth, long maxMemory) {
    /** 64 MiB, a depth of 100, 512 MiB of memory. */
    public static final WireLimits DEFAULT = new WireLimits(64L << 20, 100);

    /** What the recursion of reader and writer affords on a thread with a stack of the usual size. */
    private static final int DEEPEST = 1_000;

    private static final long USUAL_MEMORY_PER_BYTE = 8;

    private static final long LEAST_USUAL_MEMORY = 32L << 20;

    /** Checks the ranges. */
    public WireLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, but is " + maxBytes + ".");
        }
        if (maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("maxDepth must be 1 to " + DEEPEST + ", but is " + maxDepth + ".");
        }
        if (maxMemory < 1) {
            throw new IllegalArgumentException("maxMemory must be 1 or more, but is " + maxMemory + ".");
        }
    }

    /** With 8 bytes of memory for a byte of the encoding, 32 MiB at least. */
    public WireLimits(long maxBytes, int maxDepth) {
        this(maxBytes, maxDepth, usualMemory(maxBytes));
    }

    private static long usualMemory(long maxBytes) {
        return maxBytes > Long.MAX_VALUE / USUAL_MEMORY_PER_BYTE
                ? Long.MAX_VALUE
                : Math.max(LEAST_USUAL_MEMORY, maxBytes * USUAL_MEMORY_PER_BYTE);
    }

    /** The same with another length, and the memory that {@link #WireLimits(long, int)} has for it. */
    public WireLimits withMaxBytes(long maxBytes) {
        return new WireLimits(maxBytes, maxDepth);
    }

    /** The same with another depth. */
    public WireLimits withMaxDepth(int maxDepth) {
        return new WireLimits(maxBytes, maxDepth, maxMemory);
    }

    /** The same with another amount of memory. */
    public WireLimits withMaxMemory(long maxMemory) {
        return new WireLimits(maxBytes, maxDepth, maxMemory);
    }
}
