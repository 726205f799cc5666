package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.NO_LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.WorkerSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Busy workers are killed, one after the other, while very many tasks run: each ends once, and none is lost. */
@Timeout(240)
@Tag("system")
class KillScheduleTests {
    private static final int TASKS = 1_000;
    private static final int WORKERS = 4;
    private static final int MOST_KILLS = 40;

    /** How many tasks, how long each takes, and how often a worker is killed. */
    private record Work(int tasks, long nanos, long killEveryMillis) {}

    private static final Work LONG = new Work(TASKS, TimeUnit.MILLISECONDS.toNanos(5), 250);
    private static final Work FEWER_LONG = new Work(400, TimeUnit.MILLISECONDS.toNanos(5), 250);
    private static final Work SHORT = new Work(20_000, 0, 300);
    private static final Work FEWER_SHORT = new Work(5_000, 0, 300);

    @TempDir
    Path folder;

    @Test
    void everyTaskEndsOnce() throws Exception {
        everyTaskEndsOnce(1, FEWER_LONG);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void everyTaskEndsOnceWhateverTheSeed(long seed) throws Exception {
        everyTaskEndsOnce(seed, LONG);
    }

    /** These are so short that many wait in a worker when it is killed. */
    @Test
    void everyShortTaskEndsOnce() throws Exception {
        everyTaskEndsOnce(1, FEWER_SHORT);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void everyShortTaskEndsOnceWhateverTheSeed(long seed) throws Exception {
        everyTaskEndsOnce(seed, SHORT);
    }

    private void everyTaskEndsOnce(long seed, Work work) throws Exception {
        List<Outcome<Integer>> outcomes = run(NO_LIMITS, TaskOptions.defaults(), seed, work);
        long lost = outcomes.stream().filter(KillScheduleTests::isLost).count();
        long well = outcomes.stream().filter(Outcome.Success.class::isInstance).count();
        assertThat(well + lost).as("seed %d", seed).isEqualTo(work.tasks());
        assertThat(lost).as("seed %d", seed).isPositive();
    }

    @Test
    void withRetriesAllSucceed() throws Exception {
        List<Outcome<Integer>> outcomes =
                run(NO_LIMITS, TaskOptions.defaults().withRetry(Retry.none().onLostWorker(20)), 1, LONG);
        assertThat(outcomes).allMatch(Outcome.Success.class::isInstance);
    }

    @Test
    void withLimitsItEndsInTheirErrors() throws Exception {
        ProcessSettings strict =
                NO_LIMITS.withCrashLimit(3, Duration.ofMinutes(1)).withQuarantineAfter(3);
        List<Outcome<Integer>> outcomes = run(strict, TaskOptions.defaults(), 1, LONG);
        assertThat(outcomes.stream().filter(KillScheduleTests::isLost).count()).isLessThanOrEqualTo(WORKERS + 2L);
        assertThat(outcomes.stream().filter(KillScheduleTests::isGivenUp).count())
                .isPositive();
        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof Outcome.Success || isLost(outcome) || isGivenUp(outcome));
    }

    /** Cancelling meets workers that start, die, answer and are replaced. */
    @Test
    void whatIsCancelledMeanwhileEndsOnceToo() throws Exception {
        whatIsCancelledMeanwhileEndsOnceToo(1);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void whatIsCancelledMeanwhileEndsOnceTooWhateverTheSeed(long seed) throws Exception {
        whatIsCancelledMeanwhileEndsOnceToo(seed);
    }

    private void whatIsCancelledMeanwhileEndsOnceToo(long seed) throws Exception {
        Random random = new Random(seed);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        TaskExecutor executor = Pools.open(NO_LIMITS.withKillGrace(Duration.ofMillis(5)), WORKERS);
        try (executor) {
            for (int i = 0; i < TASKS; i++) {
                futures.add(executor.submit(new Pause(random.nextInt(2_000_000))));
                if (i % 2 == 0) {
                    LockSupport.parkNanos(random.nextInt(1_000_000));
                    futures.get(random.nextInt(futures.size())).cancel(random.nextBoolean());
                }
                if (i % 50 == 0) {
                    killOneThatIsBusy(executor, random);
                }
            }
            for (TaskFuture<Integer> future : futures) {
                assertThat(future.handle((value, failure) -> failure).get(30, TimeUnit.SECONDS))
                        .as("seed %d, task %d", seed, future.id())
                        .satisfiesAnyOf(
                                failure -> assertThat(failure).isNull(),
                                failure -> assertThat(failure)
                                        .isInstanceOfAny(CancellationException.class, WorkerLostException.class));
            }
            for (int i = 0; i < WORKERS; i++) {
                assertThat(executor.submit(new Pause(1)).get(30, TimeUnit.SECONDS))
                        .isZero();
            }
            executor.close(Duration.ofSeconds(20));
        }
        ExecutorSnapshot end = executor.snapshot();
        assertThat(end.state()).as("seed %d", seed).isEqualTo(ExecutorSnapshot.State.CLOSED);
        assertThat(end.queued() + end.running()).as("seed %d", seed).isZero();
        assertThat(end.succeeded() + end.failed() + end.cancelled())
                .as("seed %d", seed)
                .isEqualTo(TASKS + WORKERS);
    }

    private static boolean isLost(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failure<?> failed && failed.failure() instanceof WorkerLostException;
    }

    private static boolean isGivenUp(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failure<?> failed && failed.failure() instanceof CrashLimitException;
    }

    private List<Outcome<Integer>> run(ProcessSettings settings, TaskOptions options, long seed, Work work)
            throws Exception {
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger killed = new AtomicInteger();
        Path ran = Files.createTempFile(folder, "ran", ".txt");
        List<Outcome<Integer>> outcomes;
        try (TaskExecutor executor = Pools.open(settings, WORKERS)) {
            Random random = new Random(seed);
            AtomicLong next = new AtomicLong();
            killer.scheduleAtFixedRate(
                    () -> {
                        // Where workers start more slowly than they are killed, hardly anything would ever be done.
                        long succeeded = executor.snapshot().succeeded();
                        if (succeeded >= next.get()) {
                            next.set(succeeded + work.tasks() / MOST_KILLS);
                            killed.addAndGet(killOneThatIsBusy(executor, random));
                        }
                    },
                    work.killEveryMillis(),
                    work.killEveryMillis(),
                    TimeUnit.MILLISECONDS);
            outcomes = executor.outcomes(
                            IntStream.range(0, work.tasks()).mapToObj(i -> new Numbered(i, work.nanos(), ran)), options)
                    .toList();
            killer.shutdownNow();
            assertThat(killer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(executor.snapshot().queued()).isZero();
        } finally {
            killer.shutdownNow();
        }
        assertThat(outcomes.stream().filter(KillScheduleTests::isLost).count()).isLessThanOrEqualTo(killed.get());
        noneRanTwice(ran, options, work.tasks());
        Set<Long> seen = new HashSet<>();
        for (Outcome<Integer> outcome : outcomes) {
            assertThat(seen.add(outcome.index())).isTrue();
            if (outcome instanceof Outcome.Success<Integer> success) {
                assertThat(success.value()).isEqualTo((int) outcome.index());
            }
        }
        assertThat(seen).hasSize(work.tasks());
        assertThat(killed).hasPositiveValue();
        return outcomes;
    }

    /** Without retries none begins again. */
    private static void noneRanTwice(Path ran, TaskOptions options, int tasks) throws IOException {
        List<String> begun = Files.readAllLines(ran);
        if (options.retry().lostWorkers() == 0) {
            assertThat(begun).doesNotHaveDuplicates();
        } else {
            assertThat(new HashSet<>(begun)).hasSize(tasks);
        }
    }

    private static int killOneThatIsBusy(TaskExecutor executor, Random random) {
        List<WorkerSnapshot> busy = executor.snapshot().workers().stream()
                .filter(worker -> worker.state() == WorkerSnapshot.State.BUSY)
                .toList();
        if (busy.isEmpty()) {
            return 0;
        }
        long pid = busy.get(random.nextInt(busy.size())).pid();
        return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false) ? 1 : 0;
    }

    /** Takes its time. */
    record Pause(long nanos) implements Task<Integer> {
        @Override
        public Integer call() {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return 0;
        }
    }

    /** Takes its time, and returns its number. */
    record Numbered(int number, long nanos, Path ran) implements Task<Integer> {
        @Override
        public Integer call() throws IOException {
            Files.writeString(ran, number + "\n", StandardOpenOption.APPEND);
            return new Pause(nanos).call() + number;
        }
    }
}
