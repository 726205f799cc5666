package dev.gearshift.executors.wire;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The parser, held to what {@link WireType} writes. It stands at one item; an array is entered and left. */
final class WireReader implements AutoCloseable {
    /** Less than a second. A set of all subsets of 13 numbers takes about half of it. */
    private static final long COMPARED_ANYWAY = 2L << 30;

    /** A set of all points of a plane of 1500 by 1500 takes about so much. */
    private static final long COMPARED_PER_BYTE = 64;

    private final byte[] document;
    private final Iterator<byte[]> beside;
    private final JsonParser parser;
    private final int maxDepth;
    private final long maxMemory;
    private final long maxCompared;
    private int depth;
    private long memory;
    private long compared;
    private @Nullable JsonToken token;

    WireReader(byte[] bytes, int offset, int length, Iterator<byte[]> beside, WireLimits limits) {
        document = bytes;
        this.beside = beside;
        Heads.check(bytes, offset, offset + length);
        parser = Cbor.FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
        maxDepth = limits.maxDepth();
        maxMemory = limits.maxMemory();
        maxCompared = COMPARED_ANYWAY + COMPARED_PER_BYTE * length;
    }

    @Override
    public void close() {
        parser.close();
    }

    /** Goes to the next item, which must be there. */
    void next() {
        if (!more()) {
            throw new Malformed("it has fewer parts than it should");
        }
    }

    /** Goes to the next item of the array; false at its end. */
    boolean more() {
        token = parser.nextToken();
        return token != null && token != JsonToken.END_ARRAY;
    }

    boolean atNothing() {
        return token == JsonToken.VALUE_NULL;
    }

    void begin() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    void end() {
        if (more()) {
            throw new Malformed("it has more parts than it should");
        }
    }

    /** Begins an array that counts as a level of nesting. */
    void enter() {
        begin();
        if (++depth > maxDepth) {
            throw new Malformed("it is nested deeper than " + maxDepth);
        }
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        end();
        left();
    }

    /** Tells that {@link #more} has found the end of what {@link #enter} began. */
    void left() {
        depth--;
    }

    /** Counts what is taken of the heap. */
    void charge(long bytes) {
        memory += bytes;
        if (memory > maxMemory) {
            throw new Malformed(String.format(
                    Locale.ROOT,
                    "it brings the value to about %,d bytes of memory, and the limit is %,d",
                    memory,
                    maxMemory));
        }
    }

    /** Counts what is compared with one another because of equal hash codes, in bytes of the heap. */
    void compared(long bytes) {
        compared += bytes;
        if (compared > maxCompared) {
            throw new Malformed("so many before it have the same hash code that comparing them takes too long");
        }
    }

    /** What reading has taken so far. The difference over a value is about what it takes to compare it. */
    long effort() {
        return memory + compared;
    }

    boolean bool() {
        if (token == JsonToken.VALUE_TRUE) {
            return true;
        }
        expect(JsonToken.VALUE_FALSE, "true or false");
        return false;
    }

    long integer(long least, long greatest) {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer");
        long value;
        try {
            value = parser.getLongValue();
        } catch (JacksonException e) {
            throw new Malformed("an integer of more than 64 bits");
        }
        if (value < least || value > greatest) {
            throw new Malformed(value + " is not between " + least + " and " + greatest);
        }
        return value;
    }

    int integer() {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long wide() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    float single() {
        number(JsonParser.NumberType.FLOAT);
        return parser.getFloatValue();
    }

    double twice() {
        number(JsonParser.NumberType.DOUBLE);
        return parser.getDoubleValue();
    }

    private void number(JsonParser.NumberType type) {
        expect(JsonToken.VALUE_NUMBER_FLOAT, "a floating-point number");
        if (parser.getNumberType() != type) {
            throw new Malformed("a floating-point number of another width");
        }
    }

    /** A text; one with lone surrogates came as its UTF-16 units. */
    String text() {
        if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            byte[] units = binary();
            charge(units.length);
            if (units.length % 2 != 0) {
                throw new Malformed("half a UTF-16 unit");
            }
            char[] chars = new char[units.length / 2];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) (units[2 * i] << 8 | units[2 * i + 1] & 0xff);
            }
            return new String(chars);
        }
        expect(JsonToken.VALUE_STRING, "a text");
        String text = parser.getString();
        charge(2L * text.length());
        return text;
    }

    byte[] bytes() {
        byte[] bytes = token == JsonToken.VALUE_NUMBER_INT ? besides() : binary();
        charge(bytes.length);
        return bytes;
    }

    private byte[] besides() {
        int length = integer();
        byte[] next = beside.hasNext() ? beside.next() : null;
        if (next == null || next.length != length) {
            throw new Malformed("an array of " + length + " bytes should be beside it, and "
                    + (next == null ? "none is" : "one of " + next.length + " is"));
        }
        return next;
    }

    /** At the end of the document. */
    void endBeside() {
        if (beside.hasNext()) {
            throw new Malformed("more arrays are beside it than it has");
        }
    }

    private byte[] binary() {
        expect(JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
        // The parser would copy a long one twice, and share one empty array: in a set, each must be its own.
        int at = (int) parser.currentTokenLocation().getByteOffset();
        int low = document[at] & 0x1f;
        int wide = low < 24 ? 0 : 1 << (low - 24);
        int length = wide == 0 ? low : 0;
        int start = at + 1 + wide;
        for (int i = at + 1; i < start; i++) {
            length = length << 8 | document[i] & 0xff;
        }
        return Arrays.copyOfRange(document, start, start + length);
    }

    private void expect(JsonToken expected, String name) {
        if (token != expected) {
            throw new Malformed("where " + name + " should be is " + (token == null ? "the end" : token.name()));
        }
    }
}
