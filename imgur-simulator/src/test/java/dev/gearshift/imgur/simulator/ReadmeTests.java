package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the README claims. */
@Timeout(30)
final class ReadmeTests {

    private String readme = "";

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void listsExactlyTheRoutes() {
        assertThat(new TreeSet<>(found("\\| `((?:GET|POST|PUT|DELETE) /(?:3|oauth2)/[^`]*)` \\|")))
                .isEqualTo(new TreeSet<>(EndpointTests.routes().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList()));
    }

    @Test
    void listsExactlyTheFaultsInTheirOrder() {
        String section = readme.substring(readme.indexOf("| fault |"));
        assertThat(found(section, "\\| `([a-z0-9-]+)` \\|"))
                .isEqualTo(Arrays.stream(Fault.values()).map(Fault::toString).toList());
    }

    @Test
    void itsScriptsAreScripts() {
        for (String script : List.of(
                "5% reset truncated", "next 3 /3/image over-capacity", "seed 7", "slowness 500ms", "retry-after 2s")) {
            assertThat(readme).contains('`' + script + '`');
            assertThat(Faults.parse(script)).isNotNull();
        }
    }

    @Test
    void itsOptionsAreUnderstood() {
        String command = found("SimulatorMain (--port.*)\n").get(0);
        assertThat(SimulatorMain.settings(command.split(" ")).port()).isEqualTo(8080);
        List<String> options = found("`(--[a-z][^`]*)`");
        assertThat(options).hasSizeGreaterThan(12);
        for (String option : options) {
            List<String> arguments =
                    new ArrayList<>(List.of(option.replace("DIR", ".").split(" ", 2)));
            arguments.replaceAll(argument -> argument.replace("\"", ""));
            assertThat(SimulatorMain.settings(arguments.toArray(String[]::new))).isNotNull();
        }
    }

    @Test
    void showsACompiledExample() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/gearshift/imgur/simulator/junit/ReadmeExampleTests.java"));
        String example = source.substring(
                source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                source.indexOf("    // README: end"));
        assertThat(readme).contains(example.stripTrailing().stripIndent());
    }

    private List<String> found(String pattern) {
        return found(readme, pattern);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
