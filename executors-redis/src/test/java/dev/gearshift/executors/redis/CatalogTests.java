package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskCatalog;
import dev.gearshift.executors.wire.TaskWire;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks are known by the names that catalogs give them, which are unique. */
@Timeout(20)
class CatalogTests {
    /** Gives a name of another's to a task of its own. */
    public static final class Rival implements TaskCatalog {
        @Override
        public Map<String, Class<? extends Task<?>>> tasks() {
            return Map.of("Doubled", Large.class);
        }
    }

    @Test
    void aTaskIsFoundByItsNameAndTheOtherWayRound() {
        Catalog catalog = Catalog.installed();
        assertThat(catalog.find("Doubled")).isEqualTo(Doubled.class);
        assertThat(catalog.find("Unlisted")).isNull();
        assertThat(catalog.nameOf(TaskWire.of(Doubled.class))).isEqualTo("Doubled");
        assertThat(catalog.names()).contains("Doubled", "Large", "Call", "Chore");
    }

    @Test
    void twoTasksOfOneNameAreRefused(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(TaskCatalog.class.getName()), Rival.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThatThrownBy(Catalog::installed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "The task name \"Doubled\" stands for \\S+ and, in \\S+, for \\S+: rename one\\.")
                    .hasMessageContaining(Doubled.class.getName())
                    .hasMessageContaining(Large.class.getName());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void oneThatIsInNoCatalogIsRefusedWhereItIsSubmitted(@TempDir Path folder) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader empty = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Thread.currentThread().setContextClassLoader(empty);
            Catalog none = Catalog.installed();
            assertThat(none.names()).isEmpty();
            assertThatThrownBy(() -> none.nameOf(TaskWire.of(Doubled.class)))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessage(
                            "dev.gearshift.executors.redis.Doubled has no name that workers would know: list it in a"
                                    + " TaskCatalog, here and where the workers are, and the catalog in"
                                    + " META-INF/services/dev.gearshift.executors.TaskCatalog.");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
