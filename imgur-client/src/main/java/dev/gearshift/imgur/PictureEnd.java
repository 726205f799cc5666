package dev.gearshift.imgur;

import java.nio.ByteBuffer;

/**
 * Whether a JPEG or PNG comes to its own end. A server that loses half of a file may send the length of the other half:
 * then only the picture itself tells. What follows its end does not matter.
 *
 * <pre>
 * JPEG  FF D8  FF marker length data  …  FF DA length data  entropy-coded data  …  FF D9
 * PNG   89 'P' 'N' 'G' 0D 0A 1A 0A  length type data CRC  …  0 'I' 'E' 'N' 'D' CRC
 * </pre>
 *
 * <p>Within entropy-coded data an {@code FF} is followed by {@code 00} or a restart marker. Used by one thread at a time.
 */
final class PictureEnd {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int RST0 = 0xD0;
    private static final int TEM = 0x01;
    private static final int IEND = 'I' << 24 | 'E' << 16 | 'N' << 8 | 'D';
    private static final int PNG_SIGNATURE_REST = 6;
    private static final int CRC = 4;

    private enum State {
        /** The first byte. */
        FIRST,
        /** The second byte. */
        SECOND,
        /** No picture of these kinds. */
        OTHER,
        /** JPEG: entropy-coded data, or before a marker. */
        DATA,
        /** JPEG: after an FF. */
        MARKER,
        /** JPEG: in the two bytes of a length. */
        SEGMENT_LENGTH,
        /** PNG: in the eight bytes of a length and a type. */
        CHUNK_HEAD,
        /** The end was reached. */
        END
    }

    private State state = State.FIRST;
    private int first;
    /** Bytes to be passed over before the state looks at one. */
    private long skip;

    private long number;
    private int digits;

    /** Looks at more bytes. */
    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining() && state != State.OTHER && state != State.END) {
            if (skip > 0) {
                int some = (int) Math.min(skip, bytes.remaining());
                bytes.position(bytes.position() + some);
                skip -= some;
            } else {
                add(bytes.get() & 0xFF);
            }
        }
    }

    /** Whether a picture has begun and not come to its end. */
    boolean isMissing() {
        return state.compareTo(State.DATA) >= 0 && state != State.END;
    }

    private void add(int b) {
        switch (state) {
            case FIRST -> {
                first = b;
                state = State.SECOND;
            }
            case SECOND -> began(b);
            case DATA -> state = b == 0xFF ? State.MARKER : State.DATA;
            case MARKER -> marker(b);
            case SEGMENT_LENGTH -> {
                if (numberEnds(b, 2)) {
                    skip = Math.max(0, take() - 2);
                    state = State.DATA;
                }
            }
            case CHUNK_HEAD -> {
                if (numberEnds(b, 8)) {
                    long head = take();
                    skip = (head >>> 32) + CRC;
                    state = (int) head == IEND ? State.END : State.CHUNK_HEAD;
                }
            }
            case OTHER, END -> throw new IllegalStateException("Nothing is looked at any more");
        }
    }

    private void began(int b) {
        if (first == 0xFF && b == SOI) {
            state = State.DATA;
        } else if (first == 0x89 && b == 'P') {
            skip = PNG_SIGNATURE_REST;
            state = State.CHUNK_HEAD;
        } else {
            state = State.OTHER;
        }
    }

    private void marker(int b) {
        if (b == EOI) {
            state = State.END;
        } else if (b == 0 || b == TEM || (b >= RST0 && b <= SOI)) {
            state = State.DATA;
        } else if (b != 0xFF) {
            state = State.SEGMENT_LENGTH;
        }
    }

    private boolean numberEnds(int b, int length) {
        number = number << 8 | b;
        digits++;
        return digits == length;
    }

    private long take() {
        long taken = number;
        number = 0;
        digits = 0;
        return taken;
    }
}
