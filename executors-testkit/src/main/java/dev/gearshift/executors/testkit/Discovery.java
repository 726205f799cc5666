package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How a strategy is found: on the class path by a service file, on the module path by the module's descriptor. */
interface Discovery extends Subject {
    String SERVICE = ConcurrencyStrategy.class.getName();

    @Test
    default void discovery_theServiceFileAndTheModuleDescriptorAgree() throws IOException, URISyntaxException {
        Class<?> strategy = strategy().getClass();
        Path place = Path.of(
                strategy.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> elsewhere = namedOnTheClassPath(strategy);
        if (Files.isDirectory(place)) {
            agree(place, elsewhere, strategy);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                agree(jar.getPath("/"), elsewhere, strategy);
            }
        }
    }

    /**
     * Checks that the service file, if there is one, says what the module descriptor says, and names the strategy.
     *
     * @param elsewhere what a service file says that is not beside the classes: Gradle has a folder for those
     */
    static void agree(Path classes, List<String> elsewhere, Class<?> strategy) throws IOException {
        Path file = classes.resolve("META-INF/services").resolve(SERVICE);
        Path descriptor = classes.resolve("module-info.class");
        List<String> onClassPath = Files.exists(file) ? providers(Files.readAllLines(file)) : elsewhere;
        List<String> onModulePath = Files.exists(descriptor) ? provided(descriptor) : onClassPath;
        Assumptions.assumeFalse(
                onClassPath.isEmpty() && onModulePath.isEmpty(),
                () -> "neither a service file nor a module descriptor offers " + strategy.getName());
        assertThat(onClassPath)
                .as("providers in META-INF/services/" + SERVICE)
                .contains(strategy.getName())
                .containsExactlyInAnyOrderElementsOf(onModulePath);
    }

    private static List<String> provided(Path descriptor) throws IOException {
        try (InputStream in = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(in).provides().stream()
                    .filter(provides -> provides.service().equals(SERVICE))
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        }
    }

    private static List<String> providers(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** All that the service file says which names it; nothing if there is none. */
    private static List<String> namedOnTheClassPath(Class<?> strategy) throws IOException {
        for (URL file : Collections.list(strategy.getClassLoader().getResources("META-INF/services/" + SERVICE))) {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                List<String> providers = providers(in.lines().toList());
                if (providers.contains(strategy.getName())) {
                    return providers;
                }
            }
        }
        return List.of();
    }
}
