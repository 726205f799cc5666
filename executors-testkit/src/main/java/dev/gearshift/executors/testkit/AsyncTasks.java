package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Tasks that return a stage: under every strategy, and without threads where the strategy says so. */
interface AsyncTasks extends Subject {
    @Test
    default void async_value_comesThrough() {
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new Later(4, false)).join()).isEqualTo(4);
        }
    }

    @Test
    default void async_failure_keepsItsType() {
        try (TaskExecutor executor = open()) {
            assertThat(P1Results.failureOf(executor.submit(new Later(4, true))))
                    .isExactlyInstanceOf(FileNotFoundException.class)
                    .hasMessage("later");
        }
    }

    @Test
    default void async_startThatThrows_isTheFailure() {
        try (TaskExecutor executor = open()) {
            assertThat(P1Results.failureOf(executor.submit(new NoStart())))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("no start");
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void async_cancel_reachesTheStage() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        Pending pending = new Pending();
        try (TaskExecutor executor = open()) {
            TaskFuture<String> future = executor.submit(pending);
            pending.begun.await();
            assertThat(future.cancel(true)).isTrue();
            pending.assertCancelled();
        }
    }

    @Test
    default void async_timeout_reachesTheStage() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        Pending pending = new Pending();
        try (TaskExecutor executor = open()) {
            TaskFuture<String> future =
                    executor.submit(pending, TaskOptions.defaults().withTimeout(P5Timeouts.shortly()));
            assertThat(P1Results.failureOf(future)).isExactlyInstanceOf(TaskTimeoutException.class);
            pending.assertCancelled();
        }
    }

    @Test
    default void async_cancelDuringTheStart_reachesTheStage() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        CountDownLatch starting = new CountDownLatch(1);
        Pending pending = new Pending();
        AsyncTask<String> stubborn = () -> {
            starting.countDown();
            while (!Thread.currentThread().isInterrupted() && !pending.stage.isDone()) {
                Thread.onSpinWait();
            }
            return pending.stage;
        };
        try (TaskExecutor executor = open()) {
            TaskFuture<String> future = executor.submit(stubborn);
            starting.await();
            future.cancel(true);
            pending.assertCancelled();
        }
    }

    @Test
    default void async_startThatBlocks_doesNotBlockSubmit() {
        needs(Capability.RUNS_LAMBDAS);
        CountDownLatch goOn = new CountDownLatch(1);
        AsyncTask<String> slowStart = () -> {
            goOn.await();
            return CompletableFuture.completedFuture("started");
        };
        try (TaskExecutor executor = open()) {
            TaskFuture<String> future = executor.submit(slowStart);
            goOn.countDown();
            assertThat(future.join()).isEqualTo("started");
        }
    }

    @Test
    default void async_manyInFlight_holdNoThreads() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        needs(Capability.NON_BLOCKING);
        int many = 500;
        int threadsBefore = Thread.activeCount();
        List<Pending> pending = new ArrayList<>();
        try (TaskExecutor executor = open(settings().withParallelism(many))) {
            List<TaskFuture<String>> futures = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                pending.add(new Pending());
                futures.add(executor.submit(pending.get(i)));
            }
            try {
                for (Pending one : pending) {
                    one.begun.await();
                }
                assertThat(Thread.activeCount() - threadsBefore).isLessThan(many / 4);
                assertThat(executor.snapshot().running()).isEqualTo(many);
            } finally {
                for (Pending one : pending) {
                    one.stage.complete("done");
                }
            }
            for (TaskFuture<String> future : futures) {
                assertThat(future.join()).isEqualTo("done");
            }
        }
    }

    @Test
    default void async_plainTasksThatWaitForAStage_endWithIt() throws Exception {
        endWithTheirStage(8, stage -> stage::call);
    }

    @Test
    default void async_startsThatWaitForAStage_endWithIt() throws Exception {
        endWithTheirStage(9, stage -> (AsyncTask<String>) () -> CompletableFuture.completedFuture(stage.call()));
    }

    /** So many tasks that wait for a stage, each made around what waits for it. */
    private void endWithTheirStage(int waiting, Function<Callable<String>, Task<String>> task) throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        needs(Capability.NON_BLOCKING);
        Pending pending = new Pending();
        CountDownLatch running = new CountDownLatch(waiting);
        try (TaskExecutor executor = open(settings().withParallelism(2 * waiting))) {
            TaskFuture<String> stage = executor.submit(pending);
            pending.begun.await();
            List<TaskFuture<String>> futures = new ArrayList<>();
            for (int i = 0; i < waiting; i++) {
                futures.add(executor.submit(task.apply(() -> {
                    running.countDown();
                    return stage.get();
                })));
            }
            Interrupted.spinUntil(() -> running.getCount() < waiting); // some wait for the stage, perhaps all that may
            pending.stage.complete("done");
            for (TaskFuture<String> future : futures) {
                assertThat(future.get()).isEqualTo("done");
            }
        }
    }

    @Test
    default void async_stageThatIsSlowToCancel_holdsUpNoOtherTimeout() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        needs(Capability.NON_BLOCKING);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch cancelling = new CountDownLatch(1);
        List<TaskFuture<String>> slow = new ArrayList<>();
        try (TaskExecutor executor = open(settings().withParallelism(17))) {
            TaskOptions limited = TaskOptions.defaults().withTimeout(P5Timeouts.shortly());
            for (int i = 0; i < 3; i++) {
                Pending pending = new Pending();
                CompletableFuture<String> unused = pending.stage.whenComplete((value, failure) -> {
                    cancelling.countDown();
                    P8Independence.uninterrupted(goOn);
                });
                slow.add(executor.submit(pending, limited));
            }
            try {
                cancelling.await();
                TaskFuture<String> other = executor.submit(new Pending(), limited);
                assertThat(P1Results.failureOf(other)).isExactlyInstanceOf(TaskTimeoutException.class);
                assertThat(slow)
                        .allSatisfy(future -> assertThat(P1Results.failureOf(future))
                                .isExactlyInstanceOf(TaskTimeoutException.class));
            } finally {
                goOn.countDown();
            }
        }
    }

    @Test
    default void async_cancelThatIsHeldUp_holdsUpNoClosing() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        needs(Capability.NON_BLOCKING);
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Pending pending = new Pending();
        CompletableFuture<String> unused = pending.stage.whenComplete((value, failure) -> {
            cancelling.countDown();
            P8Independence.uninterrupted(goOn);
        });
        TaskExecutor executor = open();
        TaskFuture<String> future = executor.submit(pending);
        pending.begun.await();
        Thread cancels = new Thread(() -> future.cancel(true), "cancels");
        cancels.start();
        try {
            cancelling.await();
            executor.close(Duration.ofMillis(50));
        } finally {
            goOn.countDown();
            executor.close();
            cancels.join();
        }
        assertThat(future).isCancelled();
    }

    @Test
    default void async_stagesThatAreCancelledWhileTheyBegin_holdUpNoOtherStart() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        needs(Capability.NON_BLOCKING);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskExecutor executor = open(settings().withParallelism(17))) {
            try {
                for (int i = 0; i < 2; i++) {
                    cancelledWhileItBegins(executor, goOn);
                }
                Pending other = new Pending();
                TaskFuture<String> future = executor.submit(other);
                other.begun.await();
                other.stage.complete("done");
                assertThat(future.get()).isEqualTo("done");
            } finally {
                goOn.countDown();
            }
        }
    }

    /** What hangs on its stage is held up. */
    private static void cancelledWhileItBegins(TaskExecutor executor, CountDownLatch goOn) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        TaskFuture<String> future = executor.submit((AsyncTask<String>) () -> {
            begun.countDown();
            P8Independence.uninterrupted(cancelled);
            CompletableFuture<String> stage = new CompletableFuture<>();
            CompletableFuture<String> unused =
                    stage.whenComplete((value, failure) -> P8Independence.uninterrupted(goOn));
            return stage;
        });
        begun.await();
        boolean isCancelled = future.cancel(true);
        cancelled.countDown();
        assertThat(isCancelled).isTrue();
    }

    @Test
    default void async_limit_isKept() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        Pending first = new Pending();
        Pending second = new Pending();
        try (TaskExecutor executor = openOne()) {
            TaskFuture<String> one = executor.submit(first);
            TaskFuture<String> two = executor.submit(second);
            first.begun.await();
            boolean both = second.begun.await(Pace.here().momentMillis(), TimeUnit.MILLISECONDS);
            first.stage.complete("first");
            assertThat(both).isFalse();
            second.begun.await();
            second.stage.complete("second");
            assertThat(one.join()).isEqualTo("first");
            assertThat(two.join()).isEqualTo("second");
        }
    }

    @Test
    default void async_callbacks_neverHoldUpWhoCompletesTheStage() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        CountDownLatch goOn = new CountDownLatch(1);
        Pending pending = new Pending();
        try (TaskExecutor executor = open()) {
            CompletableFuture<Void> callback = executor.submit(pending).thenRun(() -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            pending.begun.await();
            pending.stage.complete("done"); // would block for ever if it ran the callback
            assertThat(callback).isNotDone();
            goOn.countDown();
            callback.join();
        }
    }

    /** Completes a little later, on another thread. */
    record Later(int value, boolean fails) implements AsyncTask<Integer> {
        @Override
        public CompletionStage<Integer> callAsync() {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> {
                if (fails) {
                    stage.completeExceptionally(new FileNotFoundException("later"));
                } else {
                    stage.complete(value);
                }
            });
            return stage.thenApply(same -> same);
        }
    }

    /** Cannot even begin. */
    record NoStart() implements AsyncTask<Integer> {
        @Override
        public CompletionStage<Integer> callAsync() {
            throw new IllegalStateException("no start");
        }
    }

    /** Pends until the test completes it. */
    final class Pending implements AsyncTask<String> {
        private static final AtomicInteger NUMBER = new AtomicInteger();

        final int number = NUMBER.incrementAndGet();
        final CountDownLatch begun = new CountDownLatch(1);
        final CompletableFuture<String> stage = new CompletableFuture<>();

        @Override
        public CompletionStage<String> callAsync() {
            begun.countDown();
            return stage;
        }

        /** Soon; else it completes now, so that nobody waits for it any longer. */
        void assertCancelled() {
            try {
                assertThatThrownBy(() -> stage.get(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS))
                        .isInstanceOf(CancellationException.class);
            } finally {
                stage.complete("never cancelled");
            }
        }

        @Override
        public String toString() {
            return "pending " + number;
        }
    }
}
