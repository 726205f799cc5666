package dev.gearshift.imgur.simulator;

/** How many bytes a pixel of a {@link Scene} takes at a JPEG quality, measured once on one of them. */
final class QualityCurve {

    private static final float[] QUALITIES = {0.1f, 0.5f, 0.75f, 0.85f, 0.92f, 0.99f};

    private final double[] bytesPerPixel = new double[QUALITIES.length];

    QualityCurve(byte[] pixels, int width, int height, boolean progressive) {
        for (int i = 0; i < QUALITIES.length; i++) {
            byte[] jpeg = JpegFile.encode(pixels, width, height, QUALITIES[i], progressive);
            bytesPerPixel[i] = (double) jpeg.length / (width * height);
        }
    }

    /** The quality that spends this much on a pixel, or the nearest there is. */
    float qualityFor(double wanted) {
        int above = 0;
        while (above < QUALITIES.length && bytesPerPixel[above] < wanted) {
            above++;
        }
        if (above == 0 || above == QUALITIES.length) {
            return QUALITIES[Math.min(above, QUALITIES.length - 1)];
        }
        double low = bytesPerPixel[above - 1];
        double share = Math.log(wanted / low) / Math.log(bytesPerPixel[above] / low);
        return (float) (QUALITIES[above - 1] + share * (QUALITIES[above] - QUALITIES[above - 1]));
    }
}
