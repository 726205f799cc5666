package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.testkit.Echo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What crashes again and again is given up: a task, and a pool for a while. */
@Timeout(60)
@Tag("system")
class LimitsTests {
    @Test
    void aTaskThatCrashesItsWorkersIsNotRunAgain() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(2), 1)) {
            assertThat(failureOf(executor, new Bad(1))).isInstanceOf(WorkerLostException.class);
            assertThat(failureOf(executor, new Bad(2))).isInstanceOf(WorkerLostException.class);
            assertThat(failureOf(executor, new Bad(1))).isInstanceOf(WorkerLostException.class);
            assertThat(failureOf(executor, new Bad(1)))
                    .isInstanceOf(QuarantineException.class)
                    .hasMessageContaining("has crashed its worker 2 times")
                    .hasCauseInstanceOf(WorkerLostException.class);
            assertThat(failureOf(executor, new Bad(2))).isInstanceOf(WorkerLostException.class);
            assertThat(executor.submit(new Echo(3)).get(30, TimeUnit.SECONDS)).isEqualTo(3);
        }
    }

    @Test
    void whatWaitsIsGivenUpTooIfItIsTheSame() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(2), 1)) {
            List<TaskFuture<Integer>> same = IntStream.range(0, 6)
                    .mapToObj(i -> executor.submit(new Bad(1)))
                    .toList();
            TaskFuture<Integer> other = executor.submit(new Echo(1));
            for (int i = 0; i < 6; i++) {
                assertThat(EvilWorkerTests.failureOf(same.get(i)))
                        .isInstanceOf(i < 2 ? WorkerLostException.class : QuarantineException.class);
            }
            assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** Also where it waits in another worker. */
    @Test
    void whatWaitsInAWorkerIsGivenUpTooIfItIsTheSame(@TempDir Path folder) throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(1), 2)) {
            assertThat(executor.map(IntStream.range(0, 2_000).mapToObj(i -> new Kind("short", folder))))
                    .hasSize(2_000); // So that the pool knows how short they are.
            Path first = folder.resolve("first");
            Path second = folder.resolve("second");
            TaskFuture<Integer> before = executor.submit(new PrefetchTests.Waits(Optional.of(first)));
            TaskFuture<Integer> elsewhere = executor.submit(new PrefetchTests.Waits(Optional.of(second)));
            TaskFuture<Integer> one = executor.submit(new Kind("one", folder));
            List<TaskFuture<Integer>> equal = IntStream.range(0, 20)
                    .mapToObj(i -> executor.submit(new Kind("crash", folder)))
                    .toList();
            Files.createFile(first); // All others are sent to the worker that is done with this.
            assertThat(before.get(30, TimeUnit.SECONDS)).isZero();
            Files.createFile(second); // Then the other worker takes half of them.
            assertThat(elsewhere.get(30, TimeUnit.SECONDS)).isZero();
            List<Throwable> failures = new ArrayList<>();
            for (TaskFuture<Integer> future : equal) {
                failures.add(EvilWorkerTests.failureOf(future));
            }
            assertThat(failures)
                    .filteredOn(WorkerLostException.class::isInstance)
                    .hasSize(1);
            assertThat(failures)
                    .filteredOn(QuarantineException.class::isInstance)
                    .hasSize(19);
            Files.createFile(folder.resolve("one"));
            assertThat(one.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    /** Short, or until there is a file of that name, or the end of the process. */
    record Kind(String kind, Path folder) implements Task<Integer> {
        @Override
        public Integer call() {
            if (kind.equals("crash")) {
                Runtime.getRuntime().halt(7);
            }
            while (!kind.equals("short") && !Files.exists(folder.resolve(kind))) {
                LockSupport.parkNanos(1_000_000);
            }
            return 0;
        }
    }

    @Test
    void whatWaitsIsNotForgottenWhenAnEqualTaskEndsWell(@TempDir Path folder) throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(1), 2)) {
            BadOnce task = new BadOnce(folder.resolve("bad"));
            List<TaskFuture<Integer>> equal = IntStream.range(0, 3_000)
                    .mapToObj(i -> executor.submit(task))
                    .toList();
            for (TaskFuture<Integer> future : equal) {
                assertThat(future.handle((value, failure) -> failure).get(40, TimeUnit.SECONDS))
                        .satisfiesAnyOf(
                                failure -> assertThat(failure).isNull(),
                                failure -> assertThat(failure)
                                        .isInstanceOfAny(WorkerLostException.class, QuarantineException.class));
            }
        }
    }

    @Test
    void retriesEndThereToo() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(2), 1)) {
            TaskOptions often = TaskOptions.defaults().withRetry(Retry.none().onLostWorker(10));
            assertThat(EvilWorkerTests.failureOf(executor.submit(new Bad(1), often)))
                    .isInstanceOf(QuarantineException.class);
        }
    }

    @Test
    void withoutTheLimitItIsRunAsOftenAsOneLikes() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withQuarantineAfter(0), 1)) {
            for (int i = 0; i < 4; i++) {
                assertThat(failureOf(executor, new Bad(1))).isInstanceOf(WorkerLostException.class);
            }
        }
    }

    @Test
    void aPoolWhoseWorkersCrashTooOftenGivesUpWhatWaits() throws Exception {
        ProcessSettings strict = QUIET.withCrashLimit(2, Duration.ofMinutes(10));
        try (TaskExecutor executor = Pools.open(strict, 1)) {
            List<TaskFuture<Integer>> all = IntStream.range(0, 5)
                    .mapToObj(i -> executor.submit(new Bad(i)))
                    .toList();
            for (int i = 0; i < 5; i++) {
                assertThat(EvilWorkerTests.failureOf(all.get(i)))
                        .isInstanceOf(i < 2 ? WorkerLostException.class : CrashLimitException.class);
            }
            assertThat(failureOf(executor, new Echo(1)))
                    .isInstanceOf(CrashLimitException.class)
                    .hasMessageContaining("2 workers crashed within 600000 ms")
                    .hasCauseInstanceOf(WorkerLostException.class);
        }
    }

    @Test
    void theWindowMovesOn() {
        CrashLimit limit = new CrashLimit(2, Duration.ofNanos(100));
        limit.crashed(0, null);
        limit.crashed(50, null);
        assertThat(limit.isReached(60)).isTrue();
        assertThat(limit.isReached(101)).isFalse();
        limit.crashed(140, null);
        assertThat(limit.isReached(150)).isTrue();
        assertThat(limit.isReached(151)).isFalse();
    }

    @Test
    void noLimitIsNeverReached() {
        CrashLimit none = new CrashLimit(0, Duration.ofMinutes(1));
        for (int i = 0; i < 1_000; i++) {
            none.crashed(i, null);
        }
        assertThat(none.isReached(1_000)).isFalse();
    }

    private static Throwable failureOf(TaskExecutor executor, Task<?> task) throws Exception {
        return EvilWorkerTests.failureOf(executor.submit(task));
    }

    /** Crashes; the number tells one from another. */
    record Bad(int number) implements Task<Integer> {
        @Override
        public Integer call() {
            Runtime.getRuntime().halt(1);
            return number;
        }
    }

    /** The first of these crashes its worker. */
    record BadOnce(Path file) implements Task<Integer> {
        @Override
        public Integer call() throws IOException {
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                return 1;
            }
            Runtime.getRuntime().halt(7);
            return 0;
        }
    }
}
