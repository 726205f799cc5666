package dev.gearshift.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/** Brings pictures into the layouts that the next step can be trusted with. */
final class PlainPixels {
    private PlainPixels() {}

    /**
     * Grey pictures as RGB, others as they are. Java takes files' grey values for linear light, which they are not, and
     * brightens them in some of its layouts (16 bits, with alpha) when it draws them.
     */
    static BufferedImage withoutGrey(BufferedImage picture) {
        int type = picture.getColorModel().getColorSpace().getType();
        Raster raster = picture.getRaster();
        if (type != ColorSpace.TYPE_GRAY || !isInteger(raster)) {
            return picture;
        }
        boolean alpha = raster.getNumBands() == 2;
        BufferedImage plain = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        int bits = raster.getSampleModel().getSampleSize(0);
        int[] row = new int[picture.getWidth()];
        int[] samples = new int[row.length * raster.getNumBands()];
        for (int y = 0; y < picture.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, samples);
            for (int x = 0; x < row.length; x++) {
                int grey = eightBits(samples[alpha ? 2 * x : x], bits);
                int opacity = alpha ? eightBits(samples[2 * x + 1], bits) : 0xFF;
                row[x] = opacity << 24 | grey << 16 | grey << 8 | grey;
            }
            plain.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return plain;
    }

    /** Without transparency, on white. */
    static BufferedImage opaque(BufferedImage picture) {
        BufferedImage opaque = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(picture, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return opaque;
    }

    private static boolean isInteger(Raster raster) {
        int type = raster.getDataBuffer().getDataType();
        return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    }

    private static int eightBits(int sample, int bits) {
        return sample * 255 / ((1 << bits) - 1);
    }
}
