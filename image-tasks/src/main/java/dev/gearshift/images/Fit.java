package dev.gearshift.images;

/**
 * How a picture comes into a square box: the size that keeps its ratio and never enlarges, and how much of it need be
 * decoded for that.
 */
record Fit(int width, int height, int step, boolean coarse) {
    /** Decoding keeps at least this many pixels for each one of the result; fewer shows as jagged edges. */
    private static final int OVERSAMPLING = 4;

    /** From this ratio on, an eighth of the resolution is all that the result can show. */
    private static final int COARSE_RATIO = 8;

    /**
     * @param step every how many rows and columns to decode, 1 for all
     * @param coarse whether the first pass of a progressive file is enough
     */
    Fit {
        if (width < 1 || height < 1 || step < 1) {
            throw new IllegalArgumentException(width + " x " + height + ", every " + step);
        }
    }

    static Fit into(int size, int width, int height) {
        int longest = Math.max(width, height);
        if (longest <= size) {
            return new Fit(width, height, 1, false);
        }
        double scale = (double) size / longest;
        return new Fit(
                (int) Math.max(1, Math.round(width * scale)),
                (int) Math.max(1, Math.round(height * scale)),
                (int) Math.max(1, longest / ((long) OVERSAMPLING * size)),
                longest >= (long) COARSE_RATIO * size);
    }
}
