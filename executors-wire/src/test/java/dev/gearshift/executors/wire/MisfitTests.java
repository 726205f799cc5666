package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gearshift.executors.NotPortableException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values that cannot travel though their types can: refused where they are written, with their place. */
@Timeout(60)
class MisfitTests {
    @TempDir
    Path folder;

    @Test
    void bytesBeyondTheLimit_areNamedWithTheirSizes() {
        record Image(String name, List<byte[]> tiles) {}
        refused(
                new Image("a", List.of(new byte[10], new byte[2_000])),
                new WireLimits(1_024, 100),
                "Image.tiles[1] cannot travel: it brings the encoding to 2,021 bytes, and the limit is 1,024."
                        + " Pass where the data is (a path, a URI), or split the task.");
    }

    @Test
    void anythingBeyondTheLimit_isRefused_andTheRestIsNot() {
        record Data(String text, int[] numbers, List<Integer> list, Map<Integer, Integer> map) {}
        List<Integer> many =
                java.util.stream.IntStream.range(1_000_000, 1_050_000).boxed().toList();
        Map<Integer, Integer> map = many.stream().collect(java.util.stream.Collectors.toMap(n -> n, n -> n));
        for (Data data : List.of(
                new Data("x".repeat(200_000), new int[0], List.of(), Map.of()),
                new Data("", new int[50_000], List.of(), Map.of()),
                new Data("", new int[0], many, Map.of()),
                new Data("", new int[0], List.of(), map))) {
            int size = WireType.of(Data.class).encode(data, WireLimits.DEFAULT).length;
            assertThat(WireType.of(Data.class).encode(data, new WireLimits(size, 100)))
                    .hasSize(size);
            assertThatThrownBy(() -> WireType.of(Data.class).encode(data, new WireLimits(size - 1, 100)))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("the limit is");
        }
    }

    @Test
    void whatIsNestedTooDeep_isRefusedAtBothEnds() {
        Chain deepest = null;
        for (int i = 0; i < 100; i++) {
            deepest = new Chain(deepest);
        }
        WireType<Chain> type = WireType.of(Chain.class);
        byte[] bytes = type.encode(deepest, WireLimits.DEFAULT);
        assertThat(type.decode(bytes, WireLimits.DEFAULT)).isEqualTo(deepest);
        assertThatThrownBy(() -> type.decode(bytes, WireLimits.DEFAULT.withMaxDepth(99)))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Chain" + ".next".repeat(99) + " cannot be read: it is nested deeper than 99.");
        refused(
                new Chain(deepest),
                WireLimits.DEFAULT,
                "Chain" + ".next".repeat(100) + " cannot travel: it is nested deeper than 100."
                        + " Make the data flatter, such as a list of its parts.");
        Chain thousand = deepest;
        for (int i = 100; i < 1_000; i++) {
            thousand = new Chain(thousand);
        }
        WireLimits deep = WireLimits.DEFAULT.withMaxDepth(1_000);
        int levels = 0;
        for (Chain chain = type.decode(type.encode(thousand, deep), deep); chain != null; chain = chain.next()) {
            levels++;
        }
        assertThat(levels).isEqualTo(1_000);
    }

