package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.local.SequentialStrategy;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A module whose descriptor and whose service file say different things is found out. */
@Timeout(60)
class DiscoveryTests {
    @TempDir
    Path classes;

    @BeforeEach
    void aModuleThatProvidesSequential() throws Exception {
        Files.createDirectories(classes.resolve("META-INF/services"));
        Path spi = Path.of(ConcurrencyStrategy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(spi)) {
            Files.copy(spi.resolve("module-info.class"), classes.resolve("module-info.class"));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(spi)) {
                Files.copy(jar.getPath("/module-info.class"), classes.resolve("module-info.class"));
            }
        }
    }

    @Test
    void whereTheyAgreeAllIsWell() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy # the yardstick");
        Discovery.agree(classes, SequentialStrategy.class);
    }

    @Test
    void aStrategyThatIsInNeitherIsFoundOut() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy");
        assertThatThrownBy(() -> Discovery.agree(classes, LyingStrategy.class)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aServiceFileThatNamesMoreIsFoundOut() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy\ncom.example.Other");
        assertThatThrownBy(() -> Discovery.agree(classes, SequentialStrategy.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void withoutAServiceFileThereIsNothingToCompare() {
        assertThatThrownBy(() -> Discovery.agree(classes, SequentialStrategy.class))
                .isInstanceOf(TestAbortedException.class);
    }

    private void serves(String providers) throws Exception {
        Files.writeString(
                classes.resolve("META-INF/services").resolve(ConcurrencyStrategy.class.getName()), providers + "\n");
    }
}
