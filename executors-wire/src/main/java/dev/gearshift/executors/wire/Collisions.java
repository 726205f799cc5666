package dev.gearshift.executors.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts equal hash codes while a set, or the keys of a map, are read. A hash table compares an element with all that
 * have its hash code, so bytes that were made for it could keep a thread busy for hours: what is compared is charged.
 */
final class Collisions {
    /** So few are compared anyway, and never by their order. */
    private static final int FEW = 8;

    /** A hash table looks for these by their order, among few of them. */
    private static final Set<Class<?>> ORDERED = Set.of(
            Long.class,
            Double.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            Duration.class,
            Instant.class);

    private final Collection<?> before;
    private final WireReader in;
    private int[] hashes = {};
    private int[] counts = {};
    private int different;
    private long heaviest;

    /** @param before what has been read into the set so far; it grows */
    Collisions(Collection<?> before, WireReader in) {
        this.before = before;
        this.in = in;
    }

    /**
     * Looks at an element that will be added.
     *
     * @param effort of reading it; comparing it is no more
     * @throws Malformed if comparing takes too long
     */
    void coming(@Nullable Object element, long effort) {
        heaviest = Math.max(heaviest, effort);
        if (element instanceof BigDecimal decimal) {
            // Of two scales, one of them is multiplied by a power of ten.
            long bytes = decimal.unscaledValue().bitLength() / 8;
            heaviest = Math.max(heaviest, bytes * bytes);
        }
        if (before.size() < FEW) {
            return;
        }
        if (different == 0) {
            for (Object one : before) {
                count(one);
            }
        }
        int equal = count(element);
        if (equal > 0) {
            boolean ordered = element != null && ORDERED.contains(element.getClass());
            in.compared(heaviest * (ordered ? Integer.SIZE - Integer.numberOfLeadingZeros(equal) : equal));
        }
    }

    /** How many had this hash code before. */
    private int count(@Nullable Object element) {
        if (2 * different >= hashes.length) {
            grow();
        }
        int hash = element == null ? 0 : element.hashCode();
        int at = place(hash);
        if (counts[at] == 0) {
            hashes[at] = hash;
            different++;
        }
        return counts[at]++;
    }

    private int place(int hash) {
        int mixed = hash * 0x9e3779b9;
        int at = (mixed ^ mixed >>> 16) & hashes.length - 1;
        while (counts[at] != 0 && hashes[at] != hash) {
            at = at + 1 & hashes.length - 1;
        }
        return at;
    }

    private void grow() {
        int[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new int[Math.max(4 * FEW, 2 * oldHashes.length)];
        counts = new int[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldCounts[i] > 0) {
                int at = place(oldHashes[i]);
                hashes[at] = oldHashes[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
