package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/** Any value of any record comes back the same, and is read again from what it is written as. */
@Tag("once")
class AnyRecordTests {
    record Texts(String text, Map<String, Character> characters) {}

    record Numbers(long whole, double broken, float single, List<Integer> more) {}

    @Property(tries = 500)
    void texts(@ForAll String text, @ForAll Map<String, Character> characters) {
        comesBack(WireType.of(Texts.class), new Texts(text, characters), text + characters);
    }

    @Property(tries = 500)
    void numbers(@ForAll long whole, @ForAll double broken, @ForAll float single, @ForAll List<Integer> more) {
        comesBack(WireType.of(Numbers.class), new Numbers(whole, broken, single, more), "numbers");
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void recordsThatNobodyHasThoughtOf(@ForAll long seed) {
        anyValuesOfAnyRecord(seed, 40);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    @Tag("proof")
    void manyRecordsThatNobodyHasThoughtOf(@ForAll long seed) {
        anyValuesOfAnyRecord(seed, 200);
    }

    @SuppressWarnings("unchecked")
    private static void anyValuesOfAnyRecord(long seed, int values) {
        Random random = new Random(seed);
        String source = RandomTypes.source(random);
        Class<?> root;
        try {
            root = Class.forName("Types$Root", true, new CompiledSource("Types", source));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        WireType<Object> type = (WireType<Object>) (WireType<?>) WireType.of(root);
        for (int i = 0; i < values; i++) {
            Object value = new RandomValues(random, 300).of(root);
            comesBack(type, value, source);
        }
    }

    private static <T> void comesBack(WireType<T> type, @Nullable T value, String description) {
        byte[] bytes = type.encode(value, WireLimits.DEFAULT);
        @Nullable T back = type.decode(bytes, WireLimits.DEFAULT);

        assertThat(Same.are(value, back))
                .as("%s became %s\n%s", value, back, description)
                .isTrue();
        assertThat(type.encode(back, WireLimits.DEFAULT)).isEqualTo(bytes);
    }
}
