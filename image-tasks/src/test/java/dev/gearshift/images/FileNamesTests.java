package dev.gearshift.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class FileNamesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://i.imgur.com/abc.jpg|abc.jpg",
                "https://i.imgur.com/abc.jpg?1#x|abc.jpg",
                "https://example.org/a/b/c.PNG|c.PNG",
                "https://example.org/a%20b.jpg|a b.jpg",
                "https://example.org/caf%C3%A9.jpg|café.jpg",
                "https://example.org/cafe%CC%81.jpg|café.jpg",
                "https://example.org|index",
                "https://example.org/|index",
                "https://example.org/a/|index",
                "https://example.org/.|index",
                "https://example.org/..|index",
                "https://example.org/%2E%2E|index",
                "https://example.org/..%2F..%2Fetc%2Fpasswd|_.._etc_passwd",
                "https://example.org/..%5C..%5Cboot.ini|_.._boot.ini",
                "https://example.org/c:%5Cx.jpg|c__x.jpg",
                "https://example.org/a%00b%0A.jpg|a_b_.jpg",
                "https://example.org/a%3C%3E%22%7C%3F*.jpg|a______.jpg",
                "https://example.org/gpj.%E2%80%AEexe|gpj._exe",
                "https://example.org/.bashrc|bashrc",
                "https://example.org/a.jpg.|a.jpg",
                "https://example.org/%20a.jpg%20.%20|a.jpg",
                "https://example.org/con|_con",
                "https://example.org/CON.jpg|_CON.jpg",
                "https://example.org/aux%20.jpg|_aux .jpg",
                "https://example.org/com1.tar.gz|_com1.tar.gz",
                "https://example.org/lpt%C2%B9.jpg|_lpt¹.jpg",
                "https://example.org/console.jpg|console.jpg",
                "mailto:a@example.org|index",
            })
    void theLastSegmentMadeFitToBeAName(URI source, String name) {
        assertThat(FileNames.wished(source)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void longNamesAreCutBetweenCharactersBeforeTheExtension(String character) {
        URI source = URI.create("https://example.org/" + character.repeat(300) + ".jpeg");

        String name = FileNames.wished(source);

        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        assertThat(name).isEqualTo(character.repeat(195 / bytes) + ".jpeg");
        FileNames names = new FileNames();
        names.of(source);
        assertThat(names.of(source)).isEqualTo(character.repeat(193 / bytes) + "-2.jpeg");
    }

    @Test
    void aLongExtensionIsNone() {
        String name = FileNames.wished(URI.create("https://example.org/a." + "b".repeat(400)));

        assertThat(name).isEqualTo("a." + "b".repeat(198));
    }

    @Test
    void namesAreGivenOnceWhateverTheirCase() {
        FileNames names = new FileNames(List.of("B.jpg"));

        assertThat(List.of(
                        names.of(URI.create("https://example.org/a.jpg")),
                        names.of(URI.create("https://example.org/2/A.JPG")),
                        names.of(URI.create("https://example.org/3/a.jpg")),
                        names.of(URI.create("https://example.org/a-4.jpg")),
                        names.of(URI.create("https://example.org/5/a.jpg")),
                        names.of(URI.create("https://example.org/b.jpg")),
                        names.of(URI.create("https://example.org/")),
                        names.of(URI.create("https://example.org"))))
                .containsExactly("a.jpg", "A-2.JPG", "a-3.jpg", "a-4.jpg", "a-5.jpg", "b-2.jpg", "index", "index-2");
    }

    @Test
    void manyFilesOfOneNameCostNoMoreEach() {
        FileNames names = new FileNames();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            given.add(names.of(URI.create("https://example.org/image.jpg")));
        }
        assertThat(given).hasSize(100_000);
    }
}
