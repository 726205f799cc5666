package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.NO_LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.testkit.Echo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short tasks wait in a worker behind the one that it runs, and are no worse off for it. */
@Timeout(60)
@Tag("system")
class PrefetchTests {
    @TempDir
    Path folder;

    @Test
    void whatWaitsBehindALongTaskGoesToWhoeverIsIdle() throws Exception {
        Path go = folder.resolve("go");
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 2)) {
            warm(executor);
            List<TaskFuture<Integer>> all = IntStream.range(0, 300)
                    .mapToObj(i -> executor.submit(new Waits(i == 40 ? Optional.of(go) : Optional.empty())))
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                if (i != 40) {
                    assertThat(all.get(i).get(30, TimeUnit.SECONDS)).isZero();
                }
            }
            assertThat(all.get(40)).isNotDone();
            Files.createFile(go);
            assertThat(all.get(40).get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void nothingWaitsWhileSomebodyIsIdle() throws Exception {
        Path go = folder.resolve("go");
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 3)) {
            warm(executor);
            for (int round = 0; round < 3; round++) {
                // Two that wait, each perhaps with others behind it, and one worker for all of these.
                List<TaskFuture<Integer>> all = IntStream.range(0, 300)
                        .mapToObj(i ->
                                executor.submit(new Waits(i == 40 || i == 41 ? Optional.of(go) : Optional.empty())))
                        .toList();
                for (int i = 0; i < all.size(); i++) {
                    if (i % 7 == 0 && i != 42) {
                        all.get(i).cancel(false);
                    }
                }
                for (int i = 0; i < all.size(); i++) {
                    if (i != 40 && i != 41) {
                        assertThat(all.get(i).handle((value, failure) -> 0).get(30, TimeUnit.SECONDS))
                                .isZero();
                    }
                }
                Files.createFile(go);
                assertThat(all.get(40).get(30, TimeUnit.SECONDS)).isZero();
                assertThat(all.get(41).get(30, TimeUnit.SECONDS)).isZero();
                Files.delete(go);
            }
        }
    }

    @Test
    void aWorkerThatDiesIsReplacedForWhatWaitsBehindAnother() throws Exception {
        Path go = folder.resolve("go");
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 2)) {
            warm(executor);
            TaskFuture<Integer> first = executor.submit(new Waits(Optional.of(go)));
            TaskFuture<Integer> second = executor.submit(new Waits(Optional.of(go)));
            Awaitility.await().until(() -> executor.snapshot().running() == 2);
            List<TaskFuture<Integer>> waiting = IntStream.range(0, 20)
                    .mapToObj(i -> executor.submit(new Waits(Optional.empty())))
                    .toList();
            assertThat(second.cancel(true)).isTrue();
            for (TaskFuture<Integer> future : waiting) {
                assertThat(future.get(30, TimeUnit.SECONDS)).isZero();
            }
            Files.createFile(go);
            assertThat(first.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aLongTaskThatIsStoppedCostsThoseBehindItNothing() throws Exception {
        try (TaskExecutor executor = Pools.open(NO_LIMITS.withKillGrace(Duration.ZERO), 1)) {
            warm(executor);
            List<TaskFuture<Integer>> all = IntStream.range(0, 300)
                    .mapToObj(i -> executor.submit(
                            new Waits(i == 40 ? Optional.of(folder.resolve("never")) : Optional.empty())))
                    .toList();
            all.get(39).get(30, TimeUnit.SECONDS);
            Awaitility.await().until(() -> executor.snapshot().running() == 1);
            assertThat(all.get(40).cancel(true)).isTrue();
            for (int i = 41; i < all.size(); i++) {
                assertThat(all.get(i).get(30, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void aCrashCostsTheTaskThatRanAndNoneThatWaited() throws Exception {
        Path ran = Files.createFile(folder.resolve("ran"));
        int tasks = 500;
        try (TaskExecutor executor = Pools.open(NO_LIMITS, 2)) {
            List<Outcome<Integer>> outcomes = executor.outcomes(
                            IntStream.range(0, tasks).mapToObj(i -> new Mine(i, ran)))
                    .toList();
            assertThat(outcomes).hasSize(tasks);
            for (Outcome<Integer> outcome : outcomes) {
                if (outcome.index() % Mine.EACH == Mine.EACH - 1) {
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Failure.class,
                                    failed -> assertThat(failed.failure()).isInstanceOf(WorkerLostException.class));
                } else {
                    assertThat(outcome)
                            .isInstanceOfSatisfying(
                                    Outcome.Success.class,
                                    done -> assertThat(done.value()).isEqualTo((int) outcome.index()));
                }
            }
        }
        assertThat(Files.readAllLines(ran)).hasSize(tasks).doesNotHaveDuplicates();
    }

    /** Longer than the sockets of a process are kept once it has ended and says no more. */
    @Test
    void whatItHadAnsweredIsHeardHoweverLongAListenerHoldsUpWhoHears() throws Exception {
        AtomicReference<ProcessHandle> worker = new AtomicReference<>();
        AtomicBoolean isGone = new AtomicBoolean();
        TaskListener slow = new TaskListener() {
            @Override
            public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
                ProcessHandle process = worker.getAndSet(null);
                if (process != null) {
                    isGone.set(!process.onExit()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join()
                            .isAlive());
                    pause(2_500);
                }
            }
        };
        try (TaskExecutor executor = new ProcessesStrategy(NO_LIMITS)
                .open(StrategySettings.defaults().withParallelism(1).withListener(slow))) {
            Path go = folder.resolve("go");
            TaskFuture<Integer> first = executor.submit(new Waits(Optional.of(go)));
            TaskFuture<Integer> last = executor.submit(new LastWords());
            Awaitility.await()
                    .until(() -> executor.snapshot().workers().stream()
                            .anyMatch(each -> each.state() == WorkerSnapshot.State.BUSY));
            worker.set(
                    ProcessHandle.of(executor.snapshot().workers().get(0).pid()).orElseThrow());
            Files.createFile(go); // When the first is answered, the worker is sent the other.
            assertThat(first.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(isGone.get()).isTrue();
        }
    }

    /** Is done, and soon after its process ends. */
    record LastWords() implements Task<Integer> {
        @Override
        public Integer call() {
            new Thread(() -> {
                        pause(500);
                        Runtime.getRuntime().halt(7);
                    })
                    .start();
            return 1;
        }
    }

    private static void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = 1; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * What a worker is sent behind one that runs: as much as it does in half a millisecond, as far as is known, and never
     * more than is allowed.
     */
    @ParameterizedTest(name = "tasks of {0} ns, number {1}, prefetch {2}: {3} to {4}")
    @CsvSource({
        "         0, 500, 127,  60, 127",
        "         0, 500, 255, 120, 255",
        "         0, 500,   3,   1,   3",
        "         0, 500,   0,   0,   0",
        "     50000, 500, 127,   4,   9",
        "1000000000, 500, 127,   0,   0",
        "         0,   1, 127,   0,   0",
    })
    void aWorkerIsSentAheadWhatIsShort(long nanos, int number, int prefetch, int least, int most) throws Exception {
        ProcessSettings settings = NO_LIMITS
                .withPrefetch(prefetch)
                .withJava(ChildClasses.javaThatRuns(
                        folder, CountingWorker.class, Long.toString(nanos), Integer.toString(number)));
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            List<TaskFuture<Integer>> all = IntStream.range(0, 1_000)
                    .mapToObj(i -> executor.submit(new Echo(i)))
                    .toList();
            int behind = all.get(number - 1).get(30, TimeUnit.SECONDS);
            for (TaskFuture<Integer> each : all) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isIn(0, behind);
            }
            assertThat(behind).isBetween(least, most);
        }
    }

    @Test
    void whatWasShortForLong_isNotSentAheadOnceOneWasLong() {
        TaskTimes times = new TaskTimes();
        assertThat(times.expectedNanos()).as("before any").isGreaterThan(TimeUnit.DAYS.toNanos(1));
        times.took(1_000);
        assertThat(times.expectedNanos()).isEqualTo(1_000);
        times.took(9_000);
        assertThat(times.expectedNanos()).as("one that was long counts at once").isEqualTo(9_000);
        times.took(1_000);
        assertThat(times.expectedNanos()).isEqualTo(8_000);
        times.took(-5);
        assertThat(times.expectedNanos())
                .as("no worker makes it less than nothing")
                .isEqualTo(7_000);
        times.took(Long.MAX_VALUE);
        assertThat(times.expectedNanos()).isPositive().isGreaterThan(TimeUnit.DAYS.toNanos(1));
    }

    /** So that the pool knows how short they are. */
    private static void warm(TaskExecutor executor) {
        assertThat(executor.map(IntStream.range(0, 2_000).mapToObj(i -> new Waits(Optional.empty())))
                        .toList())
                .hasSize(2_000);
    }

    /** Short, or until there is a file. */
    record Waits(Optional<Path> file) implements Task<Integer> {
        @Override
        public Integer call() {
            while (file.isPresent() && !Files.exists(file.get())) {
                LockSupport.parkNanos(1_000_000);
            }
            return 0;
        }
    }

    /** Says that it runs; now and then one ends its process. */
    record Mine(int number, Path ran) implements Task<Integer> {
        static final int EACH = 100;

        @Override
        public Integer call() throws IOException {
            Files.writeString(ran, number + "\n", StandardOpenOption.APPEND);
            if (number % EACH == EACH - 1) {
                Runtime.getRuntime().halt(5);
            }
            return number;
        }
    }
}
