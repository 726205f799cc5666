package dev.gearshift.executors.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The parser, held to what {@link WireType} writes. It stands at one item; an array is entered and left. */
final class WireReader implements AutoCloseable {
    private final JsonParser parser;
    private final int maxDepth;
    private int depth;
    private @Nullable JsonToken token;

    WireReader(byte[] bytes, int offset, int length, WireLimits limits) {
        Heads.check(bytes, offset, offset + length);
        parser = Cbor.FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
        maxDepth = limits.maxDepth();
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
            throw new Malformed("an integer of more than 64 bits", e);
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
            byte[] units = bytes();
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
        return parser.getString();
    }

    byte[] bytes() {
        expect(JsonToken.VALUE_EMBEDDED_OBJECT, "a byte string");
        byte[] bytes = parser.getBinaryValue();
        // The parser shares one empty array; as elements of a set or as keys, arrays must be each their own.
        return bytes.length == 0 ? new byte[0] : bytes;
    }

    private void expect(JsonToken expected, String name) {
        if (token != expected) {
            throw new Malformed("where " + name + " should be is " + (token == null ? "the end" : token.name()));
        }
    }
}
