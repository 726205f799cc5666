package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each line of code in the README is one of {@link ShortestUses}, which compiles. */
@Tag("once")
@Timeout(10)
final class ShortestUsesTests {

    @Test
    void everyLineOfCodeCompiles() throws IOException {
        Set<String> compiled = Files.readAllLines(Path.of("src/test/java/readme/ShortestUses.java")).stream()
                .map(String::strip)
                .collect(Collectors.toSet());
        String readme = Files.readString(Path.of("README.md"));
        List<String> lines = readme.lines().toList();
        boolean code = false;
        int checked = 0;
        for (String line : lines) {
            if (line.startsWith("```")) {
                code = line.equals("```java");
            } else if (code && !line.isBlank()) {
                assertThat(compiled).contains(line.strip());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(30);
    }
}
