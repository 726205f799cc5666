package dev.gearshift.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract tests cannot bring about: threads that do not start, executors inside each other, garbage. */
@Timeout(60)
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
    void aThreadThatDoesNotStart_makesOthersWaitForThoseThatRun() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        CountDownLatch firstGoesOn = new CountDownLatch(1);
        CountDownLatch secondGoesOn = new CountDownLatch(1);
        try (TaskExecutor executor = LocalTaskExecutor.threadPerTask(STRATEGY, width(2), 2, runnable -> {
            if (fails.get()) {
                throw new OutOfMemoryError("no thread");
            }
            return daemon(runnable);
        })) {
            TaskFuture<Integer> first = executor.submit(() -> {
                firstGoesOn.await();
                return 1;
            });
            TaskFuture<Integer> second = executor.submit(() -> {
                secondGoesOn.await();
                return 2;
            });
            TaskFuture<Integer> third = executor.submit(() -> 3);
            fails.set(true);
            firstGoesOn.countDown();
            assertThat(first.get()).isEqualTo(1);
            fails.set(false);
            secondGoesOn.countDown();
            assertThat(second.get()).isEqualTo(2);
            assertThat(third.get()).isEqualTo(3);
        }
    }

    @Test
    void whatClosesWithTheExecutor_mayWaitForTheLastTask() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        TaskFuture<Integer> last;
        try (TaskExecutor executor = LocalTaskExecutor.on(STRATEGY, width(1), 1, pool, () -> {
            pool.shutdown();
            try {
                pool.awaitTermination(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            last = executor.submit(() -> 1);
        }
        assertThat(last).isCompletedWithValue(1);
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void anExecutorThatRunsTasksItself_holdsUpNoTimeout() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskExecutor executor = LocalTaskExecutor.on(STRATEGY, width(4), 4, Runnable::run, () -> {})) {
            List<TaskFuture<Integer>> slow = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                slow.add(executor.submit(
                        () -> {
                            goOn.await();
                            return 1;
                        },
                        TaskOptions.defaults().withDelay(Duration.ofMillis(1)).withTimeout(Duration.ofMillis(20))));
            }
            for (TaskFuture<Integer> future : slow) {
                assertThatThrownBy(future::get).hasCauseInstanceOf(TaskTimeoutException.class);
            }
            goOn.countDown();
        }
    }

    @Test
    void whoCancelsSecond_findsTheTaskCancelled() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskListener slow = new TaskListener() {
            @Override
            public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
                deciding.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1).withListener(slow), 1)) {
            TaskFuture<Integer> future = executor.submit(() -> {
                never.await();
                return 1;
            });
            Thread first = daemon(() -> future.cancel(true));
            first.start();
            deciding.await();
            FutureTask<Boolean> second = new FutureTask<>(() -> future.cancel(true) && future.isDone());
            daemon(second).start();
            assertThat(second.isDone()).isFalse();
            goOn.countDown();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void whatDependsOnATask_doesNotHoldUpWhoEndsTheExecutor() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1);
        TaskFuture<Boolean> runs = executor.submit(() -> {
            running.countDown();
            return forever.await(30, TimeUnit.SECONDS);
        });
        TaskFuture<Integer> waits = executor.submit(() -> 1);
        CountDownLatch blocked = new CountDownLatch(2);
        List<CompletableFuture<?>> dependents = new ArrayList<>();
        for (TaskFuture<?> future : List.of(runs, waits)) {
            dependents.add(future.whenComplete((value, failure) -> {
                blocked.countDown();
                try {
                    assertThat(forever.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        TaskFuture<Integer> last = executor.submit(() -> 2);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        executor.close(Duration.ofMillis(10));

        assertThat(runs).isCancelled();
        assertThat(waits).isCancelled();
        assertThat(last).isCancelled();
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(dependents).noneMatch(CompletableFuture::isDone);
        forever.countDown();
        executor.close();
    }

    @Test
    void startsOfAsyncTasksThatBlock_holdUpNoStage() throws Exception {
        try (TaskExecutor executor = LocalTaskExecutor.staged(STRATEGY, width(100), 1, 100)) {
            CompletableFuture<Integer> pending = new CompletableFuture<>();
            TaskFuture<Integer> staged = executor.submit(new Stage(() -> pending));
            CountDownLatch starting = new CountDownLatch(2);
            List<TaskFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(executor.submit(new Stage(() -> {
                    starting.countDown();
                    return CompletableFuture.completedFuture(staged.join());
                })));
            }
            assertThat(starting.await(30, TimeUnit.SECONDS)).isTrue();
            pending.complete(7);
            for (TaskFuture<Integer> future : waiting) {
                assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(7);
            }
        }
    }

    private record Stage(Supplier<CompletableFuture<Integer>> begin) implements AsyncTask<Integer> {
        @Override
        public CompletableFuture<Integer> callAsync() {
            return begin.get();
        }
    }

    @Test
    void aListenerThatClosesTheExecutor_isToldThatItCannot() {
        AtomicReference<Throwable> told = new AtomicReference<>();
        CompletableFuture<TaskExecutor> opened = new CompletableFuture<>();
        TaskListener closing = new TaskListener() {
            @Override
            public void submitted(TaskEvent event) {
                try {
                    opened.join().close();
                } catch (IllegalStateException e) {
                    told.set(e);
                }
            }
        };
        try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1).withListener(closing), 1)) {
            opened.complete(executor);
            assertThat(executor.submit(() -> 1).join()).isEqualTo(1);
        }
        assertThat(told.get()).hasMessageContaining("would wait for itself");
    }

    /** Needs itself to be made, and closes who closes it. */
    private static final class Snake implements AutoCloseable {
        private final TaskExecutor executor;

        Snake(TaskExecutor executor) {
            this.executor = executor;
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    @Test
    void aResource_mayNeitherNeedItselfNorCloseItsExecutor() {
        TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1);
        try (executor) {
            TaskFuture<Snake> selfish = executor.submit(() -> {
                TaskContext context = TaskContext.current();
                return context.resource(Snake.class, () -> context.resource(Snake.class, () -> new Snake(executor)));
            });
            assertThatThrownBy(selfish::join).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(executor.submit(() -> TaskContext.current().resource(Snake.class, () -> new Snake(executor)))
                            .join())
                    .isNotNull();
        }
        assertThat(executor.snapshot().state()).isEqualTo(ExecutorSnapshot.State.CLOSED);
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
            long started = System.nanoTime();
            while (gone.get() != null && System.nanoTime() - started < TimeUnit.SECONDS.toNanos(20)) {
                System.gc();
            }
            goOn.countDown();
            assertThat(gone.get()).isNull();
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
                assertThat(got.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Its clock, its callbacks and its workers: all have had something to do. */
    @Test
    void theThreadsOfAnExecutorThatNobodyCloses_go() throws Exception {
        CompletableFuture<Thread> callback = new CompletableFuture<>();
        TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1);
        TaskFuture<Integer> timed =
                executor.submit(this::spun, TaskOptions.defaults().withTimeout(Duration.ofMillis(500)));
        timed.whenComplete((value, failure) -> callback.complete(Thread.currentThread()));
        Thread caller = callback.get(20, TimeUnit.SECONDS);
        Set<Thread> threads = threadsOf(executor);
        assertThat(threads).hasSizeGreaterThan(2).contains(caller);
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        assertThat(executor.submit(() -> 2).get()).isEqualTo(2); // as one that was idle, no more
        executor.close();
    }

    private int spun() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return 1;
    }

    private static Set<Thread> threadsOf(TaskExecutor executor) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(executor + "-"))
                .collect(Collectors.toSet());
    }
}
