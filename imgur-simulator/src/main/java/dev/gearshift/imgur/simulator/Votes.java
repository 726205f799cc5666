package dev.gearshift.imgur.simulator;

import org.jspecify.annotations.Nullable;

/** What the public makes of a gallery entry. */
record Votes(long ups, long downs) {

    /** Those for the entry with this index; null where Imgur doesn't say. */
    static @Nullable Votes of(int index) {
        if (index % 17 == 5) {
            return null;
        }
        long ups = SeedMix.mix(2, index) >>> 52;
        return new Votes(ups, ups / 20);
    }

    long points() {
        return ups - downs;
    }

    long score() {
        return ups - downs / 2;
    }

    long favorites() {
        return ups / 4;
    }

    /** At most 136. */
    int comments() {
        return (int) (ups / 30);
    }
}
