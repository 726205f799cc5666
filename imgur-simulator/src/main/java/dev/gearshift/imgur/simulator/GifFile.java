package dev.gearshift.imgur.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Small GIF files.
 *
 * <p>With 128 colours, LZW codes stay eight bits wide, one a byte, as long as the table holds fewer than 256 entries.
 * It is cleared before it does, so the pixels stand in the file as they are.
 */
final class GifFile {

    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private static final int COLOURS = 128;
    private static final int CODE_BITS = 7;
    private static final int CLEAR = COLOURS;
    private static final int END = COLOURS + 1;
    private static final int PIXELS_BETWEEN_CLEARS = 120;
    private static final int FRAME_DELAY_CENTISECONDS = 12;

    private GifFile() {}

    /** Moving rings; one frame makes it a still. */
    static byte[] rings(int variant, int frames) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(frames * WIDTH * HEIGHT * 5 / 4);
        write(file, 'G', 'I', 'F', '8', '9', 'a', WIDTH, 0, HEIGHT, 0, 0xf0 | CODE_BITS - 1, 0, 0);
        for (int colour = 0; colour < COLOURS; colour++) {
            write(file, colour * 2, 255 - colour * 2, colour * (variant + 1) & 0xff);
        }
        if (frames > 1) {
            write(file, 0x21, 0xff, 11);
            file.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
            write(file, 3, 1, 0, 0, 0);
        }
        for (int frame = 0; frame < frames; frame++) {
            write(file, 0x21, 0xf9, 4, 0, FRAME_DELAY_CENTISECONDS, 0, 0, 0);
            write(file, 0x2c, 0, 0, 0, 0, WIDTH, 0, HEIGHT, 0, 0);
            write(file, CODE_BITS);
            writeBlocks(file, codes(variant, frame, frames));
        }
        write(file, 0x3b);
        return file.toByteArray();
    }

    private static byte[] codes(int variant, int frame, int frames) {
        ByteArrayOutputStream codes = new ByteArrayOutputStream(WIDTH * HEIGHT * 9 / 8);
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            if (pixel % PIXELS_BETWEEN_CLEARS == 0) {
                codes.write(CLEAR);
            }
            double distance = Math.hypot(pixel % WIDTH - WIDTH / 2.0, pixel / WIDTH - HEIGHT / 2.0);
            codes.write((int) (distance * (3 + variant) + (double) COLOURS * frame / frames) % COLOURS);
        }
        codes.write(END);
        return codes.toByteArray();
    }

    private static void writeBlocks(ByteArrayOutputStream file, byte[] data) {
        for (int at = 0; at < data.length; at += 255) {
            int length = Math.min(255, data.length - at);
            file.write(length);
            file.write(data, at, length);
        }
        file.write(0);
    }

    private static void write(ByteArrayOutputStream file, int... bytes) {
        for (int value : bytes) {
            file.write(value);
        }
    }
}
