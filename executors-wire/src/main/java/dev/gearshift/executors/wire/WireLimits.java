package dev.gearshift.executors.wire;

/**
 * How much one encoding may be. Both ends keep to them: what would exceed them is not written, and not read.
 *
 * @param maxBytes the length of the encoding in bytes, 1 or more
 * @param maxDepth how deep records, collections, arrays and optionals may be nested, 1 to 1000
 */
public record WireLimits(long maxBytes, int maxDepth) {
    /** 64 MiB, and a depth of 100. */
    public static final WireLimits DEFAULT = new WireLimits(64L << 20, 100);

    /** What the recursion of reader and writer affords on a thread with a stack of the usual size. */
    private static final int DEEPEST = 1_000;

    /** Checks the ranges. */
    public WireLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, but is " + maxBytes + ".");
        }
        if (maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("maxDepth must be 1 to " + DEEPEST + ", but is " + maxDepth + ".");
        }
    }

    /** The same with another length. */
    public WireLimits withMaxBytes(long maxBytes) {
        return new WireLimits(maxBytes, maxDepth);
    }

    /** The same with another depth. */
    public WireLimits withMaxDepth(int maxDepth) {
        return new WireLimits(maxBytes, maxDepth);
    }
}
