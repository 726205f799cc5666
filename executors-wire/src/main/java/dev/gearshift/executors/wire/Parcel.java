package dev.gearshift.executors.wire;

import java.util.Arrays;
import java.util.List;

/**
 * A value as it travels with its large byte arrays beside it, so that they need not be copied into an encoding and out of
 * it again.
 *
 * @param document the encoding, where the length of a large array stands for it
 * @param arrays these arrays, in that order; what {@link WireType#pack} puts here is the value's own
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isLike
public record Parcel(byte[] document, List<byte[]> arrays) {
    /** What is at least as long is beside the document. */
    public static final int LARGE = 64 * 1024;

    /** Keeps the list as it is now. */
    public Parcel {
        arrays = List.copyOf(arrays);
    }

    /** How many bytes travel. */
    public long length() {
        return length(document.length, arrays);
    }

    static long length(int document, List<byte[]> arrays) {
        long length = document;
        for (byte[] array : arrays) {
            length += array.length;
        }
        return length;
    }

    /** The same with arrays of its own: what becomes of the value from now on does not travel. */
    public Parcel detached() {
        return arrays.isEmpty()
                ? this
                : new Parcel(document, arrays.stream().map(byte[]::clone).toList());
    }

    /** Whether the other has the same bytes. */
    public boolean isLike(Parcel other) {
        if (!Arrays.equals(document, other.document) || arrays.size() != other.arrays.size()) {
            return false;
        }
        for (int i = 0; i < arrays.size(); i++) {
            if (!Arrays.equals(arrays.get(i), other.arrays.get(i))) {
                return false;
            }
        }
        return true;
    }
}
