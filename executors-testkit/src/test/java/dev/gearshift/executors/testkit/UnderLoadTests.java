package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Repetition is worth something: each has a schedule of its own. */
@Timeout(60)
final class UnderLoadTests {
    private static final String REPETITIONS = "gearshift.testkit.repetitions";

    /** What was submitted, for each executor. */
    private static final List<Set<Task<?>>> SUBMITTED = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void threeTimes() {
        SUBMITTED.clear();
        System.setProperty(REPETITIONS, "3");
    }

    @AfterEach
    void asBefore() {
        System.clearProperty(REPETITIONS);
    }

    @Test
    void eachRepetitionHasASeedOfItsOwn() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Watched.class, "p8_randomSchedules_keepTheLedger"))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.started(3).succeeded(3));
        assertThat(SUBMITTED).hasSize(6);
        assertThat(new HashSet<>(List.of(SUBMITTED.get(0), SUBMITTED.get(2), SUBMITTED.get(4))))
                .hasSize(3);
    }

    /** Named so that the build does not run it by itself. */
    @UnderLoad
    static final class Watched extends StrategyContract {
        @Override
        public ConcurrencyStrategy strategy() {
            return new LyingStrategy(LocalTaskExecutor.CAPABILITIES, (self, settings) -> {
                Set<Task<?>> submitted = Collections.synchronizedSet(new HashSet<>());
                SUBMITTED.add(submitted);
                return new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                    @Override
                    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
                        submitted.add(task);
                        return super.submit(task, options);
                    }
                };
            });
        }
    }
}
