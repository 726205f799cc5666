package dev.gearshift.imgur.simulator;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files: 8 bits per channel, no transparency, each row stored as the difference from the one above it. */
final class PngFile {

    private static final int CHUNK_OVERHEAD = 12;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] TEXT_KEYWORD = {'C', 'o', 'm', 'm', 'e', 'n', 't', 0};
    private static final int FILTER_UP = 2;

    private PngFile() {}

    /** Encodes rows of blue, green, red bytes, and lengthens the file to {@code length} bytes if it is shorter. */
    static byte[] encode(byte[] pixels, int width, int height, int length, long seed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(length + 1024);
        file.writeBytes(SIGNATURE);
        byte[] header = new byte[13];
        putInt(header, 0, width);
        putInt(header, 4, height);
        header[8] = 8;
        header[9] = 2;
        writeChunk(file, "IHDR", header);
        byte[] data = deflated(filtered(pixels, width, height));
        int missing = length - file.size() - (CHUNK_OVERHEAD + data.length) - CHUNK_OVERHEAD;
        if (missing >= CHUNK_OVERHEAD + TEXT_KEYWORD.length) {
            byte[] text = new byte[missing - CHUNK_OVERHEAD];
            System.arraycopy(TEXT_KEYWORD, 0, text, 0, TEXT_KEYWORD.length);
            new Filler(seed).fill(text, TEXT_KEYWORD.length, text.length);
            writeChunk(file, "tEXt", text);
        }
        writeChunk(file, "IDAT", data);
        writeChunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] filtered(byte[] pixels, int width, int height) {
        int stride = width * 3;
        byte[] rows = new byte[height * (stride + 1)];
        for (int y = 0; y < height; y++) {
            int row = y * (stride + 1);
            rows[row] = FILTER_UP;
            for (int x = 0; x < stride; x++) {
                int at = y * stride + x - x % 3 + (2 - x % 3);
                int above = y == 0 ? 0 : pixels[at - stride];
                rows[row + 1 + x] = (byte) (pixels[at] - above);
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            byte[] chunk = new byte[16 * 1024];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void writeChunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] chunk = new byte[CHUNK_OVERHEAD + data.length];
        putInt(chunk, 0, data.length);
        for (int i = 0; i < 4; i++) {
            chunk[4 + i] = (byte) type.charAt(i);
        }
        System.arraycopy(data, 0, chunk, 8, data.length);
        CRC32 check = new CRC32();
        check.update(chunk, 4, 4 + data.length);
        putInt(chunk, 8 + data.length, (int) check.getValue());
        file.writeBytes(chunk);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }
}
