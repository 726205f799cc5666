package dev.gearshift.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the orientation in EXIF data: a TIFF header, and the entry {@code 0x0112} of its first directory. */
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY_BYTES = 12;

    private final ByteBuffer tiff;

    ExifOrientation(byte[] bytes, int start) {
        tiff = ByteBuffer.wrap(bytes, start, bytes.length - start).slice();
    }

    /** 1 to 8 in a sound file; 0 if there is none, or the data makes no sense. */
    int value() {
        if (tiff.limit() < 8) {
            return 0;
        }
        int order = tiff.getShort(0);
        if (order != 0x4949 && order != 0x4D4D) {
            return 0;
        }
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 0;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (entry > tiff.limit() - ENTRY_BYTES) {
                return 0;
            }
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                return number(tiff.getShort(entry + 2), entry + 8);
            }
        }
        return 0;
    }

    private int number(int type, int at) {
        return switch (type) {
            case SHORT -> tiff.getShort(at);
            case LONG -> tiff.getInt(at);
            default -> 0;
        };
    }
}
