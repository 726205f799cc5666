package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.testkit.Echo;
import dev.gearshift.executors.testkit.FaultyTask;
import dev.gearshift.executors.testkit.StrategyContract;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The tests of isolation are worth something: pools that break one rule fail the tests of that rule. */
@Timeout(120)
class LiarTests {
    private static final Queue<TaskExecutor> OPENED = new ConcurrentLinkedQueue<>();

    /**
     * A pool that breaks one rule.
     *
     * @param lie what it does wrong
     * @param settings its settings
     * @param swap what it runs in the place of a task
     * @param options what it makes of the options of a task
     * @param seconds how long one of its tests may take; few where they fail by their deadline
     * @param caughtBy the tests that fail
     */
    record Liar(
            String lie,
            ProcessSettings settings,
            UnaryOperator<Task<?>> swap,
            UnaryOperator<TaskOptions> options,
            int seconds,
            Set<String> caughtBy) {
        Liar(
                String lie,
                ProcessSettings settings,
                UnaryOperator<TaskOptions> options,
                int seconds,
                Set<String> caughtBy) {
            this(lie, settings, task -> task, options, seconds, caughtBy);
        }

        /** Runs something else in the place of some tasks. */
        static Liar swapping(String lie, Predicate<Task<?>> which, Task<?> instead, String caughtBy) {
            return new Liar(
                    lie, QUIET, task -> which.test(task) ? instead : task, options -> options, 20, Set.of(caughtBy));
        }

        @Override
        public String toString() {
            return lie;
        }
    }

    @Tag("proof")
    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("liars")
    void aLiarFailsTheTestsOfItsRule(Liar liar) {
        Contract.liar = liar;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(liar.caughtBy().stream()
                        .map(test -> selectMethod(Contract.class, test))
                        .toArray(MethodSelector[]::new))
                .execute()
                .testEvents();
        assertThat(tests.failed().list().stream().map(LiarTests::nameOf))
                .containsExactlyInAnyOrderElementsOf(liar.caughtBy());
    }

    @Test
    void everyTestOfIsolation_catchesSomebody() {
        Set<String> tests = Arrays.stream(StrategyContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .filter(name -> name.startsWith("isolated_") || name.startsWith("killed_"))
                .collect(Collectors.toSet());
        assertThat(liars().flatMap(liar -> liar.caughtBy().stream()).collect(Collectors.toSet()))
                .hasSizeGreaterThan(10)
                .isEqualTo(tests);
    }

    private static String nameOf(Event test) {
        return ((MethodSource) test.getTestDescriptor().getSource().orElseThrow()).getMethodName();
    }

    /** A test that fails may leave anything. */
    @AfterEach
    void nothingStays() {
        for (TaskExecutor left : OPENED) {
            left.shutdownNow();
            left.snapshot()
                    .workers()
                    .forEach(worker -> ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly));
            left.close();
        }
        OPENED.clear();
    }

