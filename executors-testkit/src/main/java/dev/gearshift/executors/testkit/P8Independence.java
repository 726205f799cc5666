package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** 8. One failure never touches another task, and nothing hangs. */
interface P8Independence extends Subject {
    @Test
    default void p8_failures_touchNoOtherTask() {
        try (TaskExecutor executor = open()) {
            List<Outcome<Integer>> outcomes = executor.outcomes(IntStream.range(0, 300)
                            .<Task<Integer>>mapToObj(
                                    i -> i % 3 == 0 ? new FailingTask(FailingTask.How.CHECKED, "no") : new Echo(i)))
                    .toList();
            assertThat(outcomes).hasSize(300);
            assertThat(outcomes).allSatisfy(outcome -> {
                if (outcome.index() % 3 == 0) {
                    assertThat(outcome).isInstanceOf(Outcome.Failure.class);
                } else {
                    assertThat(outcome)
                            .isEqualTo(new Outcome.Success<>(
                                    new Echo((int) outcome.index()), outcome.index(), (int) outcome.index()));
                }
            });
        }
    }

    @Test
    default void p8_callbackThatBlocks_stopsNobody() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            List<CompletableFuture<Void>> blocked = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    TaskFuture<String> first = executor.submit(rendezvous.task("first"));
                    blocked.add(first.thenRun(() -> uninterrupted(goOn)));
                    rendezvous.next().release();
                }
                TaskFuture<Integer> next = executor.submit(new Echo(2));
                assertThat(next.thenApply(value -> value + 1))
                        .succeedsWithin(Pace.here().patience())
                        .isEqualTo(3);
                assertThat(blocked).noneMatch(CompletableFuture::isDone);
            } finally {
                goOn.countDown();
            }
            blocked.forEach(CompletableFuture::join);
        }
    }

    @Test
    default void p8_callbackAttachedWhileTheTaskEnds_stopsNobody() throws InterruptedException {
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch attached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TaskListener slow = new TaskListener() {
            @Override
            public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
                if (event.task().equals(new Echo(1))) {
                    ending.countDown();
                    uninterrupted(attached);
                }
            }
        };
        try (TaskExecutor executor = open(settings().withParallelism(1).withListener(slow))) {
            TaskFuture<Integer> first = executor.submit(new Echo(1));
            ending.await();
            CompletableFuture<Void> blocked = first.thenRun(() -> uninterrupted(goOn));
            try {
                attached.countDown();
                assertThat(executor.submit(new Echo(2)))
                        .succeedsWithin(Pace.here().patience())
                        .isEqualTo(2);
                assertThat(blocked).isNotDone();
            } finally {
                goOn.countDown();
            }
            blocked.join();
        }
    }

    /** Waits whatever interrupts; that is kept for later. */
    static void uninterrupted(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    default void p8_callbackThatSubmitsAndWaits_worksOnOneWorker() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> first = executor.submit(rendezvous.task("first"));
            CompletableFuture<Integer> then = first.thenApply(
                    name -> executor.submit(new Echo(name.length())).join());
            rendezvous.next().release();
            assertThat(then.join()).isEqualTo(5);
        }
    }

    @Test
    default void p8_callbackThatFails_harmsNoTask() {
        try (TaskExecutor executor = openOne()) {
            TaskFuture<Integer> first = executor.submit(new Echo(1));
            CompletableFuture<Object> failing = first.thenApply(value -> {
                throw new IllegalStateException("in the callback");
            });
            assertThat(executor.submit(new Echo(2)).join()).isEqualTo(2);
            assertThat(first.join()).isEqualTo(1);
            assertThat(failing.handle((value, failure) -> failure.getMessage()).join())
                    .contains("in the callback");
        }
    }

    @Test
    default void p8_manyThreads_submitAtOnce() throws InterruptedException {
        try (TaskExecutor executor = open()) {
            List<List<TaskFuture<Integer>>> all = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                List<TaskFuture<Integer>> mine = new ArrayList<>();
                all.add(mine);
                int from = t * 100;
                Thread thread = new Thread(
                        () -> IntStream.range(from, from + 100).forEach(i -> mine.add(executor.submit(new Echo(i)))),
                        "submitter-" + t);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            List<Integer> values =
                    all.stream().flatMap(List::stream).map(TaskFuture::join).toList();
            assertThat(values)
                    .containsExactlyElementsOf(IntStream.range(0, 800).boxed().toList());
        }
    }

    @Test
    default void p8_parallelism_isUsedAndKept() {
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            for (int i = 0; i < 3; i++) {
                executor.submit(rendezvous.task("task" + i));
            }
            Rendezvous.Visit first = rendezvous.next();
            Rendezvous.Visit second = rendezvous.next();
            assertThat(rendezvous.somebodyWaits()).as("a third task runs").isFalse();
            first.release();
            Rendezvous.Visit third = rendezvous.next();
            second.release();
            third.release();
        }
    }

    @Test
    default void p8_queue_isServedInOrder() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            for (int i = 0; i < 5; i++) {
                executor.submit(rendezvous.task("task" + i));
            }
            for (int i = 0; i < 5; i++) {
                Rendezvous.Visit visit = rendezvous.next();
                assertThat(visit.name()).isEqualTo("task" + i);
                visit.release();
            }
        }
    }
}
