package dev.gearshift.executors.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.MissingCapabilityException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.util.ClearSystemProperty;

@Timeout(60)
@ClearSystemProperty(key = "gearshift.parallelism")
class ThreadsStrategyTests {
    private final ThreadsStrategy threads = new ThreadsStrategy();

    @Test
    void saysWhatItIs() {
        Artifact artifact = threads.artifact();

        assertThat(threads.id()).isEqualTo("threads");
        assertThat(artifact.groupId()).isEqualTo("dev.gearshift");
        assertThat(artifact.artifactId()).isEqualTo("executors-threads");
        assertThat(artifact.version()).isNotBlank().isNotEqualTo("?").doesNotContain("${");
        assertThat(threads.description()).isEqualTo("platform threads in this JVM");
        assertThat(threads.capabilities()).containsExactlyInAnyOrder(Capability.RUNS_LAMBDAS, Capability.DELAYS);
        assertThat(threads.maxPayload()).isEqualTo(Long.MAX_VALUE);
        assertThat(threads.unavailableBecause()).isEmpty();
    }

    @Test
    void isFoundOnTheClassPath() {
        assertThat(ConcurrencyStrategies.choose("threads").strategy()).isInstanceOf(ThreadsStrategy.class);
    }

    @Test
    void runsEightTasksAtOnceByDefault() {
        try (TaskExecutor executor = threads.open(StrategySettings.defaults())) {
            assertRunsAtOnce(executor, 8);
        }
    }

    @Test
    void runsAsManyAsItIsTold() {
        try (TaskExecutor executor = threads.open(StrategySettings.defaults().withParallelism(3))) {
            assertRunsAtOnce(executor, 3);
        }
    }

    @Test
    void invokeAll_thatRunsOutOfTime_startsNothingMore() throws InterruptedException {
        AtomicInteger started = new AtomicInteger();
        List<Callable<Object>> tasks = new ArrayList<>();
        tasks.add(() -> {
            new CountDownLatch(1).await();
            return "never";
        });
        for (int i = 0; i < 1_000; i++) {
            tasks.add(started::incrementAndGet);
        }
        try (TaskExecutor executor = threads.open(StrategySettings.defaults().withParallelism(1))) {
            List<Future<Object>> futures = executor.asExecutorService().invokeAll(tasks, 50, TimeUnit.MILLISECONDS);
            assertThat(futures).allMatch(Future::isCancelled);
        }
        assertThat(started).hasValue(0);
    }

    @Test
    void aStreamThatIsClosed_startsNothingMore() {
        AtomicInteger started = new AtomicInteger();
        try (TaskExecutor executor = threads.open(StrategySettings.defaults().withParallelism(1))) {
            for (boolean ordered : new boolean[] {true, false}) {
                CountDownLatch areRead = new CountDownLatch(10);
                CountDownLatch runs = new CountDownLatch(1);
                Stream<Task<Integer>> tasks = Stream.concat(
                        Stream.of(
                                () -> {
                                    areRead.await(); // else the stream may hand it out before it reads on
                                    return -1;
                                },
                                () -> {
                                    runs.countDown();
                                    new CountDownLatch(1).await();
                                    return 0;
                                }),
                        Stream.generate(() -> {
                            areRead.countDown();
                            return started::incrementAndGet;
                        }));
                Stream<?> stream = ordered ? executor.map(tasks) : executor.outcomes(tasks);
                try (stream) {
                    assertThat(stream.iterator().next()).isNotNull();
                    await(runs);
                }
            }
        }
        assertThat(started).hasValue(0);
    }

    /** That many meet, and one more has to wait for them. */
    private static void assertRunsAtOnce(TaskExecutor executor, int parallelism) {
        CountDownLatch started = new CountDownLatch(parallelism);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<TaskFuture<String>> names = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            names.add(executor.submit(() -> {
                started.countDown();
                mayEnd.await();
                return Thread.currentThread().getName();
            }));
        }
        TaskFuture<Long> oneMore = executor.submit(mayEnd::getCount);
        await(started);

        assertThat(executor.snapshot().parallelism()).isEqualTo(parallelism);
        assertThat(executor.snapshot().running()).isEqualTo(parallelism);
        assertThat(executor.snapshot().queued()).isOne();
        mayEnd.countDown();
        assertThat(oneMore.join()).isZero();
        assertThat(names)
                .extracting(TaskFuture::join)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).startsWith("gearshift-threads-"));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatExceptionOfType(MissingCapabilityException.class)
                .isThrownBy(() -> threads.open(StrategySettings.defaults().requiring(Capability.KILLS_RUNNING)))
                .withMessageStartingWith(
                        "ConcurrencyStrategy \"threads\" does not have KILLS_RUNNING (\"kills running tasks\"). ");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
