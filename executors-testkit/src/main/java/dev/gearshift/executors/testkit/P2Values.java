package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** 2. Arguments and values come through unchanged. */
interface P2Values extends Subject {
    @Test
    default void p2_null_comesThrough() throws Exception {
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new EchoText(null)).get()).isNull();
        }
    }

    @Test
    default void p2_text_comesThroughToTheLastCharacter() throws Exception {
        String text = "plain, \u00e4\u00f6\u00fc, \ud83d\ude80, \u0000, line\nbreak, lone \ud800 surrogate";
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new EchoText(text)).get()).isEqualTo(text);
            assertThat(executor.submit(new EchoText("")).get()).isEmpty();
        }
    }

    @Test
    default void p2_numbers_comeThroughToTheLastBit() throws Exception {
        Numbers numbers = new Numbers(
                true,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                '\uffff',
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0f,
                Double.MIN_VALUE);
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new EchoNumbers(numbers)).get()).isEqualTo(numbers);
            Numbers odd = new Numbers(false, (byte) -1, (short) 0, 'a', 0, -1, Float.NaN, Double.NEGATIVE_INFINITY);
            assertThat(executor.submit(new EchoNumbers(odd)).get()).isEqualTo(odd);
        }
    }

    @Test
    default void p2_records_comeThroughNestedGenericAndSealed() throws Exception {
        Shapes shapes = new Shapes(
                List.of(new Shape.Circle(2.5), new Shape.Square(3)),
                Map.of(new Point(1, 2), Colour.RED, new Point(3, 4), Colour.BLUE),
                new Pair<>("left", 42L),
                Optional.of(new Point(5, 6)),
                Set.of("a", "b"));
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new EchoShapes(shapes)).get()).isEqualTo(shapes);
        }
    }

    @Test
    default void p2_timesAndPlaces_comeThroughUnchanged() throws Exception {
        Places places = new Places(
                Path.of("relative/file.txt"),
                Path.of("/absolute"),
                URI.create("https://example.org/a%20b?c=d#e"),
                Duration.ofSeconds(-5, 999_999_999),
                Instant.MAX,
                Optional.empty());
        try (TaskExecutor executor = open()) {
            Places back = executor.submit(new EchoPlaces(places)).get();
            assertThat(back).isEqualTo(places);
            assertThat(back.relative()).isRelative();
        }
    }

    @Test
    default void p2_bytes_comeThroughUpToTheLimit() throws Exception {
        int size = (int) Math.min(strategy().maxPayload() - 1_024, 4 * 1024 * 1024);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        try (TaskExecutor executor = open()) {
            assertThat(Arrays.equals(executor.submit(new EchoBytes(bytes)).get(), bytes))
                    .isTrue();
        }
    }

    @Test
    default void p2_bytesBeyondTheLimit_areRefusedAtSubmitByName() {
        needsNo(Capability.RUNS_LAMBDAS, "nothing is copied");
        long limit = strategy().maxPayload();
        Assumptions.assumeTrue(
                limit <= LARGEST, () -> strategy().id() + " states no limit that a test could exceed: " + limit);
        try (TaskExecutor executor = open()) {
            EchoBytes tooMany = new EchoBytes(new byte[(int) limit + ROOM]);
            P7Portability.refuses(() -> executor.submit(tooMany), "EchoBytes.value");
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p2_typesThatDoNotSayWhatTheyHold_areRefusedAtSubmitByName() {
        needsNo(Capability.RUNS_LAMBDAS, "its values need not travel");
        try (TaskExecutor executor = open()) {
            P7Portability.refuses(() -> executor.submit(new OfVariable<>(1)), "OfVariable.value", "T");
            P7Portability.refuses(() -> executor.submit(new OfWildcard(List.of(1))), "OfWildcard.values", "?");
            P7Portability.refuses(() -> executor.submit(new OfObject(1)), "OfObject.value", "Object");
            P7Portability.refuses(
                    () -> executor.submit(new OfOpenInterface("1")), "OfOpenInterface.value", "CharSequence");
            P7Portability.refuses(() -> executor.submit(new ToOpenInterface(1)), "ToOpenInterface", "CharSequence");
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    /** What a test can have in memory more than once. */
    int LARGEST = 64 * 1024 * 1024;

    /** More than a strategy may grant for what is around the bytes. */
    int ROOM = 64 * 1024;

    record OfVariable<T>(T value) implements Task<Integer> {
        @Override
        public Integer call() {
            return 1;
        }
    }

    record OfWildcard(List<? extends Number> values) implements Task<Integer> {
        @Override
        public Integer call() {
            return values.size();
        }
    }

    record OfObject(Object value) implements Task<Integer> {
        @Override
        public Integer call() {
            return 1;
        }
    }

    record OfOpenInterface(CharSequence value) implements Task<Integer> {
        @Override
        public Integer call() {
            return value.length();
        }
    }

    record ToOpenInterface(int value) implements Task<CharSequence> {
        @Override
        public CharSequence call() {
            return String.valueOf(value);
        }
    }

    /** A colour. */
    enum Colour {
        RED,
        BLUE
    }

    /** A sealed hierarchy. */
    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Square(int side) implements Shape {}
    }

    record Point(int x, int y) {}

    record Pair<A, B>(A first, B second) {}

    record Numbers(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    record Shapes(
            List<Shape> shapes,
            Map<Point, Colour> colours,
            Pair<String, Long> pair,
            Optional<Point> point,
            Set<String> names) {}

    record Places(
            Path relative, Path absolute, URI uri, Duration duration, Instant instant, Optional<String> nothing) {}

    record EchoText(@Nullable String value) implements Task<@Nullable String> {
        @Override
        @SuppressWarnings("NullAway") // null is the test
        public @Nullable String call() {
            return value;
        }
    }

    record EchoNumbers(Numbers value) implements Task<Numbers> {
        @Override
        public Numbers call() {
            return value;
        }
    }

    record EchoShapes(Shapes value) implements Task<Shapes> {
        @Override
        public Shapes call() {
            return value;
        }
    }

    record EchoPlaces(Places value) implements Task<Places> {
        @Override
        public Places call() {
            return value;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record EchoBytes(byte[] value) implements Task<byte[]> {
        @Override
        public byte[] call() {
            return value;
        }
    }
}