    @Test
    void aPathOfAnotherFileSystem_isRefused() throws Exception {
        Path zip = folder.resolve("a.zip");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("x"));
        }
        Files.write(zip, bytes.toByteArray());
        record Read(Path path) {}
        try (FileSystem other = FileSystems.newFileSystem(zip)) {
            refused(
                    new Read(other.getPath("/x")),
                    WireLimits.DEFAULT,
                    "Read.path cannot travel: it is a path of jar, and only those of the default file system are the same"
                            + " in another JVM. Copy the file to the default file system, or pass its URI.");
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aValueOfAnotherTypeThanDeclared_isRefused() {
        record Words(List<String> words) {}
        refused(
                new Words((List) List.of("a", 1)),
                WireLimits.DEFAULT,
                "Words.words[1] cannot travel: it holds a java.lang.Integer, and is declared as java.lang.String."
                        + " Find the unchecked cast that put it there.");
    }

    @Test
    void anAccessorThatThrows_isNamed() {
        refused(
                new Broken(1),
                WireLimits.DEFAULT,
                "Broken.n cannot travel: its accessor threw java.lang.IllegalStateException: not now."
                        + " Let it return the component.");
    }

    @Test
    void aCollectionThatThrows_isRefused() {
        record Words(List<String> words) {}
        assertThatThrownBy(() -> WireType.of(Words.class).encode(new Words(new ThrowingList()), WireLimits.DEFAULT))
                .isInstanceOf(NotPortableException.class)
                .hasMessageContaining("it threw java.lang.IllegalStateException: no list")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void errorsOfTheValue_areRefusedWithTheirPlace() {
        record Words(List<String> words, List<Silenced> silenced) {}
        List<String> unlinked = new AbstractList<>() {
            @Override
            public String get(int index) {
                throw new NoClassDefFoundError("gone");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThatThrownBy(() -> WireType.of(Words.class).encode(new Words(unlinked, List.of()), WireLimits.DEFAULT))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Words.words cannot travel: it threw java.lang.NoClassDefFoundError: gone.");
        assertThatThrownBy(() -> WireType.of(Words.class)
                        .encode(new Words(List.of(), List.of(new Silenced(1))), WireLimits.DEFAULT))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith(
                        "Words.silenced[0].n cannot travel: its accessor threw " + Unspeakable.class.getName());
    }

    record Silenced(int n) {
        @Override
        public int n() {
            throw new Unspeakable();
        }
    }

    static final class Unspeakable extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @Test
    void aRefusedEncoding_givesItsBufferBack() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        WireLimits limits = new WireLimits(100, 10);
        String text = "x".repeat(200);
        long before = 0;
        for (int i = 0; i < 200; i++) {
            before = i == 100 ? threads.getThreadAllocatedBytes(thread) : before;
            assertThat(catchThrowable(() -> WireType.of(String.class).encode(text, limits)))
                    .isInstanceOf(NotPortableException.class);
        }
        assertThat((threads.getThreadAllocatedBytes(thread) - before) / 100).isLessThan(25_000);
    }

    @Test
    void memoryBeyondTheLimit_isRefusedAtBothEnds_alike() {
        record Data(
                List<String> texts,
                Set<Integer> numbers,
                Map<Long, Path> paths,
                Collection<Data> more,
                int[] array,
                Optional<Chain> chain,
                String[] words) {}
        Data empty = new Data(List.of(), Set.of(), Map.of(), Set.of(), new int[0], Optional.empty(), new String[0]);
        Data data = new Data(
                List.of("a", "\ud800", "ü".repeat(2_000)),
                Set.of(1),
                Map.of(1L, Path.of("x")),
                Set.of(empty),
                new int[7],
                Optional.of(new Chain(null)),
                new String[] {"x", null});
        WireType<Data> type = WireType.of(Data.class);
        long least = 1;
        while (refusedByWriter(type, data, least)) {
            least++;
        }
        byte[] bytes = type.encode(data, WireLimits.DEFAULT);
        assertThat(least).isBetween(4_000L, 8_000L);
        assertThat(type.decode(bytes, WireLimits.DEFAULT.withMaxMemory(least))).isNotNull();
        WireLimits tooLow = WireLimits.DEFAULT.withMaxMemory(least - 1);
        assertThatThrownBy(() -> type.decode(bytes, tooLow))
                .isInstanceOf(WireFormatException.class)
                .hasMessage(String.format(
                        Locale.ROOT,
                        "Data.words[1] cannot be read: it brings the value to about %,d bytes of memory, and the limit"
                                + " is %,d.",
                        least,
                        least - 1));
        refused(
                data,
                tooLow,
                String.format(
                        Locale.ROOT,
                        "Data.words[1] cannot travel: it brings the value to about %,d bytes of memory, and the limit"
                                + " is %,d. Pass where the data is (a path, a URI), or split the task.",
                        least,
                        least - 1));
    }

    private static <T> boolean refusedByWriter(WireType<T> type, T value, long memory) {
        try {
            type.encode(value, WireLimits.DEFAULT.withMaxMemory(memory));
            return false;
        } catch (NotPortableException e) {
            return true;
        }
    }

    @Test
    void sets_thatDoNotGoByEquals_areRefused() {
        record Crowd(Set<String> names, Map<String, Integer> ages) {}
        Set<String> names = Collections.newSetFromMap(new IdentityHashMap<>());
        names.add(new String("a"));
        Map<String, Integer> ages = new IdentityHashMap<>();
        ages.put(new String("a"), 1);
        WireType<Crowd> type = WireType.of(Crowd.class);
        Crowd fine = new Crowd(names, ages);
        assertThat(type.decode(type.encode(fine, WireLimits.DEFAULT), WireLimits.DEFAULT))
                .isEqualTo(new Crowd(Set.of("a"), Map.of("a", 1)));
        names.add(new String("a"));
        refused(
                new Crowd(names, Map.of()),
                WireLimits.DEFAULT,
                "Crowd.names cannot travel: it is a set with elements that equal one another."
                        + " Pass one that goes by equals, or a List.");
        ages.put(new String("a"), 2);
        refused(
                new Crowd(Set.of(), ages),
                WireLimits.DEFAULT,
                "Crowd.ages cannot travel: it is a map with keys that equal one another."
                        + " Pass one that goes by equals.");
    }

    @Test
    void aLeaf_isNamedInThePath() {
        record Draw(Figure figure) {}
        assertThatThrownBy(() -> WireType.of(Draw.class).encode(new Draw(new Figure.Torn(1)), WireLimits.DEFAULT))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("Draw.figure(Torn).n cannot travel: its accessor threw");
        assertThatThrownBy(() -> WireType.of(Draw.class)
                        .decode(MalformedTests.document(Draw.class, "81820181f6"), WireLimits.DEFAULT))
                .isInstanceOf(WireFormatException.class)
                .hasMessage("Draw.figure(Torn).n cannot be read: null, which is no int.");
    }

    sealed interface Figure {
        record Whole() implements Figure {}

        record Torn(int n) implements Figure {
            @Override
            public int n() {
                throw new IllegalStateException("torn");
            }
        }
    }

    @Test
    void limits_haveRanges() {
        assertThatThrownBy(() -> new WireLimits(0, 1)).hasMessage("maxBytes must be 1 or more, but is 0.");
        assertThatThrownBy(() -> new WireLimits(1, 1, 0)).hasMessage("maxMemory must be 1 or more, but is 0.");
        assertThatThrownBy(() -> new WireLimits(1, 0)).hasMessage("maxDepth must be 1 to 1000, but is 0.");
        assertThatThrownBy(() -> new WireLimits(1, 1_001)).hasMessage("maxDepth must be 1 to 1000, but is 1001.");
    }

    @SuppressWarnings("unchecked")
    private static <T> void refused(T value, WireLimits limits, String message) {
        WireType<T> type = (WireType<T>) WireType.of(value.getClass());
        assertThatThrownBy(() -> type.encode(value, limits))
                .isInstanceOf(NotPortableException.class)
                .hasMessage(message + "\nSee executors-wire/README.md#what-travels");
    }

    record Chain(@Nullable Chain next) {}

    record Broken(int n) {
        @Override
        public int n() {
            throw new IllegalStateException("not now");
        }
    }

    private static final class ThrowingList extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new IllegalStateException("no list");
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