    static Stream<Liar> liars() {
        return Stream.of(
                new Liar(
                        "what does not obey lives on",
                        QUIET.withKillGrace(Duration.ofHours(1)),
                        options -> options,
                        3,
                        Set.of(
                                "killed_spinningTask_isDeadSoonAfterItsTimeout",
                                "killed_spinningTask_isDeadSoonAfterItIsCancelled_withAllThatItStarted",
                                "killed_shutdownNow_leavesNothingRunning")),
                new Liar(
                        "what would obey is killed as well",
                        QUIET.withKillGrace(Duration.ZERO),
                        options -> options,
                        20,
                        Set.of("killed_taskThatObeysTheInterrupt_keepsItsWorker")),
                new Liar(
                        "a lost task is run again unasked",
                        QUIET.withQuarantineAfter(0),
                        options -> options.withRetry(options.retry().onLostWorker(9)),
                        20,
                        Set.of(
                                "isolated_lostWorker_isNoFailureOfTheTask",
                                "isolated_lostWorker_isRetriedIfTheOptionsSaySo")),
                new Liar(
                        "a lost task is never run again",
                        QUIET,
                        options -> options.withRetry(options.retry().onLostWorker(0)),
                        20,
                        Set.of("isolated_lostWorker_isRetriedIfTheOptionsSaySo")),
                new Liar(
                        "a lost worker counts as the task's own failure",
                        QUIET,
                        options -> options.withRetry(
                                options.retry().attempts() > 1 ? Retry.none().onLostWorker(3) : options.retry()),
                        20,
                        Set.of("isolated_lostWorker_isNoFailureOfTheTask")),
                new Liar(
                        "there are no timeouts",
                        QUIET,
                        options -> options.withTimeout(null),
                        3,
                        Set.of("killed_spinningTask_isDeadSoonAfterItsTimeout", "isolated_chaos_countsAreExact")),
                new Liar(
                        "the first crash is the last thing that the pool does",
                        QUIET.withCrashLimit(1, Duration.ofHours(1)),
                        options -> options,
                        20,
                        Set.of(
                                "isolated_everyFaultAtEveryStep_isTheFailureOfThatTask",
                                "isolated_lostWorker_isNamedWithPidAndExitCode",
                                "isolated_crashes_areInstancesOfTheirOwn",
                                "isolated_busyWorkerKilled_onlyItsTaskFails",
                                "isolated_idleWorkerKilled_nobodyNotices",
                                "isolated_allWorkersCrashAtOnce_othersGoOn",
                                "isolated_crashWhileClosing_endsInItsFuture",
                                "isolated_chaos_countsAreExact")),
                Liar.swapping(
                        "what cannot be written is accepted",
                        task -> isFaulty(task, FaultyTask.Step.TASK_WRITTEN),
                        new Echo(1),
                        "isolated_errorWhileItIsWrittenHere_isRefusedAtSubmit"),
                Liar.swapping(
                        "a result that cannot be read costs the worker",
                        task -> isFaulty(task, FaultyTask.Step.RESULT_READ),
                        new Dies(),
                        "isolated_errorWhileItsResultIsReadHere_isTheFailureOfThatTask"),
                Liar.swapping(
                        "a task without memory costs the worker",
                        task -> task.getClass().getSimpleName().equals("Hungry"),
                        new Dies(),
                        "isolated_outOfMemory_isTheFailureOfThatTask"),
                Liar.swapping(
                        "a task's input is not its own",
                        task -> task.getClass().getSimpleName().equals("ReadsInput"),
                        new Echo('x'),
                        "isolated_standardStreams_areTheTasksOwn"));
    }

    private static boolean isFaulty(Task<?> task, FaultyTask.Step step) {
        return task instanceof FaultyTask faulty && faulty.step() == step;
    }

    /** Ends its worker. */
    record Dies() implements Task<Integer> {
        @Override
        public Integer call() {
            Runtime.getRuntime().halt(1);
            return 1;
        }
    }

    /** The contract, held to one liar after the other. Not found by itself, as it is private. */
    static final class Contract extends StrategyContract {
        private static @Nullable Liar liar;

        @Override
        public ConcurrencyStrategy strategy() {
            return new LyingStrategy(liar());
        }

        private static Liar liar() {
            return Objects.requireNonNull(liar);
        }

        @Override
        public Duration deadline() {
            return Duration.ofSeconds(liar().seconds());
        }

        @Override
        public int rounds() {
            return 3;
        }
    }

    /** A pool that lies. */
    record LyingStrategy(Liar liar) implements ConcurrencyStrategy {
        @Override
        public String id() {
            return "liar";
        }

        @Override
        public Artifact artifact() {
            return new Artifact("dev.gearshift", "executors-liar", "0");
        }

        @Override
        public String description() {
            return "breaks one rule";
        }

        @Override
        public Set<Capability> capabilities() {
            return new ProcessesStrategy().capabilities();
        }

        @Override
        public TaskExecutor open(StrategySettings settings) {
            TaskExecutor honest = new ProcessesStrategy(liar.settings()).open(settings);
            OPENED.add(honest);
            return new LyingExecutor(honest, liar);
        }
    }

    /** An executor that passes on other tasks and options. */
    record LyingExecutor(TaskExecutor honest, Liar liar) implements TaskExecutor {
        @Override
        @SuppressWarnings("unchecked") // a lie
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions given) {
            return honest.submit(
                    (Task<T>) liar.swap().apply(task), liar.options().apply(given));
        }

        @Override
        public ExecutorService asExecutorService() {
            return honest.asExecutorService();
        }

        @Override
        public int window() {
            return honest.window();
        }

        @Override
        public ExecutorSnapshot snapshot() {
            return honest.snapshot();
        }

        @Override
        public void close() {
            honest.close();
        }

        @Override
        public void close(Duration limit) {
            honest.close(limit);
        }

        @Override
        public List<Task<?>> shutdownNow() {
            return honest.shutdownNow();
        }
    }
}
