package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.StrategyContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a class cache, as most programs have it: that takes jars, where the build has folders. Two subclasses
 * share the tests; the others have settings of their own.
 */
abstract class ProcessesContractTests extends StrategyContract {
    private static final String CLASS_PATH = "java.class.path";

    private static final String USUAL = System.getProperty(CLASS_PATH);

    @TempDir
    private static Path folder;

    private static boolean tried;

    @BeforeAll
    static void classesInJars() throws Exception {
        System.setProperty(CLASS_PATH, ChildClasses.jars(folder));
        tried = false;
    }

    @AfterAll
    static void classesWhereTheyAre() {
        System.setProperty(CLASS_PATH, USUAL);
    }

    /** Before the first, which alone fails if there is none. */
    @BeforeEach
    final void workersStartWithACache() throws Exception {
        if (tried) {
            return;
        }
        tried = true;
        try (TaskExecutor executor = Pools.open(cached(), 1)) {
            assertThat(executor.submit(new ClassCacheProgram.CacheFlag()).get(30, TimeUnit.SECONDS))
                    .isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(ProcessesContractTests::isThere);
        }
        try (TaskExecutor executor = Pools.open(cached(), 1)) {
            assertThat(executor.submit(new ClassCacheProgram.CacheFlag()).get(30, TimeUnit.SECONDS))
                    .contains("workers-");
        }
    }

    private static Path cache() {
        return folder.resolve("cache");
    }

    private static boolean isThere() throws Exception {
        if (!Files.isDirectory(cache())) {
            return false;
        }
        try (Stream<Path> all = Files.list(cache())) {
            return all.anyMatch(file -> file.toString().matches(".*[.](jsa|aot)"));
        }
    }

    private ProcessSettings cached() {
        return processes().withClassCache(cache());
    }

    @Override
    public final ConcurrencyStrategy strategy() {
        return new ProcessesStrategy(cached());
    }

    /** Short lives: the second compiler costs more than it gives. */
    ProcessSettings processes() {
        return ProcessSettings.defaults().withJvmFlags("-XX:TieredStopAtLevel=1");
    }

    /** Starting a JVM takes its time, also on a busy machine; and one test tries all seeds. */
    @Override
    public Duration deadline() {
        return Duration.ofSeconds(60L + 30L * Integer.getInteger("gearshift.testkit.seeds", 1));
    }

    @Override
    public int rounds() {
        return 3;
    }

    @Override
    public Duration moment() {
        return Duration.ofMillis(300);
    }
}
