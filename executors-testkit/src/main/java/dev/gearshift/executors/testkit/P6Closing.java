package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ExecutorSnapshot.State;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 6. Closing finishes what was accepted, and leaves nothing. (What is left is looked for after every test.) */
interface P6Closing extends Subject {
    @Test
    default void p6_close_finishesWhatWasAccepted() {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        try (TaskExecutor executor = openOne()) {
            for (int i = 0; i < 50; i++) {
                futures.add(executor.submit(new Echo(i)));
            }
        }
        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThat(futures.stream().map(CompletableFuture::join)).hasSize(50);
    }

    @Test
    default void p6_close_waitsForWorkWhoseFutureIsComplete() {
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskExecutor executor = open();
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            future.cancel(false);
            Thread closer = new Thread(executor::close, "closer");
            closer.start();
            assertThat(running.stays()).isTrue();
            assertThat(closer.isAlive()).isTrue();
            running.release();
            running.awaitGone();
            joined(closer);
            assertThat(executor.snapshot().state()).isEqualTo(State.CLOSED);
        }
    }

    @Test
    default void p6_close_isIdempotent() {
        TaskExecutor executor = open();
        executor.submit(new Echo(1));
        executor.close();
        executor.close();
        executor.close(Duration.ZERO);
        assertThat(executor.shutdownNow()).isEmpty();
        assertThat(executor.snapshot().state()).isEqualTo(State.CLOSED);
    }

    @Test
    default void p6_afterClose_rejects() {
        TaskExecutor executor = open();
        executor.close();
        rejects(executor);
    }

    @Test
    default void p6_afterCloseWithinALimit_rejects() {
        TaskExecutor finished = open();
        finished.close(Duration.ofSeconds(10));
        rejects(finished);
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskExecutor gaveUp = openOne();
            gaveUp.submit(rendezvous.task("running"));
            rendezvous.next();
            gaveUp.close(Duration.ZERO);
            rejects(gaveUp);
        }
    }

    @Test
    default void p6_afterShutdownNow_rejects() {
        try (TaskExecutor executor = open()) {
            executor.shutdownNow();
            rejects(executor);
        }
    }

    private static void rejects(TaskExecutor executor) {
        assertThatThrownBy(() -> executor.submit(new Echo(1))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.map(List.of(new Echo(1))).toList())
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> executor.outcomes(List.of(new Echo(1))).toList())
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    default void p6_closeWithinALimit_givesUpAndFailsTheRest() {
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskExecutor executor = openOne();
            TaskFuture<String> running = executor.submit(rendezvous.task("running"));
            TaskFuture<Integer> waiting = executor.submit(new Echo(1));
            Rendezvous.Visit visit = rendezvous.next();
            executor.close(Duration.ofMillis(50));
            assertThat(running).isCompletedExceptionally();
            assertThat(waiting).isCompletedExceptionally();
            visit.awaitGone();
        }
    }

    @Test
    default void p6_closeWithinALimit_isNotHeldUpByWhatDependsOnATask() {
        CountDownLatch released = new CountDownLatch(1);
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> running = executor.submit(rendezvous.task("depended on"));
            TaskFuture<Integer> waiting = executor.submit(new Echo(1));
            List<CompletableFuture<?>> dependents = new ArrayList<>();
            for (TaskFuture<?> future : List.of(running, waiting)) {
                dependents.add(future.whenComplete((value, failure) -> P8Independence.uninterrupted(released)));
            }
            Rendezvous.Visit visit = rendezvous.next();
            try {
                executor.close(Duration.ofMillis(50));
                assertThat(running).isCompletedExceptionally();
                assertThat(waiting).isCompletedExceptionally();
                assertThat(dependents).noneMatch(CompletableFuture::isDone);
                visit.awaitGone();
            } finally {
                released.countDown();
            }
        }
    }

    /** Within half a second at best: what else the machine does may hold it up. */
    @Test
    default void p6_closeWithinALimit_isNotHeldUpByWhatDependsOnAFinishedTask() throws Exception {
        assertAtBest(
                500,
                "milliseconds that close(50 ms) took",
                () -> millisToCloseWhileADependentBlocks(Duration.ofMillis(50)));
    }

    private long millisToCloseWhileADependentBlocks(Duration limit) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        TaskExecutor executor = open();
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("depended on"));
            future.thenRun(entered::countDown).thenRun(() -> P8Independence.uninterrupted(released));
            rendezvous.next().release();
            entered.await();
            long started = System.nanoTime();
            executor.close(limit);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        } finally {
            released.countDown();
            executor.close();
        }
    }

    @Test
    default void p6_closeWithinALimit_isNotHeldUpByAResource() {
        needs(Capability.RUNS_LAMBDAS);
        CountDownLatch released = new CountDownLatch(1);
        TaskExecutor executor = open();
        try {
            executor.submit(() -> {
                        TaskContext.current().resource(Slow.class, () -> new Slow(released));
                        return 1;
                    })
                    .join();
            executor.close(Duration.ofMillis(50));
            executor.shutdownNow();
            assertThat(executor.snapshot().state()).isEqualTo(State.CLOSING);
        } finally {
            released.countDown();
            executor.close();
        }
        assertThat(executor.snapshot().state()).isEqualTo(State.CLOSED);
    }

    /**
     * Takes its time to close.
     *
     * @param released when it does
     */
    record Slow(CountDownLatch released) implements AutoCloseable {
        @Override
        public void close() {
            P8Independence.uninterrupted(released);
        }
    }

    @Test
    default void p6_closeWithinALimit_finishesWhatIsQuick() {
        TaskExecutor executor = open();
        TaskFuture<Integer> future = executor.submit(new UnclosedProgram.Pause(20));
        executor.close(Duration.ofSeconds(10));
        assertThat(future).isCompletedWithValue(20);
        assertThat(executor.snapshot().state()).isEqualTo(State.CLOSED);
    }

    @Test
    default void p6_shutdownNow_cancelsAllAndNamesWhatNeverStarted() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> running = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit visit = rendezvous.next();
            TaskFuture<Integer> waiting = executor.submit(new Echo(1));
            assertThat(executor.shutdownNow()).isEqualTo(List.of(new Echo(1)));
            visit.awaitGone();
            assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
            assertThat(waiting).isCancelled();
        }
    }

    @Test
    default void p6_shutdownNow_doesNotNameWhatHasRun() throws InterruptedException {
        OptionsAndListeners.Retries retries = new OptionsAndListeners.Retries();
        try (TaskExecutor executor = open(settings().withListener(retries))) {
            Retry retry = Retry.upTo(2).withBackoff(Duration.ofHours(1), Duration.ofHours(1));
            TaskFuture<Integer> future = executor.submit(
                    new OptionsAndListeners.FailsUntil(4),
                    TaskOptions.defaults().withRetry(retry));
            retries.first.await();
            Interrupted.spinUntil(() -> executor.snapshot().queued() > 0); // it is about to wait again
            assertThat(executor.shutdownNow()).isEmpty();
            assertThat(future).isCancelled();
        }
    }

    @Test
    default void p6_shutdownNow_missesNoTaskBeingSubmitted() {
        for (int round = 0; round < rounds(); round++) {
            TaskExecutor executor = open();
            List<TaskFuture<Integer>> accepted = new ArrayList<>();
            AtomicBoolean rejected = new AtomicBoolean();
            Thread submitter = new Thread(
                    () -> {
                        try {
                            while (accepted.size() < 200) {
                                accepted.add(executor.submit(new Endless()));
                            }
                        } catch (RejectedExecutionException e) {
                            rejected.set(true);
                        }
                    },
                    "submits-endless");
            submitter.start();
            executor.submit(new Echo(-1));
            executor.shutdownNow();
            joined(submitter);
            executor.close(); // waits for what was missed
            assertThat(accepted).allMatch(CompletableFuture::isDone);
            assertThat(rejected.get() || accepted.size() == 200).isTrue();
        }
    }

    /** Waits to be interrupted. */
    record Endless() implements Task<Integer> {
        @Override
        public Integer call() throws InterruptedException {
            new CountDownLatch(1).await();
            return 0;
        }
    }

    @Test
    default void p6_close_interrupted_cancelsAndKeepsTheFlag() {
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskExecutor executor = open();
            TaskFuture<String> running = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit visit = rendezvous.next();
            Thread.currentThread().interrupt();
            executor.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(running).isCancelled();
            visit.awaitGone();
        }
    }

    @Test
    default void p6_closeByAnOwnTask_isAnErrorAndNoDeadlock() {
        needs(Capability.RUNS_LAMBDAS);
        try (TaskExecutor executor = open()) {
            TaskFuture<Object> future = executor.submit(() -> {
                executor.close();
                return "closed";
            });
            assertThatThrownBy(future::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void p6_submitWhileClosing_isAcceptedAndFinishedOrRejected() {
        for (int round = 0; round < rounds(); round++) {
            TaskExecutor executor = open();
            List<TaskFuture<Integer>> accepted = new ArrayList<>();
            AtomicReference<RejectedExecutionException> rejected = new AtomicReference<>();
            Thread submitter = new Thread(
                    () -> {
                        try {
                            while (!Thread.currentThread().isInterrupted()) {
                                TaskFuture<Integer> future = executor.submit(new Echo(accepted.size()));
                                accepted.add(future);
                                if (accepted.size() % 50 == 0) {
                                    future.join(); // so that close() has no endless queue to finish
                                }
                            }
                        } catch (RejectedExecutionException e) {
                            rejected.set(e);
                        }
                    },
                    "submitter");
            submitter.start();
            executor.submit(new Echo(-1)).join();
            executor.close();
            try {
                joined(submitter);
            } finally {
                submitter.interrupt(); // if it was not rejected
            }
            assertThat(rejected.get()).isNotNull();
            assertThat(accepted).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        }
    }

    /** Within a second at best: what else the machine does may hold up a JVM that ends. */
    @Test
    default void p6_programThatDoesNotClose_finishesAndExits() throws Exception {
        assertAtBest(1_000, "milliseconds from the last task to the exit", this::millisFromTheLastTaskToTheExit);
    }

    private static void assertAtBest(long most, String what, Callable<Long> measured) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3 && best > most; i++) {
            best = Math.min(best, measured.call());
        }
        assertThat(best).as(what).isLessThanOrEqualTo(most);
    }

    private long millisFromTheLastTaskToTheExit() throws IOException, InterruptedException {
        Process program = ChildProgram.of(
                        List.of(), UnclosedProgram.class, strategy().getClass().getName())
                .start();
        program.getOutputStream().close();
        boolean exits = program.waitFor(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS);
        long ended = System.currentTimeMillis();
        if (!exits) {
            program.destroyForcibly();
        }
        assertThat(exits).as("it exits by itself").isTrue();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("finished 100");
        assertThat(program.exitValue()).isZero();
        return ended - Long.parseLong(output.replaceAll("(?s).*last task at (\\d+).*", "$1"));
    }

    /** In a JVM of its own with a temporary folder of its own, as others write to the usual one at any time. */
    @Test
    default void p6_close_leavesNoTemporaryFile_whateverItsName() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("t");
        try {
            Process program = ChildProgram.of(
                            List.of("-Djava.io.tmpdir=" + folder),
                            TidyProgram.class,
                            strategy().getClass().getName())
                    .start();
            program.getOutputStream().close();
            try {
                program.waitFor();
                assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .containsOnlyOnce("left behind: []");
            } finally {
                program.destroyForcibly();
            }
            assertThat(folder).as("the temporary folder after the exit").isEmptyDirectory();
        } finally {
            deleteWithContents(folder);
        }
    }

    private static void deleteWithContents(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path next : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(next);
            }
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join(Pace.here().patienceMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive())
                .as("thread " + thread.getName() + " still runs")
                .isFalse();
    }
}
