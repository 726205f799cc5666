package dev.gearshift.executors.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.MissingCapabilityException;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.util.ClearSystemProperty;

@Timeout(60)
@ClearSystemProperty(key = "gearshift.parallelism")
class AsyncStrategyTests {
    private final AsyncStrategy async = new AsyncStrategy();

    @Test
    void saysWhatItIs() {
        Artifact artifact = async.artifact();

        assertThat(async.id()).isEqualTo("async");
        assertThat(artifact.groupId()).isEqualTo("dev.gearshift");
        assertThat(artifact.artifactId()).isEqualTo("executors-async");
        assertThat(artifact.version()).isNotBlank().isNotEqualTo("?").doesNotContain("${");
        assertThat(async.description()).isEqualTo("many tasks in flight on few threads in this JVM");
        assertThat(async.capabilities())
                .containsExactlyInAnyOrder(Capability.RUNS_LAMBDAS, Capability.DELAYS, Capability.NON_BLOCKING);
        assertThat(async.maxPayload()).isEqualTo(Long.MAX_VALUE);
        assertThat(async.unavailableBecause()).isEmpty();
    }

    @Test
    void isFoundOnTheClassPath() {
        assertThat(ConcurrencyStrategies.choose("async").strategy()).isInstanceOf(AsyncStrategy.class);
    }

    @Test
    void aThousandTasksAreInFlightOnFewThreadsByDefault() throws InterruptedException {
        try (TaskExecutor executor = async.open(StrategySettings.defaults())) {
            assertInFlight(executor, 1_000);
        }
    }

    @Test
    void asManyTasksAreInFlightAsItIsTold() throws InterruptedException {
        try (TaskExecutor executor = async.open(StrategySettings.defaults().withParallelism(3))) {
            assertInFlight(executor, 3);
        }
    }

    /** That many have begun and hold no thread, and one more has to wait for them. */
    private static void assertInFlight(TaskExecutor executor, int limit) throws InterruptedException {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(limit);
        CompletableFuture<String> answer = new CompletableFuture<>();
        AsyncTask<String> task = () -> {
            threads.add(Thread.currentThread().getName());
            begun.countDown();
            return answer.copy();
        };
        List<TaskFuture<String>> tasks = new ArrayList<>();
        for (int i = 0; i <= limit; i++) {
            tasks.add(executor.submit(task));
        }
        begun.await();

        assertThat(executor.snapshot().parallelism()).isEqualTo(limit);
        assertThat(executor.snapshot().running()).isEqualTo(limit);
        assertThat(executor.snapshot().queued()).isOne();
        answer.complete("done");
        assertThat(tasks).extracting(TaskFuture::join).containsOnly("done");
        assertThat(threads)
                .hasSizeBetween(1, 2)
                .allSatisfy(name -> assertThat(name).startsWith("gearshift-async-"));
    }

    @Test
    void plainTasksShareTheFewThreads() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(AsyncStrategy.THREADS);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<TaskFuture<String>> names = new ArrayList<>();
        try (TaskExecutor executor = async.open(StrategySettings.defaults())) {
            for (int i = 0; i < 2 * AsyncStrategy.THREADS; i++) {
                names.add(executor.submit(() -> {
                    started.countDown();
                    mayEnd.await();
                    return Thread.currentThread().getName();
                }));
            }
            started.await();
            mayEnd.countDown();
        }

        assertThat(names.stream().map(TaskFuture::join).distinct()).hasSize(AsyncStrategy.THREADS);
    }

    @Test
    void plainTasksThatQueueHoldUpNoOthers() throws InterruptedException {
        int limit = 3 * AsyncStrategy.THREADS;
        CompletableFuture<TaskFuture<String>> submitted = new CompletableFuture<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        AsyncTask<String> asynchronous = () -> {
            begun.countDown();
            return answer;
        };
        List<TaskFuture<String>> plain = new ArrayList<>();
        try (TaskExecutor executor = async.open(StrategySettings.defaults().withParallelism(limit))) {
            for (int i = 0; i < limit; i++) {
                plain.add(executor.submit(() -> submitted.get().get()));
            }
            submitted.complete(executor.submit(asynchronous));
            begun.await();
            answer.complete("done");
        }
        assertThat(plain).extracting(TaskFuture::join).containsOnly("done");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatExceptionOfType(MissingCapabilityException.class)
                .isThrownBy(() -> async.open(StrategySettings.defaults().requiring(Capability.KILLS_RUNNING)))
                .withMessageStartingWith(
                        "ConcurrencyStrategy \"async\" does not have KILLS_RUNNING (\"kills running tasks\"). ");
    }
}
