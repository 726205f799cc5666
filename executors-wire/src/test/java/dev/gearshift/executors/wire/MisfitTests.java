package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import java.io.ByteArrayOutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
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
    void limits_haveRanges() {
        assertThatThrownBy(() -> new WireLimits(0, 1)).hasMessage("maxBytes must be 1 or more, but is 0.");
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
