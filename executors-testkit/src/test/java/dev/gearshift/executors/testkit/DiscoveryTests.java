package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.local.SequentialStrategy;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
        copyDescriptorOf(ConcurrencyStrategy.class);
    }

    private void copyDescriptorOf(Class<?> type) throws Exception {
        Path copy = classes.resolve("module-info.class");
        Path module =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(module)) {
            Files.copy(module.resolve("module-info.class"), copy, StandardCopyOption.REPLACE_EXISTING);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(module)) {
                Files.copy(jar.getPath("/module-info.class"), copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void whereTheyAgreeAllIsWell() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy # the yardstick");
        Discovery.agree(classes, List.of(), SequentialStrategy.class);
    }

    @Test
    void aStrategyThatIsInNeitherIsFoundOut() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy");
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), LyingStrategy.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aServiceFileThatNamesMoreIsFoundOut() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy\ncom.example.Other");
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), SequentialStrategy.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aModuleWithoutAServiceFileIsFoundOut() {
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), SequentialStrategy.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("META-INF/services/" + ConcurrencyStrategy.class.getName());
    }

    @Test
    void aServiceFileMayBeElsewhereOnTheClassPath() throws Exception {
        Discovery.agree(classes, List.of(SequentialStrategy.class.getName()), SequentialStrategy.class);
    }

    @Test
    void aModuleThatDoesNotProvideWhatItsServiceFileNamesIsFoundOut() throws Exception {
        serves("dev.gearshift.executors.local.SequentialStrategy");
        providesNothing();
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), SequentialStrategy.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsNoModuleNeedsAServiceFileThatNamesIt() throws Exception {
        Files.delete(classes.resolve("module-info.class"));
        serves("dev.gearshift.executors.local.SequentialStrategy");
        Discovery.agree(classes, List.of(), SequentialStrategy.class);
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), LyingStrategy.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsOfferedNowhereIsSkipped() throws Exception {
        providesNothing();
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), SequentialStrategy.class))
                .isInstanceOf(TestAbortedException.class);
        Files.delete(classes.resolve("module-info.class"));
        assertThatThrownBy(() -> Discovery.agree(classes, List.of(), SequentialStrategy.class))
                .isInstanceOf(TestAbortedException.class);
    }

    /** The descriptor of the kit itself. */
    private void providesNothing() throws Exception {
        copyDescriptorOf(StrategyContract.class);
    }

    private void serves(String providers) throws Exception {
        Files.writeString(
                classes.resolve("META-INF/services").resolve(ConcurrencyStrategy.class.getName()), providers + "\n");
    }
}
