package dev.gearshift.imgur.simulator;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A landscape that compresses like a photograph: a sky with a sun, three ridges, a few boulders, all shaded by octaves
 * of value noise and covered with grain.
 *
 * <p>Painting runs a row at a time in integers: an octave adds to a row by walking from lattice point to lattice point
 * with a constant step, so a pixel costs an addition per octave, a look-up in its layer's palette, and its grain.
 */
final class Scene {

    private static final int OCTAVES = 6;
    private static final int RIDGES = 3;
    private static final int SHADES = 256;
    private static final int BOULDERS = 5;

    /** Noise values and their sums are in 1/4096 of a shade. */
    private static final int SUBSHADE_BITS = 12;

    /** Noise of a film: bell-shaped, -128 to 127, any stretch of it as good as any other. */
    private static final byte[] GRAIN = grain();

    private final int width;
    private final int height;
    private final int grainStrength;
    private final SplittableRandom random;
    private final Octave[] octaves = new Octave[OCTAVES];
    private final int[][] palettes = new int[RIDGES + 2][];
    private final int[][] ridges = new int[RIDGES][];
    private final Disc sun;
    private final Disc[] boulders = new Disc[BOULDERS];
    private final int[] boulderPalette;

    private Scene(long seed, int width, int height, int grainStrength) {
        this.width = width;
        this.height = height;
        this.grainStrength = grainStrength;
        this.random = new SplittableRandom(seed);
        int longSide = Math.max(width, height);
        for (int octave = 0; octave < OCTAVES; octave++) {
            int cell = Math.max(2, longSide / (3 << octave));
            octaves[octave] = new Octave(cell, (SHADES / 3) >> octave);
        }
        palettes[0] = palette(70 + random.nextInt(60), 120 + random.nextInt(60), 170 + random.nextInt(60), 40);
        for (int ridge = 0; ridge < RIDGES; ridge++) {
            palettes[ridge + 1] = palette(
                    60 + random.nextInt(90) - 15 * ridge,
                    80 + random.nextInt(80) - 15 * ridge,
                    60 + random.nextInt(70) - 15 * ridge,
                    70 + 20 * ridge);
            ridges[ridge] = ridge(height * (40 + 18 * ridge + random.nextInt(10)) / 100);
        }
        palettes[RIDGES + 1] = palette(245, 225, 150 + random.nextInt(60), 12);
        boulderPalette = palette(120 + random.nextInt(40), 110 + random.nextInt(30), 95 + random.nextInt(30), 110);
        int radius = longSide / (14 + random.nextInt(10));
        sun = new Disc(random.nextInt(width), height / 10 + random.nextInt(height / 4 + 1), radius, radius);
        for (int i = 0; i < BOULDERS; i++) {
            int across = longSide / (20 + random.nextInt(30)) + 1;
            boulders[i] = new Disc(
                    random.nextInt(width), height * (70 + random.nextInt(28)) / 100, across, across * 2 / 3 + 1);
        }
    }

    /**
     * Paints a picture.
     *
     * @param grainStrength 0 (none) to 128, the largest deviation of a pixel in shades
     * @return rows of pixels from the top, three bytes each: blue, green, red
     */
    static byte[] paint(long seed, int width, int height, int grainStrength) {
        return new Scene(seed, width, height, grainStrength).paint();
    }

    private byte[] paint() {
        byte[] pixels = new byte[width * height * 3];
        int[] noise = new int[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(noise, (SHADES / 2) << SUBSHADE_BITS);
            for (Octave octave : octaves) {
                octave.addRow(y, noise);
            }
            int grainStart = random.nextInt(GRAIN.length - width);
            paintRow(y, noise, grainStart, pixels);
            for (Disc boulder : boulders) {
                int reach = boulder.reach(y);
                int shadow = (y - boulder.y) * 60 / boulder.down;
                for (int x = Math.max(0, boulder.x - reach); x < Math.min(width, boulder.x + reach); x++) {
                    put(pixels, x, y, boulderPalette, (noise[x] >> SUBSHADE_BITS) - shadow, GRAIN[grainStart + x]);
                }
            }
        }
        return pixels;
    }

