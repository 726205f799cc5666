package dev.gearshift.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract tests cannot bring about: threads that do not start, executors inside each other, garbage. */
@Timeout(30)
class LocalTaskExecutorTests {
    private static final SequentialStrategy STRATEGY = new SequentialStrategy();

    private static StrategySettings width(int parallelism) {
        return new StrategySettings(OptionalInt.of(parallelism), false, Set.of(), List.of());
    }

    private static Thread daemon(Runnable runnable) {
        Thread thread = new Thread(runnable, "test-worker");
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void aThreadThatDoesNotStart_rejectsTheTask_andOthersRun() {
        AtomicBoolean fails = new AtomicBoolean(true);
        try (TaskExecutor executor = LocalTaskExecutor.threadPerTask(STRATEGY, width(1), 1, runnable -> {
            if (fails.get()) {
                throw new OutOfMemoryError("no thread");
            }
            return daemon(runnable);
        })) {
            assertThatThrownBy(() -> executor.submit(() -> 1)).isInstanceOf(OutOfMemoryError.class);
            fails.set(false);
            assertThat(executor.submit(() -> 2).join()).isEqualTo(2);
            assertThat(executor.snapshot().queued()).isZero();
        }
    }

    @Test
    void threadsThatDoNotStart_failWhatWaits_howeverMuchItIs() throws Exception {
        int many = 50_000;
        AtomicBoolean fails = new AtomicBoolean();
        CountDownLatch goOn = new CountDownLatch(1);
        List<TaskFuture<Integer>> waiting = new ArrayList<>();
        try (TaskExecutor executor = LocalTaskExecutor.threadPerTask(STRATEGY, width(1), 1, runnable -> {
            if (fails.get()) {
                throw new OutOfMemoryError("no thread");
            }
            return daemon(runnable);
        })) {
            TaskFuture<Integer> first = executor.submit(() -> {
                goOn.await();
                return 1;
            });
            for (int i = 0; i < many; i++) {
                waiting.add(executor.submit(() -> 2));
            }
            fails.set(true);
            goOn.countDown();
            assertThat(first.get()).isEqualTo(1);
            for (TaskFuture<Integer> future : waiting) {
                assertThatThrownBy(future::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(OutOfMemoryError.class);
            }
            fails.set(false);
            assertThat(executor.submit(() -> 3).get()).isEqualTo(3);
        }
    }

    @Test
    void anExecutorThatRejects_rejectsATask_failsARetry_andMayFailToClose() {
        AtomicBoolean rejects = new AtomicBoolean();
        try (TaskExecutor executor = LocalTaskExecutor.on(
                STRATEGY,
                width(1),
                1,
                runnable -> {
                    if (rejects.get()) {
                        throw new IllegalStateException("full");
                    }
                    runnable.run();
                },
                () -> {
                    throw new IllegalStateException("does not close");
                })) {
            assertThat(executor.submit(() -> 1).join()).isEqualTo(1);
            TaskFuture<Integer> retried = executor.submit(
                    () -> {
                        rejects.set(true);
                        throw new IOException("try again");
                    },
                    TaskOptions.defaults().withRetry(Retry.upTo(2).withBackoff(Duration.ZERO, Duration.ZERO)));
            assertThatThrownBy(retried::join)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("full");
            assertThatThrownBy(() -> executor.submit(() -> 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("full");
        }
    }

    @Test
    void closingAnOuterExecutor_byATaskOfAnInnerOne_isAnError() {
        try (TaskExecutor outer = LocalTaskExecutor.pooled(STRATEGY, width(1), 1);
                TaskExecutor inner = LocalTaskExecutor.on(STRATEGY, width(1), 1, Runnable::run, () -> {})) {
            Task<String> closes = () -> {
                outer.close();
                return "closed";
            };
            TaskFuture<String> future = outer.submit(() -> inner.submit(closes).join());
            assertThatThrownBy(future::join)
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whoStopsWaiting_isForgotten() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1)) {
            TaskFuture<String> future = executor.submit(() -> {
                goOn.await();
                return "done";
            });
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread waiter = new Thread(
                    () -> {
                        try {
                            future.get(1, TimeUnit.MILLISECONDS);
                        } catch (TimeoutException | InterruptedException | ExecutionException e) {
                            failure.set(e);
                        }
                    },
                    "waiter");
            waiter.start();
            waiter.join();
            assertThat(failure.get()).isInstanceOf(TimeoutException.class);
            WeakReference<Thread> gone = new WeakReference<>(waiter);
            waiter = null;
            while (gone.get() != null) {
                System.gc(); // the test's time limit holds
            }
            goOn.countDown();
            assertThat(future.get()).isEqualTo("done");
        }
    }

    @Test
    void manyWhoWaitAndGiveUp_loseNobody() throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch goOn = new CountDownLatch(1);
            try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1)) {
                TaskFuture<String> future = executor.submit(() -> {
                    goOn.await();
                    return "done";
                });
                List<Thread> threads = new ArrayList<>();
                CountDownLatch got = new CountDownLatch(8);
                for (int i = 0; i < 8; i++) {
                    boolean patient = i % 2 == 0;
                    threads.add(daemon(() -> {
                        while (!future.isDone()) {
                            try {
                                future.get(patient ? 20_000_000 : 50, TimeUnit.MICROSECONDS);
                            } catch (TimeoutException e) {
                                continue;
                            } catch (InterruptedException | ExecutionException e) {
                                return;
                            }
                        }
                        got.countDown();
                    }));
                }
                threads.forEach(Thread::start);
                assertThat(got.await(2, TimeUnit.MILLISECONDS)).isFalse();
                goOn.countDown();
                assertThat(got.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
