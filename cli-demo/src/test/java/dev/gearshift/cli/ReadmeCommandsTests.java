package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command that the README shows can be read, and so can its sources. */
@Timeout(30)
final class ReadmeCommandsTests {
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:[^#\\n`]*\\s)?\\./gearshift ([^#\\n`]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Stream<List<String>> commands() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("gearshift.root", ".."), "README.md"));
        List<List<String>> commands = new ArrayList<>();
        COMMAND.matcher(readme).results().forEach(line -> {
            List<String> words = new ArrayList<>();
            WORD.matcher(line.group(1))
                    .results()
                    .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));
            commands.add(words);
        });
        assertThat(commands).hasSizeGreaterThan(15);
        return commands.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(List<String> words) {
        CommandLine.ParseResult parsed =
                Main.commandLine(InputStream.nullInputStream()).parseArgs(words.toArray(String[]::new));

        assertThat(parsed.hasSubcommand()).isTrue();
        if (parsed.subcommand().commandSpec().name().equals("download")) {
            for (String source : parsed.subcommand().matchedPositionals().get(0).stringValues()) {
                assertThat(source.startsWith("@") || source.equals("-") || Source.of(source, null) != null)
                        .isTrue();
            }
        }
    }
}
