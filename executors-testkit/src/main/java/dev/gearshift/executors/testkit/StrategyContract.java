package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The promises that every strategy keeps, as numbered tests. To prove a strategy, extend this and give it:
 *
 * <pre>{@code
 * final class MyStrategyTests extends StrategyContract {
 *     public ConcurrencyStrategy strategy() {
 *         return new MyStrategy();
 *     }
 * }
 * }</pre>
 *
 * <p>A test that needs a capability which the strategy does not declare is skipped, with the reason. Each test has a
 * deadline and fails with a dump of all stacks when it passes; after each test nothing may be left: no thread, process,
 * socket or temporary file. Tasks of the kit are records and speak to the tests through a loopback socket, so that the
 * same tests hold for strategies that leave this JVM.
 */
@ExtendWith({Deadline.class, NothingLeft.class})
@Isolated("What it leaves is compared with what the whole JVM had before.")
public abstract class StrategyContract
        implements P1Results,
                P2Values,
                P3Streams,
                P4Cancelling,
                P5Timeouts,
                P6Closing,
                P7Portability,
                P8Independence,
                P9ExecutorService,
                P9Waits,
                AsyncTasks,
                Discovery,
                Isolation,
                Memory,
                RandomSchedules,
                OptionsAndListeners {

    /** For subclasses. */
    protected StrategyContract() {}

    /** The strategy to prove; a new one or always the same. */
    @Override
    public abstract ConcurrencyStrategy strategy();

    /** The settings that most tests open it with; nothing set by default. */
    @Override
    public StrategySettings settings() {
        return new StrategySettings(OptionalInt.empty(), false, Set.of(), List.of());
    }

    /** How many tasks may be told to run at once: 2 by default, 1 for a strategy that runs one at a time. */
    @Override
    public int width() {
        return 2;
    }

    /** Whether a worker that has run a task is there for the next: true, unless each task has a worker of its own. */
    public boolean workersStay() {
        return true;
    }

    /**
     * How long one test may take. Make it longer for strategies that start processes.
     *
     * @return 20 seconds, unless the system property {@code gearshift.testkit.deadline} says otherwise (in seconds)
     */
    public Duration deadline() {
        return Duration.ofSeconds(Long.getLong("gearshift.testkit.deadline", 20));
    }

    /**
     * How long a test watches that something does not happen, and how long the timeouts are that it waits for. Make it
     * longer for strategies whose tasks take long to begin.
     *
     * @return 100 milliseconds
     */
    public Duration moment() {
        return Duration.ofMillis(100);
    }

    /**
     * How often a race is provoked, each time with an executor of its own. Make it less for strategies that take long to
     * open.
     *
     * @return 20
     */
    @Override
    public int rounds() {
        return 20;
    }

    /**
     * How many tasks are too many for a small heap, if it keeps them all. Make it less for strategies that take long for
     * a task, and more where there is time.
     *
     * @return a million, unless the system property {@code gearshift.testkit.many} says otherwise
     */
    @Override
    public int many() {
        return Integer.getInteger("gearshift.testkit.many", 1_000_000);
    }

    @Override
    public final TaskExecutor open(StrategySettings settings) {
        return strategy().open(settings);
    }

    @Override
    public final TaskExecutor open() {
        return open(settings());
    }

    @Override
    public final TaskExecutor openOne() {
        return open(settings().withParallelism(1));
    }

    @Override
    public final void needs(Capability capability) {
        ConcurrencyStrategy strategy = strategy();
        Assumptions.assumeTrue(
                strategy.capabilities().contains(capability),
                () -> strategy.id() + " does not have " + capability + " (" + capability.phrase() + ")");
    }

    @Override
    public final void needsNo(Capability capability, String because) {
        ConcurrencyStrategy strategy = strategy();
        Assumptions.assumeFalse(
                strategy.capabilities().contains(capability),
                () -> strategy.id() + " has " + capability + " (" + capability.phrase() + "): " + because);
    }

    @Override
    public final void needsWidth(int tasks) {
        Assumptions.assumeTrue(
                width() >= tasks, () -> strategy().id() + " does not run " + tasks + " tasks at the same time");
    }

    @Override
    public final void needsWorkersThatStay() {
        Assumptions.assumeTrue(workersStay(), () -> strategy().id() + " has a worker of its own for each task");
    }
}
