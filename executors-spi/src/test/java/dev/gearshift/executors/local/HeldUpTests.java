package dev.gearshift.executors.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes long, or what waits for long, holds up nobody else for longer than a moment, and keeps nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldUpTests {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final SequentialStrategy STRATEGY = new SequentialStrategy();

    private static StrategySettings width(int parallelism) {
        return StrategySettings.defaults().withCheckPortable(false).withParallelism(parallelism);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whatever interrupts. */
    private static void hangs(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                continue; // It is counted down in the end.
            }
        }
    }

    private static void assertForgotten(List<WeakReference<?>> all) {
        long started = System.nanoTime();
        while (all.stream().anyMatch(one -> one.get() != null) && System.nanoTime() - started < LIMIT.toNanos()) {
            System.gc();
        }
        assertThat(all).allMatch(one -> one.get() == null);
    }

    /** Takes long wherever something times out. */
    private record Patient(CountDownLatch telling, CountDownLatch goOn) implements TaskListener {
        @Override
        public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
            if (end == TaskEvent.End.TIMED_OUT) {
                telling.countDown();
                hangs(goOn);
            }
        }
    }

    private record Stage(Supplier<CompletableFuture<Integer>> begin) implements AsyncTask<Integer> {
        @Override
        public CompletableFuture<Integer> callAsync() {
            return begin.get();
        }
    }

    /** Nobody is there who would keep it otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"shutdownNow", "shutdown", "close"})
    void aJvmThatEnds_waitsUntilAllIsClosed(String how) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosesAtTheEnd.class.getName(),
                        how)
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.equals("JAVA_TOOL_OPTIONS"));
        Process program = builder.start();
        try {
            assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("closed");
        } finally {
            program.destroyForcibly();
        }
    }

    /** Among those who cancel is the one thread by which the JDK keeps the time of all futures. */
    @Test
    void aListenerThatWaitsForATimeoutOfTheJdk_isNotWaitedFor() {
        CountDownLatch telling = new CountDownLatch(1);
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        TaskListener waiting = new TaskListener() {
            @Override
            public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
                telling.countDown();
                other.completeOnTimeout(true, 200, TimeUnit.MILLISECONDS).join();
            }
        };
        try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1).withListener(waiting), 1)) {
            TaskFuture<Integer> future = executor.submit(() -> 1);
            await(telling);
            future.orTimeout(1, TimeUnit.MILLISECONDS);
            assertThat(future.join()).isEqualTo(1);
        }
    }

    @Test
    void listenersOfTimeoutsThatWait_holdUpNeitherALimitNorWhatDependsOnOthers() throws Exception {
        CountDownLatch telling = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Patient patient = new Patient(telling, goOn);
        TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(3).withListener(patient), 3);
        List<TaskFuture<Boolean>> late = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            late.add(executor.submit(
                    () -> never.await(1, TimeUnit.HOURS), TaskOptions.defaults().withTimeout(Duration.ofMillis(1))));
        }
        await(telling);
        TaskFuture<Boolean> other = executor.submit(() -> never.await(1, TimeUnit.HOURS));
        CompletableFuture<Boolean> dependent = other.thenApply(value -> value);

        Thread closes = new Thread(() -> executor.close(Duration.ofMillis(10)), "closes");
        closes.start();
        try {
            closes.join(LIMIT.toMillis());
            assertThat(closes.isAlive()).isFalse();
        } finally {
            goOn.countDown();
            executor.close();
        }
        assertThat(other).isCancelled();
        assertThat(dependent).isCompletedExceptionally();
        assertThat(late)
                .allSatisfy(future -> assertThatThrownBy(future::join).hasCauseInstanceOf(TaskTimeoutException.class));
    }

    @Test
    void startsThatBlock_keepNoPlaceForWhatIsCancelled() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskExecutor executor = LocalTaskExecutor.staged(STRATEGY, width(3), 1, 3)) {
            try {
                holdUpStarts(executor, goOn);
                TaskFuture<Integer> third = executor.submit(new Stage(() -> CompletableFuture.completedFuture(3)));
                assertThat(third.cancel(true)).isTrue();
                assertThat(executor.submit(() -> 4).join()).isEqualTo(4);
            } finally {
                goOn.countDown();
            }
        }
    }

    /** Those that hold up the start have no other place to give, so that of the one behind them would be for a plain one. */
    @Test
    void shutdownNow_beginsNothing() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        TaskExecutor executor = LocalTaskExecutor.staged(STRATEGY, width(20), 4, 20);
        try {
            holdUpStarts(executor, goOn);
            for (int i = 0; i < 18; i++) {
                executor.submit(new Stage(() -> CompletableFuture.completedFuture(2)));
            }
            for (int i = 0; i < 1_000; i++) {
                executor.submit(() -> {
                    begun.set(true);
                    return 3;
                });
            }
            assertThat(executor.shutdownNow()).hasSize(1_018);
            assertThat(begun).isFalse();
        } finally {
            goOn.countDown();
            executor.close();
        }
    }

    @Test
    void whatHangsOnAStageThatTimesOut_cannotCloseTheExecutor() {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CompletableFuture<Integer> pending = new CompletableFuture<>();
        TaskExecutor executor = LocalTaskExecutor.staged(STRATEGY, width(3), 1, 3);
        try (executor) {
            CompletableFuture<Integer> unused = pending.whenComplete((value, failure) -> {
                try {
                    executor.close();
                    told.complete(new AssertionError("closed"));
                } catch (IllegalStateException e) {
                    told.complete(e);
                }
            });
            TaskFuture<Integer> staged = executor.submit(
                    new Stage(() -> pending), TaskOptions.defaults().withTimeout(Duration.ofMillis(50)));
            assertThatThrownBy(staged::join).hasCauseInstanceOf(TaskTimeoutException.class);
            assertThat(told.join()).hasMessageContaining("would wait for itself");
        }
    }

    /** As long as another runs. */
    @Test
    void whatIsCancelled_isForgottenWhereMuchHasWaitedBefore() {
        try (TaskExecutor executor = LocalTaskExecutor.pooled(STRATEGY, width(1), 1)) {
            CountDownLatch first = new CountDownLatch(1);
            hold(executor, first);
            List<TaskFuture<Integer>> many = submitted(executor, 200_000);
            many.get(0).cancel(true);
            first.countDown();
            many.get(many.size() - 1).join();

            // It has to become idle, which nobody can see; what comes once it is, is forgotten.
            List<WeakReference<?>> kept = new ArrayList<>();
            long started = System.nanoTime();
            do {
                CountDownLatch second = new CountDownLatch(1);
                hold(executor, second);
                kept.clear();
                for (int i = 0; i < 10; i++) {
                    cancelled(submitted(executor, 1), kept);
                }
                System.gc();
                second.countDown();
            } while (kept.stream().anyMatch(one -> one.get() != null) && System.nanoTime() - started < LIMIT.toNanos());
            assertThat(kept).allMatch(one -> one.get() == null);
        }
    }

    @Test
    void whatIsCancelledBehindOthers_isForgottenWhenItIsAllThatIsLeft() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        try (TaskExecutor executor =
                LocalTaskExecutor.threadPerTask(STRATEGY, width(1), 1, runnable -> new Thread(runnable, "one"))) {
            hold(executor, first);
            submitted(executor, 60);
            CountDownLatch holding = held(executor, last);
            List<WeakReference<?>> kept = new ArrayList<>();
            cancelled(submitted(executor, 40), kept);
            first.countDown();
            await(holding);
            try {
                assertForgotten(kept);
            } finally {
                last.countDown();
            }
        }
    }

    /** All that there are. */
    private static void holdUpStarts(TaskExecutor executor, CountDownLatch goOn) {
        CountDownLatch starting = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            executor.submit(new Stage(() -> {
                starting.countDown();
                hangs(goOn);
                return CompletableFuture.completedFuture(1);
            }));
        }
        await(starting);
    }

    private static void hold(TaskExecutor executor, CountDownLatch until) {
        await(held(executor, until));
    }

    /** What becomes zero once it is. */
    private static CountDownLatch held(TaskExecutor executor, CountDownLatch until) {
        CountDownLatch holding = new CountDownLatch(1);
        executor.submit(() -> {
            holding.countDown();
            until.await();
            return 0;
        });
        return holding;
    }

    private static List<TaskFuture<Integer>> submitted(TaskExecutor executor, int count) {
        List<TaskFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(executor.submit(() -> 1));
        }
        return all;
    }

    /** In a method of its own, after which nothing of them is on the stack. */
    private static void cancelled(List<TaskFuture<Integer>> all, List<WeakReference<?>> kept) {
        for (TaskFuture<Integer> future : all) {
            future.cancel(true);
            kept.add(new WeakReference<>(future));
        }
    }
}
