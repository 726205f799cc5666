package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.TaskExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** With the flags that workers have by default, and a class cache, which takes jars where the build has folders. */
@Tag("proof")
final class AsShippedProofTests extends ProcessesContractTests {
    private static final String CLASS_PATH = "java.class.path";

    private static final String USUAL = System.getProperty(CLASS_PATH);

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTheCache() throws Exception {
        System.setProperty(CLASS_PATH, ChildClasses.jars(folder));
        try (TaskExecutor executor = Pools.open(settings(Pools.QUIET), 1)) {
            assertThat(executor.submit(new ClassCacheProgram.CacheFlag()).get(30, TimeUnit.SECONDS))
                    .isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(AsShippedProofTests::isThere);
        }
        try (TaskExecutor executor = Pools.open(settings(Pools.QUIET), 1)) {
            assertThat(executor.submit(new ClassCacheProgram.CacheFlag()).get(30, TimeUnit.SECONDS))
                    .contains("workers-");
        }
    }

    private static boolean isThere() throws Exception {
        Path cache = folder.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return false;
        }
        try (Stream<Path> all = Files.list(cache)) {
            return all.anyMatch(file -> file.toString().matches(".*[.](jsa|aot)"));
        }
    }

    @AfterAll
    static void theUsualClassPath() {
        System.setProperty(CLASS_PATH, USUAL);
    }

    private static ProcessSettings settings(ProcessSettings others) {
        return others.withClassCache(folder.resolve("cache"));
    }

    @Override
    ProcessSettings processes() {
        return settings(ProcessSettings.defaults());
    }
}
