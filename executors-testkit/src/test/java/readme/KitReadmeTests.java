package readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The examples of the kit's README are the classes beside this one: they compile, and the second proves the first. */
@Tag("once")
@Timeout(30)
final class KitReadmeTests {
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IMPORTS = Pattern.compile("package readme;\\n\\n(import .*\\n)+\\n");
    private static final Path SOURCES = Path.of("src/test/java/readme");

    @Test
    void theExamplesStandInTheReadme() throws IOException {
        List<String> examples = JAVA.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(examples).containsExactly(source("MyStrategy"), source("MyStrategyTests"));
    }

    /** A few tests are enough: under the name of threads, the whole contract is held to the like. */
    @Test
    void theProofRuns() {
        List<MethodSelector> tests = Arrays.stream(MyStrategyTests.class.getMethods())
                .filter(method -> method.getName().startsWith("p1_"))
                .map(method -> selectMethod(MyStrategyTests.class, method))
                .toList();

        EngineTestKit.engine("junit-jupiter")
                .selectors(tests.toArray(MethodSelector[]::new))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.started(tests.size()).succeeded(tests.size()));
        assertThat(tests).isNotEmpty();
    }

    private static String source(String type) throws IOException {
        return IMPORTS.matcher(Files.readString(SOURCES.resolve(type + ".java")))
                .replaceFirst("");
    }
}
