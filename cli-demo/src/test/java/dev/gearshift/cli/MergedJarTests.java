package dev.gearshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The all-in-one jar: everything in it once, and all of it found. */
@Timeout(150)
@EnabledIfSystemProperty(named = "gearshift.jar", matches = ".+")
@Tag("system")
final class MergedJarTests {
    private static final String STRATEGIES = "META-INF/services/dev.gearshift.executors.ConcurrencyStrategy";

    @TempDir
    private Path folder;

    @Test
    void holdsNoEntryTwiceAndNoModuleDescriptor() throws IOException {
        for (String name : List.of("gearshift.jar", "gearshift.thin.jar")) {
            try (JarFile jar = new JarFile(System.getProperty(name))) {
                Set<String> seen = new HashSet<>();
                List<String> twice = jar.stream()
                        .map(ZipEntry::getName)
                        .filter(entry -> !seen.add(entry))
                        .toList();

                assertThat(twice).as(name).isEmpty();
                assertThat(seen).as(name).noneMatch(entry -> entry.endsWith("module-info.class"));
                assertThat(seen)
                        .as(name)
                        .noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
                        .contains(
                                "META-INF/LICENSE",
                                "META-INF/NOTICE",
                                "META-INF/TwelveMonkeys-LICENSE.txt",
                                "META-INF/Methanol-LICENSE.txt");
                Attributes manifest = jar.getManifest().getMainAttributes();
                assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(Main.class.getName());
                assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
            }
        }
    }

    @Test
    void mergesTheServiceFiles() throws IOException {
        assertThat(providers("gearshift.jar")).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
        assertThat(providers("gearshift.thin.jar")).hasSize(1);
    }

    private static List<String> providers(String name) throws IOException {
        try (JarFile jar = new JarFile(System.getProperty(name));
                InputStream services = jar.getInputStream(jar.getEntry(STRATEGIES))) {
            return new String(services.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void listsAllStrategies() throws Exception {
        Ran ran = Child.run(folder, Child.jar(), "strategies", "--json");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.json().get("strategies").findValuesAsString("id"))
                .contains("async", "processes", "sequential", "threads", "virtual");
        assertThat(ran.json().get("failures").isEmpty()).isTrue();
        assertThat(ran.json().get("strategies").findValuesAsString("artifact"))
                .allMatch(artifact -> artifact.endsWith(":" + System.getProperty("gearshift.version")));
    }

    @Test
    void compares() throws Exception {
        Ran ran;
        try (Child child = Child.start(folder, Child.jar(), "compare", "--count", "12", "--latency", "20ms")) {
            ran = child.end(120); // All strategies, one after the other.
        }

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Download: 12 images at 20 ms each (Java " + Runtime.version())
                .contains("Every download was verified by size and SHA-256 against what the server has.");
        assertThat(ran.err()).doesNotContain("WARNING", "SEVERE", "\tat ");
    }

    @Test
    void namesTheVariableThatIsMalformed() throws Exception {
        Ran ran = Child.run(folder, Map.of("GEARSHIFT_PARALLELISM", "x"), Child.jar(), "thumbnails", folder.toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("GEARSHIFT_PARALLELISM").doesNotContain("\tat ");
    }
}
