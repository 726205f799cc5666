package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** 4. Cancelling a waiting task, a running one, and completing from outside. */
interface P4Cancelling extends Subject {
    @Test
    default void p4_cancelWaiting_neverRuns() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            TaskFuture<String> waiting = executor.submit(rendezvous.task("waiting"));
            assertThat(waiting.cancel(true)).isTrue();
            assertThat(waiting).isCancelled();
            assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
            running.release();
            assertThat(rendezvous.somebodyWaits(executor)).isFalse();
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p4_cancelFalseWaiting_neverRuns() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            TaskFuture<String> waiting = executor.submit(rendezvous.task("waiting"));
            assertThat(waiting.cancel(false)).isTrue();
            running.release();
            assertThat(rendezvous.somebodyWaits(executor)).isFalse();
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p4_cancelRunning_interruptsIt() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            assertThat(future.cancel(true)).isTrue();
            running.awaitGone();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    default void p4_cancelFalseRunning_letsItGoOn() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            assertThat(future.cancel(false)).isTrue();
            assertThat(future).isCancelled();
            assertThat(running.stays()).isTrue();
            running.release();
            running.awaitGone();
        }
    }

    @Test
    default void p4_cancelWaiting_isOutBeforeAnybodyHears() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            TaskFuture<String> waiting = executor.submit(rendezvous.task("in the queue"));
            CompletableFuture<Boolean> came = waiting.handle((value, failure) -> {
                running.release();
                running.awaitGone();
                return rendezvous.somebodyWaits();
            });
            waiting.cancel(true);
            assertThat(came).isCompletedWithValue(false);
        }
    }

    @Test
    default void p4_cancelRunning_isStoppedBeforeAnybodyHears() {
        TaskExecutor executor = open();
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("at work"));
            Rendezvous.Visit running = rendezvous.next();
            CompletableFuture<String> closed = future.handle((value, failure) -> {
                executor.close(); // waits for the task
                return "closed";
            });
            future.cancel(true);
            running.awaitGone();
            assertThat(closed).isCompletedWithValue("closed");
        }
    }

    @Test
    default void p4_cancelFalse_whileAnAttemptFails_isTheLast() {
        CompletableFuture<TaskFuture<Integer>> submitted = new CompletableFuture<>();
        List<Integer> started = new CopyOnWriteArrayList<>();
        TaskListener cancelling = new TaskListener() {
            @Override
            public void started(TaskEvent event) {
                started.add(event.attempt());
            }

            @Override
            public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {
                submitted.join().cancel(false);
            }
        };
        TaskFuture<Integer> future;
        try (TaskExecutor executor = open(settings().withListener(cancelling))) {
            Retry retry = Retry.upTo(2).withBackoff(Duration.ZERO, Duration.ZERO);
            future = executor.submit(
                    new OptionsAndListeners.FailsUntil(3),
                    TaskOptions.defaults().withRetry(retry));
            submitted.complete(future);
        }
        assertThat(future).isCancelled();
        assertThat(started).containsExactly(1);
    }

    @Test
    default void p4_cancelDone_changesNothing() {
        try (TaskExecutor executor = open()) {
            TaskFuture<Integer> future = executor.submit(new Echo(1));
            future.join();
            assertThat(future.cancel(true)).isFalse();
            assertThat(future.join()).isEqualTo(1);
        }
    }

    @Test
    default void p4_cancel_interruptReachesNoOtherTask() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> first = executor.submit(rendezvous.task("first"));
            rendezvous.next();
            TaskFuture<String> second = executor.submit(rendezvous.task("second"));
            first.cancel(true);
            Rendezvous.Visit visit = rendezvous.next();
            assertThat(visit.name()).isEqualTo("second");
            visit.release();
            assertThat(second.join()).isEqualTo("second");
        }
    }

    @Test
    default void p4_completingFromOutside_givesTheTaskUp() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            assertThat(future.complete("instead")).isTrue();
            running.awaitGone();
            assertThat(future.join()).isEqualTo("instead");

            TaskFuture<String> failing = executor.submit(rendezvous.task("failing"));
            Rendezvous.Visit failed = rendezvous.next();
            assertThat(failing.completeExceptionally(new IllegalStateException("enough")))
                    .isTrue();
            failed.awaitGone();
        }
    }

    @Test
    default void p4_completingFromOutside_takesAWaitingTaskOut() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            TaskFuture<String> waiting = executor.submit(rendezvous.task("waiting"));
            waiting.complete("instead");
            running.release();
            assertThat(rendezvous.somebodyWaits(executor)).isFalse();
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void p4_orTimeout_givesTheTaskUp() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            CompletableFuture<String> same = future.orTimeout(20, TimeUnit.MILLISECONDS);
            assertThat(same).isSameAs(future);
            running.awaitGone();
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseExactlyInstanceOf(TimeoutException.class);
        }
    }

    @Test
    default void p4_cancellingADependent_doesNotReachTheTask() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            future.thenApply(String::length).cancel(true);
            assertThat(running.stays()).isTrue();
            running.release();
            assertThat(future.join()).isEqualTo("running");
        }
    }

    @Test
    default void p4_cancelRunning_killsWhatIgnoresInterrupts() {
        needs(Capability.KILLS_RUNNING);
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(new StubbornTask(rendezvous.port(), "stubborn"));
            Rendezvous.Visit running = rendezvous.next();
            future.cancel(true);
            running.awaitGone();
        }
    }
}
