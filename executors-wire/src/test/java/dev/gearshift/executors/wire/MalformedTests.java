package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no encoding: one exception, with the place. */
@Timeout(60)
class MalformedTests {
    record Item(int count, List<String> names, Map<String, Integer> sizes, Set<Integer> ids, byte @Nullable [] data) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8501808080        | Item cannot be read: a length of 5 at byte 6, where 4 bytes are left.
            850180808019      | Item cannot be read: it is cut short at byte 12.
            850161618080f6    | Item.names cannot be read: where an array should be is VALUE_STRING.
            8501816101808080f6f6  | Item cannot be read: 2 bytes follow its end.
            85f6808080f6      | Item.count cannot be read: null, which is no int.
            851b8000000000000000808080f6 | Item.count cannot be read: an integer of more than 64 bits.
            851a80000000808080f6 | Item.count cannot be read: 2147483648 is not between -2147483648 and 2147483647.
            85f93c00808080f6  | Item cannot be read: byte 7 is 0xf9, which begins nothing that is written here.
            85c101808080f6    | Item cannot be read: byte 7 is 0xc1, which begins nothing that is written here.
            85019f6161ff8080f6| Item cannot be read: byte 8 is 0x9f, which begins nothing that is written here.
            8501a08080f6      | Item cannot be read: byte 8 is 0xa0, which begins nothing that is written here.
            850180808042      | Item cannot be read: a length of 2 at byte 11, where 0 bytes are left.
            85018080805a7fffffff00 | Item cannot be read: a length of 2147483647 at byte 11, where 1 bytes are left.
            85018080805bffffffffffffffff00 | Item cannot be read: a length of 18446744073709551615 at byte 11, where 1 bytes are left.
            85019bffffffffffffffff8080f6 | Item cannot be read: a length of 18446744073709551615 at byte 8, where 3 bytes are left.
            850180826161616280f6 | Item.sizes[value] cannot be read: where an integer should be is VALUE_STRING.
            """)
    void isNamed(String item, String message) {
        assertThatThrownBy(() -> WireType.of(Item.class).decode(document(Item.class, item), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(message);
    }

    @Test
    void equalElementsAndKeys_areRefused() {
        refused(Item.class, "8501808461610161610280f6", "Item.sizes[key] cannot be read: it equals a key before it.");
        refused(Item.class, "8501808083010201f6", "Item.ids[2] cannot be read: it equals an element before it.");
    }

    @Test
    void partsTooFewAndTooMany_areRefused() {
        refused(Item.class, "80", "Item.count cannot be read: it has fewer parts than it should.");
        refused(Item.class, "8601808080f6f6", "Item cannot be read: it has more parts than it should.");
        refused(Item.class, "85018081616180f6", "Item.sizes[value] cannot be read: it has fewer parts than it should.");
    }

    @Test
    void aConstructorThatThrows_isTheFailureOfThatValue() {
        assertThatThrownBy(
                        () -> WireType.of(Positive.class).decode(document(Positive.class, "8120"), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Positive cannot be read: the constructor of " + Positive.class.getTypeName()
                        + " threw java.lang.IllegalArgumentException: n must be positive.")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        refused(
                Failing.class,
                "80",
                "Failing cannot be read: the constructor of " + Failing.class.getTypeName()
                        + " threw java.lang.AssertionError: never.");
    }

    @Test
    void anotherVersion_isRefused() {
        record Old(int x) {}
        record New(int x, int y) {}
        byte[] bytes = WireType.of(Old.class).encode(new Old(1), WireLimits.DEFAULT);
        assertThatThrownBy(() -> WireType.of(New.class).decode(bytes, WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(String.format(
                        "New cannot be read: it was written for another type or another version of this one"
                                + " (outline %08x, here %08x): both ends need the same classes.",
                        WireType.of(Old.class).fingerprint(),
                        WireType.of(New.class).fingerprint()));
    }

    @Test
    void anEnumConstantThatIsNotHere_isNamed() {
        refused(
                Colour.class,
                "6447524159",
                "Colour cannot be read: " + Colour.class.getTypeName() + " has no constant \"GRAY\" here.");
    }

    @Test
    void aLeafThatIsNotHere_isRefused() {
        refused(Leaf.class, "820180", "Leaf cannot be read: 1 is not between 0 and 0.");
        refused(Leaf.class, "8200f6", "Leaf cannot be read: a leaf that is null.");
    }

    @Test
    void moreBytesThanAllowed_areNotLookedAt() {
        assertThatThrownBy(() -> WireType.of(String.class).decode(new byte[1_025], new WireLimits(1_024, 100)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("String cannot be read: it has 1,025 bytes, and the limit is 1,024.");
    }

    @Test
    void textThatIsNoUtf8_isRefused() {
        assertThatThrownBy(() -> WireType.of(String.class).decode(document(String.class, "62c328"), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class);
    }

    @Test
    void errorsOfKeys_areTheFailureOfThatValue() {
        record Board(Map<Touchy, Integer> squares, Set<Touchy> marked) {}
        refused(
                Board.class,
                "82" + "82810101" + "80",
                "Board.squares[key] cannot be read: java.lang.AssertionError: hash of 1.");
        refused(
                Board.class,
                "82" + "80" + "8281008101",
                "Board.marked[1] cannot be read: java.lang.AssertionError: hash of 1.");
    }

    @Test
    void whatTheJdkRefuses_hasItsPlace() {
        record Trip(List<java.time.LocalDate> days) {}
        assertThatThrownBy(() -> WireType.of(Trip.class)
                        .decode(document(Trip.class, "8182001b7fffffffffffffff"), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessageStartingWith("Trip.days[1] cannot be read: java.time.DateTimeException: Invalid value")
                .hasCauseInstanceOf(java.time.DateTimeException.class);
    }

    @Test
    void hostileTexts_areCut_alsoInTheCause() {
        record Named(java.nio.file.Path path, Loud loud) {}
        String name = "61".repeat(100_000);
        for (String item : List.of("82" + "7a000186a1" + name + "00" + "f6", "82" + "f6" + "817a000186a0" + name)) {
            assertThatThrownBy(() -> WireType.of(Named.class).decode(document(Named.class, item), WireLimits.DEFAULT))
                    .isInstanceOf(WireFormatException.class)
                    .satisfies(
                            e -> assertThat(printed(e)).hasSizeLessThan(20_000).contains("\tat "));
        }
    }

    @Test
    void messages_areTheSameInAllLanguages() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            moreBytesThanAllowed_areNotLookedAt();
            assertThatThrownBy(() -> WireType.of(int[].class).encode(new int[500], new WireLimits(1_024, 100)))
                    .hasMessageContaining("it brings the encoding to 2,006 bytes, and the limit is 1,024.");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    record Touchy(int n) {
        @Override
        public int hashCode() {
            if (n == 1) {
                throw new AssertionError("hash of 1");
            }
            return n;
        }
    }

    record Loud(String text) {
        Loud {
            throw new IllegalStateException(new IllegalArgumentException("not " + text));
        }
    }

    private static void refused(Type type, String item, String message) {
        assertThatThrownBy(() -> WireType.of(type).decode(document(type, item), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(message);
    }

    /** The value of these bytes, with the fingerprint before it. */
    static byte[] document(Type type, String hex) {
        @SuppressWarnings("unchecked")
        WireType<Object> wire = (WireType<Object>) WireType.of(type);
        byte[] ofNull = wire.encode(null, WireLimits.DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(ofNull, ofNull.length - 1));
        out.writeBytes(HexFormat.of().parseHex(hex.strip()));
        return out.toByteArray();
    }

    record Positive(int n) {
        Positive {
            if (n <= 0) {
                throw new IllegalArgumentException("n must be positive");
            }
        }
    }

    record Failing() {
        Failing {
            throw new AssertionError("never");
        }
    }

    enum Colour {
        RED
    }

    sealed interface Leaf {}

    record Only() implements Leaf {}
}
