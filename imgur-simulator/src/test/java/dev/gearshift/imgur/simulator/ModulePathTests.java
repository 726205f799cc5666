package dev.gearshift.imgur.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The module by itself, in JVMs of their own. */
@Timeout(60)
final class ModulePathTests {

    @Test
    void servesFromTheModulePathWithoutJUnit() throws Exception {
        List<String> said = run("(netty-|jackson-).*|classes", "--count", "1", "--image-bytes", "600", "--lifeline");
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).isEqualTo("PREPARED 1/1");
        assertThat(said.get(1)).startsWith("READY http://127.0.0.1:");
    }

    @Test
    void servesFromTheModulePathBesideJUnit() throws Exception {
        List<String> said =
                run("(netty-|jackson-|junit-|opentest4j|jspecify).*|classes", "--faults", "now and then reset");
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).startsWith("The fault script stops making sense at 'now and then reset'.");
    }

    private static List<String> run(String jars, String... arguments) throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().matches(jars))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                path,
                "--module",
                "dev.gearshift.imgur.simulator/" + SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> said = new ArrayList<>();
            var lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.startsWith("READY")) {
                    process.getOutputStream().close();
                }
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
