package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How a strategy is found: on the class path by a service file, on the module path by the module's descriptor. */
interface Discovery extends Subject {
    @Test
    default void discovery_theServiceFileAndTheModuleDescriptorAgree() throws IOException, URISyntaxException {
        Class<?> strategy = subject().getClass();
        Path place = Path.of(
                strategy.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            agree(place, strategy);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                agree(jar.getPath("/"), strategy);
            }
        }
    }

    static void agree(Path classes, Class<?> strategy) throws IOException {
        String service = ConcurrencyStrategy.class.getName();
        Path file = classes.resolve("META-INF/services").resolve(service);
        Path descriptor = classes.resolve("module-info.class");
        Assumptions.assumeTrue(
                Files.exists(file) && Files.exists(descriptor),
                () -> "there is no service file, or no module descriptor, beside " + strategy.getName());
        List<String> onClassPath = Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(onClassPath).contains(strategy.getName());
        try (InputStream in = Files.newInputStream(descriptor)) {
            assertThat(ModuleDescriptor.read(in).provides())
                    .filteredOn(provides -> provides.service().equals(service))
                    .flatExtracting(Provides::providers)
                    .containsExactlyInAnyOrderElementsOf(onClassPath);
        }
    }
}
