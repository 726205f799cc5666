package dev.gearshift.imgur.simulator;

import java.util.SplittableRandom;

/** Printable text without meaning, different for each seed. */
final class Filler {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

    private final SplittableRandom random;

    Filler(long seed) {
        this.random = new SplittableRandom(seed);
    }

    void fill(byte[] bytes, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            if ((i - from) % 10 == 0) {
                bits = random.nextLong();
            }
            bytes[i] = (byte) LETTERS.charAt((int) (bits & 63));
            bits >>>= 6;
        }
    }
}
