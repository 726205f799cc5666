package dev.gearshift.imgur.simulator;

/** One seed out of two numbers: near inputs give unrelated outputs (the finaliser of SplitMix64). */
final class SeedMix {

    private SeedMix() {}

    static long mix(long seed, long index) {
        long z = seed * 0x9e3779b97f4a7c15L + index + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
