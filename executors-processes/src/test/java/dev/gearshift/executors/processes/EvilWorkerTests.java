package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.NO_LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.processes.EvilWorker.Evil;
import dev.gearshift.executors.testkit.Echo;
import dev.gearshift.executors.wire.WireFormatException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that breaks the protocol costs its own task, and nobody else anything. */
@Timeout(60)
@Tag("system")
class EvilWorkerTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Evil.class,
            names = {
                "GARBAGE",
                "OVERSIZE",
                "OVERSIZE_ARRAY",
                "TOO_MANY_ARRAYS",
                "SMALL_ARRAY",
                "STRAY_ARRAY",
                "TOO_SHORT",
                "ANOTHERS",
                "STARTED_TWICE",
                "POOLS_OWN"
            })
    void whatNoWorkerSaysCostsTheTask(Evil evil) throws Exception {
        try (TaskExecutor executor = opened(evil)) {
            Throwable failure = failureOf(executor.submit(new Echo(1)));
            assertThat(failure)
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("broke the protocol, and was killed");
            assertThat(executor.snapshot().failed()).isEqualTo(1);
        }
    }

    @Test
    void aResultForATaskThatItDidNotClaimIsNone() throws Exception {
        try (TaskExecutor executor = opened(Evil.UNCLAIMED)) {
            assertThat(failureOf(executor.submit(new Echo(1))))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("a task that it does not run");
        }
    }

    @Test
    void whatWasSeenToStartHasStarted() throws Exception {
        try (TaskExecutor executor = opened(Evil.RETRACTING)) {
            assertThat(failureOf(
                            executor.submit(new Echo(1), TaskOptions.defaults().withTimeout(Duration.ofSeconds(30)))))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("Lost with its worker");
        }
    }

    @Test
    void aStrangerWhoSaysNothingDoesNotHoldUpTheStart() throws Exception {
        Path strangers = ChildClasses.javaThatRuns(folder, Stranger.class);
        ProcessSettings impatient = NO_LIMITS.withJava(strangers).withStartTimeout(Duration.ofSeconds(1));
        try (TaskExecutor executor = opened(impatient)) {
            assertThat(failureOf(executor.submit(new Echo(1)))).isInstanceOf(WorkerStartException.class);
        }
    }

    @Test
    void aResultOfAnotherTypeIsTheFailureOfTheTask() throws Exception {
        try (TaskExecutor executor = opened(Evil.WRONG_TYPE)) {
            assertThat(failureOf(executor.submit(new Echo(1)))).isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void anotherArrayThanTheResultHasIsTheFailureOfTheTask() throws Exception {
        try (TaskExecutor executor = opened(Evil.WRONG_ARRAY)) {
            assertThat(failureOf(executor.submit(new LargeArrayTests.Same(new byte[1]))))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessageContaining("an array of 131072 bytes should be beside it, and one of 65536 is");
        }
    }

    @Test
    void halfAnArrayIsNone() throws Exception {
        try (TaskExecutor executor = opened(Evil.HALF_AN_ARRAY)) {
            assertThat(failureOf(executor.submit(new Echo(1)))).isInstanceOf(WorkerLostException.class);
        }
    }

    @Test
    void aSecondResultReachesNobody() throws Exception {
        try (TaskExecutor executor = opened(Evil.TWICE)) {
            for (int i = 0; i < 5; i++) {
                // The second result may find the next task begun, and cost it its worker.
                TaskOptions again =
                        TaskOptions.defaults().withRetry(Retry.none().onLostWorker(20));
                assertThat(executor.submit(new Echo(i), again).get(40, TimeUnit.SECONDS))
                        .isEqualTo(1);
            }
            assertThat(executor.snapshot().succeeded()).isEqualTo(5);
        }
    }

    @Test
    void chatterIsHeardAndForgotten() throws Exception {
        try (TaskExecutor executor = opened(Evil.CHATTY)) {
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void silenceDoesNotEscapeTheTimeout() throws Exception {
        ProcessSettings impatient = settings(Evil.MUTE).withStartTimeout(Duration.ofSeconds(3));
        try (TaskExecutor executor = opened(impatient)) {
            TaskOptions limit = TaskOptions.defaults().withTimeout(Duration.ofMillis(100));
            assertThat(failureOf(executor.submit(new Echo(1), limit))).isInstanceOf(WorkerLostException.class);
        }
    }

    @Test
    void silenceIsEndedByWhoeverWaits() throws Exception {
        try (TaskExecutor executor = opened(Evil.MUTE)) {
            TaskFuture<Integer> unheard = executor.submit(new Echo(1));
            TaskFuture<Integer> behind = executor.submit(new Echo(2));
            assertThat(failureOf(unheard.orTimeout(200, TimeUnit.MILLISECONDS))).isInstanceOf(TimeoutException.class);
            assertThat(behind.cancel(true)).isTrue();
        }
    }

    @Test
    void aLargeTaskThatNobodyReadsHoldsNobodyUp() throws Exception {
        try (TaskExecutor executor = opened(Evil.DEAF)) {
            TaskFuture<Integer> large = executor.submit(new Large(new byte[8 << 20]));
            TaskFuture<Integer> small = executor.submit(new Echo(1));
            assertThat(large.cancel(true)).isTrue();
            assertThat(small.cancel(true)).isTrue();
        }
    }

    @Test
    void whatCannotBeTakenBackIsLost() throws Exception {
        try (TaskExecutor executor = opened(Evil.WIPING)) {
            assertThat(failureOf(executor.submit(new Echo(1)))).isInstanceOf(WorkerLostException.class);
        }
    }

    @Test
    void whatWasTakenBackHasNoResult() throws Exception {
        TaskExecutor executor = opened(Evil.REVIVING);
        for (int i = 0; i < 3; i++) {
            takeBack(executor);
        }
        executor.close(Duration.ofSeconds(20));
        assertThat(executor.snapshot().state()).isEqualTo(ExecutorSnapshot.State.CLOSED);
        assertThat(executor.snapshot().cancelled()).isEqualTo(3);
        assertThat(executor.snapshot().succeeded() + executor.snapshot().failed())
                .isZero();
    }

    @Test
    void whatWasTakenBackKeepsNoPlace() throws Exception {
        try (TaskExecutor executor = opened(settings(Evil.CLINGING).withStartTimeout(Duration.ofSeconds(2)))) {
            long clinging = takeBack(executor);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> executor.snapshot().workers().stream().noneMatch(worker -> worker.pid() == clinging));
        }
    }

    /** Cancels a task that a worker has, and does not begin; the process of the worker. */
    private static long takeBack(TaskExecutor executor) {
        TaskFuture<Integer> future = executor.submit(new Echo(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> executor.snapshot().workers().stream().anyMatch(worker -> worker.taskId() == future.id()));
        long pid = executor.snapshot().workers().get(0).pid();
        assertThat(future.cancel(true)).isTrue();
        return pid;
    }

    @Test
    void whoAnswersWithoutReadingFillsNoMemory() throws Exception {
        try (TaskExecutor executor = opened(Evil.GUESSING)) {
            List<TaskFuture<Integer>> large = IntStream.range(0, 5)
                    .mapToObj(i -> executor.submit(new Large(new byte[1 << 20])))
                    .toList();
            int lost = 0;
            for (TaskFuture<Integer> future : large) {
                Throwable failure = future.handle((value, thrown) -> thrown).get(40, TimeUnit.SECONDS);
                lost += failure instanceof WorkerLostException ? 1 : 0;
            }
            assertThat(lost).isPositive();
        }
    }

    @Test
    void aWorkerThatDoesNotCallIsNoWorker() throws Exception {
        ProcessSettings impatient = settings(Evil.SILENT).withStartTimeout(Duration.ofMillis(300));
        try (TaskExecutor executor = opened(impatient)) {
            assertThat(failureOf(executor.submit(new Echo(1))))
                    .isInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("did not connect within 300 ms")
                    .hasMessageContaining("gearshift.processes.startTimeout");
        }
    }

    @Test
    void whoHasNotTheTokenIsNoWorker() throws Exception {
        try (TaskExecutor executor = opened(settings(Evil.IMPOSTOR).withStartTimeout(Duration.ofSeconds(2)))) {
            assertThat(failureOf(executor.submit(new Echo(1)))).isInstanceOf(WorkerStartException.class);
        }
    }

    private TaskExecutor opened(Evil evil) throws Exception {
        return opened(settings(evil));
    }

    private static TaskExecutor opened(ProcessSettings settings) {
        return Pools.open(settings, 1);
    }

    private ProcessSettings settings(Evil evil) throws Exception {
        return NO_LIMITS.withJava(ChildClasses.javaThatRuns(folder, EvilWorker.class, evil.name()));
    }

    static Throwable failureOf(Future<?> future) throws Exception {
        try {
            future.get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("The task did not fail.");
    }

    /** More than a socket holds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Large(byte[] bytes) implements Task<Integer> {
        @Override
        public Integer call() {
            return bytes.length;
        }
    }
}
