package com.example.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What it adds to the promises, and how it is found. */
@Timeout(60)
class WatchedStrategyTests {
    private final List<String> log = new CopyOnWriteArrayList<>();

    private record Square(int n) implements Task<Integer> {
        @Override
        public Integer call() {
            return n * n;
        }
    }

    @Test
    void warnsOfTasksThatRanTooLong() {
        square(new WatchedStrategy(Duration.ZERO, log::add));

        assertThat(log)
                .singleElement()
                .asString()
                .matches("Square\\[n=3] SUCCEEDED after \\d+ ms on gearshift-watched-.*");
    }

    @Test
    void isSilentAboutTheOthers() {
        square(new WatchedStrategy(Duration.ofDays(1), log::add));

        assertThat(log).isEmpty();
    }

    private static void square(ConcurrencyStrategy strategy) {
        try (TaskExecutor executor = strategy.open(StrategySettings.defaults())) {
            assertThat(executor.submit(new Square(3)).join()).isEqualTo(9);
        }
    }

    @Test
    void isFoundAndSaysWhereItComesFrom() {
        ConcurrencyStrategy strategy = ConcurrencyStrategies.choose("watched").strategy();

        assertThat(strategy).isInstanceOf(WatchedStrategy.class);
        assertThat(strategy.artifact().toString()).matches("com\\.example:watched-strategy:\\d.*");
    }

    /** The class path and the module path find the same provider. */
    @Test
    void theServiceFileAndTheModuleDescriptorAgree() throws Exception {
        Path classes = Path.of(WatchedStrategy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> services =
                Files.readAllLines(classes.resolve("META-INF/services").resolve(ConcurrencyStrategy.class.getName()));
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            assertThat(ModuleDescriptor.read(in).provides())
                    .singleElement()
                    .satisfies(provides -> assertThat(provides.providers()).isEqualTo(services));
        }
    }
}
