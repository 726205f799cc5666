package dev.gearshift.executors.wire;

import java.util.Locale;

/**
 * One pass over an encoding before anything is made of it. It looks at the heads of the items alone: are they of the few
 * kinds that {@link WireType} writes, does every length fit into the bytes that are there, does the document end where
 * the bytes end. What the parser sees afterwards cannot make it allocate more than the bytes are worth.
 */
final class Heads {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int SIMPLE = 7;

    private Heads() {}

    static void check(byte[] bytes, int from, int to) {
        int at = from;
        long pending = 1;
        while (pending > 0) {
            if (pending > to - at) {
                throw new Malformed("it is cut short at byte " + (to - from));
            }
            int head = bytes[at] & 0xff;
            int low = head & 0x1f;
            int wide = low < 24 ? 0 : low < 28 ? 1 << (low - 24) : -1;
            if (wide < 0 || wide > to - at - 1) {
                throw wide < 0 ? strange(head, at - from) : new Malformed("it is cut short at byte " + (to - from));
            }
            long argument = wide == 0 ? low : 0;
            for (int i = 1; i <= wide; i++) {
                argument = argument << 8 | bytes[at + i] & 0xff;
            }
            int next = at + 1 + wide;
            pending--;
            switch (head >> 5) {
                case UNSIGNED, NEGATIVE -> {}
                case BYTES, TEXT -> {
                    fits(argument, to - next, at - from);
                    next += (int) argument;
                }
                case ARRAY -> {
                    fits(argument, to - next, at - from);
                    pending += argument;
                }
                case SIMPLE -> {
                    boolean known = low == 20 || low == 21 || low == 22 || low == 26 || low == 27;
                    if (!known) {
                        throw strange(head, at - from);
                    }
                }
                default -> throw strange(head, at - from);
            }
            at = next;
        }
        if (at != to) {
            throw new Malformed((to - at) + " bytes follow its end");
        }
    }

    private static void fits(long length, int left, int at) {
        if (length < 0 || length > left) {
            throw new Malformed("a length of " + Long.toUnsignedString(length) + " at byte " + at + ", where " + left
                    + " bytes are left");
        }
    }

    private static Malformed strange(int head, int at) {
        return new Malformed(
                String.format(Locale.ROOT, "byte %d is 0x%02x, which begins nothing that is written here", at, head));
    }
}
