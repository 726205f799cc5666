package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InstalledStrategiesTests {
    private static final String OWN_LOADER =
            ConcurrencyStrategy.class.getClassLoader().getName();

    @TempDir
    Path temp;

    @Test
    void areSortedByIdAndKnowWhereTheyComeFrom() throws Exception {
        ProviderFolder folder =
                ProviderFolder.of(temp.resolve("folder"), "Zeta", "zeta").with("Alpha", "alpha");
        ProviderFolder jar =
                ProviderFolder.of(temp.resolve("jar"), "Middle", "middle").asJar();

        Application.of(folder, jar).run(() -> {
            InstalledStrategies installed = ConcurrencyStrategies.installed();

            assertThat(installed.strategies())
                    .extracting(found -> found.strategy().id())
                    .containsExactly("alpha", "middle", "sequential", "zeta");
            assertThat(installed.byId("alpha").orElseThrow().origin()).isEqualTo(folder.location());
            InstalledStrategy middle = installed.byId("middle").orElseThrow();
            assertThat(middle.origin()).isEqualTo(jar.location());
            assertThat(middle.strategy().artifact()).hasToString("dev.sample:executors-middle:1.2.3");
            assertThat(middle.runsHere()).isTrue();
            assertThat(installed.byId("absent")).isEmpty();
            assertThat(installed.failures()).isEmpty();
            return null;
        });
    }

    @Test
    void areReadAnewEachTime() throws Exception {
        ProviderFolder folder = ProviderFolder.of(temp.resolve("folder"), "Late", "late");

        assertThat(Application.of(folder).run(ConcurrencyStrategies::installed).byId("late"))
                .isPresent();
        assertThat(ConcurrencyStrategies.installed().byId("late")).isEmpty();
    }

    @Test
    void areFoundOnceThoughBothLoadersSeeThem() throws Exception {
        ProviderFolder nothing = ProviderFolder.at(temp.resolve("nothing"));

        assertThat(Application.of(nothing).run(ConcurrencyStrategies::installed).strategies())
                .hasSize(1);
    }

    @Test
    void sequentialIsFoundWhereTheThreadsLoaderDoesNotSeeIt() throws Exception {
        assertThat(searchedWith(ClassLoader.getPlatformClassLoader()))
                .isEqualTo("class loaders platform (of the thread) and " + OWN_LOADER + " (of executors-spi)");
    }

    @Test
    void aThreadWithoutLoaderMeansTheOneOfTheSystem() throws Exception {
        assertThat(searchedWith(null))
                .isEqualTo("class loader " + ClassLoader.getSystemClassLoader().getName());
    }

    @Test
    void aLoaderWithoutNameIsNamedByItsClass() throws Exception {
        try (URLClassLoader nameless = new URLClassLoader(new URL[0], null)) {
            assertThat(searchedWith(nameless))
                    .isEqualTo(
                            "class loaders " + nameless + " (of the thread) and " + OWN_LOADER + " (of executors-spi)")
                    .contains("java.net.URLClassLoader@");
        }
    }

    private static String searchedWith(@Nullable ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            InstalledStrategies installed = ConcurrencyStrategies.installed();
            assertThat(installed.byId("sequential")).isPresent();
            return installed.searched();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
