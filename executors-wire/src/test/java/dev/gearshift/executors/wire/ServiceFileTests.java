package dev.gearshift.executors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.PortabilityCheck;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The class path and the module path find the same providers. */
@Timeout(60)
class ServiceFileTests {
    private static final String SERVICE = PortabilityCheck.class.getName();

    @Test
    void theServiceFileAndTheModuleDescriptorAgree() throws Exception {
        Path classes = Path.of(WirePortabilityCheck.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(serviceFile(classes)).isNotEmpty().isEqualTo(moduleDescriptor(classes));
    }

    private static List<String> serviceFile(Path classes) throws Exception {
        return Files.readAllLines(classes.resolve("META-INF/services").resolve(SERVICE)).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<String> moduleDescriptor(Path classes) throws Exception {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).provides().stream()
                    .filter(provides -> provides.service().equals(SERVICE))
                    .map(Provides::providers)
                    .flatMap(List::stream)
                    .toList();
        }
    }
}
