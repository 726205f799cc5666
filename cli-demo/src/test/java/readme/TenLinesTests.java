package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's example compiles, runs, and is the one that stands there. */
@Timeout(30)
final class TenLinesTests {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example:start -->\\s*```java\\n(.*?)```\\s*<!-- example:end -->", Pattern.DOTALL);
    private static final Path ROOT = Path.of(System.getProperty("gearshift.root", ".."));

    @AfterEach
    void chooseNothing() {
        System.clearProperty("gearshift.strategy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequential", "threads", "async"})
    void printsTheSquaresInOrderUnderEachStrategy(String strategy) {
        System.setProperty("gearshift.strategy", strategy);
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            TenLines.main(new String[0]);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("1", "4", "9", "16", "25");
    }

    @Test
    void standsInTheReadme() throws IOException {
        Path readme = ROOT.resolve("README.md");
        String source = Files.readString(ROOT.resolve("cli-demo/src/test/java/readme/TenLines.java"))
                .replaceFirst("package readme;\\n\\n", "");

        Matcher example = EXAMPLE.matcher(Files.readString(readme));

        assertThat(example.find())
                .as("README.md has a java block between <!-- example:start --> and <!-- example:end -->")
                .isTrue();
        assertThat(example.group(1)).isEqualTo(source);
    }
}