    private void paintRow(int y, int[] noise, int grainStart, byte[] pixels) {
        int[] first = ridges[0];
        int[] second = ridges[1];
        int[] third = ridges[2];
        int reach = sun.reach(y);
        int sunLeft = sun.x - reach;
        int sunRight = sun.x + reach;
        int skyShade = y * 90 / height - 20;
        for (int x = 0; x < width; x++) {
            int shade = noise[x] >> SUBSHADE_BITS;
            int layer;
            if (y < first[x]) {
                layer = x >= sunLeft && x < sunRight ? RIDGES + 1 : 0;
                shade += skyShade;
            } else if (y < second[x]) {
                layer = 1;
            } else {
                layer = y < third[x] ? 2 : 3;
            }
            put(pixels, x, y, palettes[layer], shade, GRAIN[grainStart + x]);
        }
    }

    private void put(byte[] pixels, int x, int y, int[] palette, int shade, int grain) {
        int colour = palette[Math.max(0, Math.min(SHADES - 1, shade))];
        int deviation = grain * grainStrength >> 7;
        int at = (y * width + x) * 3;
        pixels[at] = channel((colour & 0xff) + deviation);
        pixels[at + 1] = channel((colour >> 8 & 0xff) + deviation);
        pixels[at + 2] = channel((colour >> 16 & 0xff) + deviation);
    }

    private static byte channel(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /** From dark to light around a colour; {@code contrast} is the distance to either end, in shades. */
    private static int[] palette(int red, int green, int blue, int contrast) {
        int[] palette = new int[SHADES];
        for (int shade = 0; shade < SHADES; shade++) {
            int lift = (shade - SHADES / 2) * contrast / (SHADES / 2);
            palette[shade] = (channel(red + lift) & 0xff) << 16
                    | (channel(green + lift) & 0xff) << 8
                    | (channel(blue + lift) & 0xff);
        }
        return palette;
    }

    /** A skyline: its height in each column. */
    private int[] ridge(int level) {
        double[] phases = random.doubles(4, 0, 2 * Math.PI).toArray();
        int[] ridge = new int[width];
        for (int x = 0; x < width; x++) {
            double at = 2 * Math.PI * x / width;
            double swing = Math.sin(at + phases[0])
                    + Math.sin(2.7 * at + phases[1]) / 2
                    + Math.sin(7.3 * at + phases[2]) / 5
                    + Math.sin(31 * at + phases[3]) / 25;
            ridge[x] = level + (int) (swing * height / 20);
        }
        return ridge;
    }

    private static byte[] grain() {
        SplittableRandom random = new SplittableRandom(0x6a09e667f3bcc908L);
        byte[] grain = new byte[1 << 16];
        for (int i = 0; i < grain.length; i++) {
            long bits = random.nextLong();
            int sum = (byte) bits + (byte) (bits >> 8) + (byte) (bits >> 16) + (byte) (bits >> 24);
            grain[i] = (byte) (sum / 4);
        }
        return grain;
    }

    /** An ellipse by its centre and its two radii. */
    private record Disc(int x, int y, int across, int down) {

        /** How far it reaches to either side in a row, 0 when it does not touch it. */
        int reach(int row) {
            double off = (double) (row - y) / down;
            return Math.abs(off) >= 1 ? 0 : (int) (across * Math.sqrt(1 - off * off));
        }
    }

    /** Random values on a lattice of square cells, linear between them. */
    private final class Octave {

        private final int cell;
        private final int columns;
        private final int[] lattice;

        Octave(int cell, int amplitude) {
            this.cell = cell;
            this.columns = width / cell + 2;
            this.lattice = new int[columns * (height / cell + 2)];
            int bound = Math.max(1, amplitude << SUBSHADE_BITS);
            for (int i = 0; i < lattice.length; i++) {
                lattice[i] = random.nextInt(-bound, bound);
            }
        }

        void addRow(int y, int[] noise) {
            int upper = y / cell * columns;
            int lower = upper + columns;
            int weight = y % cell * 256 / cell;
            int value = between(lattice[upper], lattice[lower], weight);
            for (int column = 0, start = 0; start < width; column++, start += cell) {
                int next = between(lattice[upper + column + 1], lattice[lower + column + 1], weight);
                int step = (next - value) / cell;
                int end = Math.min(width, start + cell);
                for (int x = start, at = value; x < end; x++, at += step) {
                    noise[x] += at;
                }
                value = next;
            }
        }

        private static int between(int upper, int lower, int weight) {
            return upper + ((lower - upper) >> 8) * weight;
        }
    }
}
