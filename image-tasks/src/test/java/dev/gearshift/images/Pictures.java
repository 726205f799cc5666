package dev.gearshift.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Pictures to make files of. */
final class Pictures {
    static final Color TOP_LEFT = new Color(220, 30, 30);
    static final Color TOP_RIGHT = new Color(30, 200, 40);
    static final Color BOTTOM_LEFT = new Color(40, 50, 220);
    static final Color BOTTOM_RIGHT = new Color(230, 220, 40);

    private Pictures() {}

    /** Four quarters of four colours. */
    static BufferedImage quarters(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        int halfWidth = width / 2;
        int halfHeight = height / 2;
        fill(graphics, TOP_LEFT, 0, 0, halfWidth, halfHeight);
        fill(graphics, TOP_RIGHT, halfWidth, 0, width - halfWidth, halfHeight);
        fill(graphics, BOTTOM_LEFT, 0, halfHeight, halfWidth, height - halfHeight);
        fill(graphics, BOTTOM_RIGHT, halfWidth, halfHeight, width - halfWidth, height - halfHeight);
        graphics.dispose();
        return picture;
    }

    /** Soft colours with fine grain, about as hard to compress as a photograph. */
    static BufferedImage grainy(int width, int height) {
        Random random = new Random(7);
        return of(width, height, BufferedImage.TYPE_INT_RGB, (x, y) -> {
            int grain = random.nextInt(48) - 24;
            int red = clamp(128 + (int) (90 * Math.sin(x / 97.0)) + grain);
            int green = clamp(128 + (int) (90 * Math.cos(y / 71.0)) + grain);
            int blue = clamp(128 + (int) (90 * Math.sin((x + y) / 131.0)) + grain);
            return new Color(red, green, blue).getRGB();
        });
    }

    static BufferedImage of(int width, int height, int type, IntBinaryOperator rgb) {
        BufferedImage picture = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, rgb.applyAsInt(x, y));
            }
        }
        return picture;
    }

    /** One colour in a layout of the tests' choice, samples as they stand in the file. */
    static BufferedImage plain(int width, int height, int colorSpace, boolean alpha, int bits, int... samples) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(colorSpace),
                alpha,
                false,
                alpha ? BufferedImage.TRANSLUCENT : BufferedImage.OPAQUE,
                bits == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, samples);
            }
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static void fill(Graphics2D graphics, Color color, int x, int y, int width, int height) {
        graphics.setColor(color);
        graphics.fillRect(x, y, width, height);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
