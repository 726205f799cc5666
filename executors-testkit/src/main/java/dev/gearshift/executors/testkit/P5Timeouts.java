package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 5. A timeout counts from the task's start, ends the wait everywhere, and the work where the strategy can. */
interface P5Timeouts extends Subject {
    /** A limit that a test waits for. */
    static Duration shortly() {
        return Pace.here().moment();
    }

    @Test
    default void p5_timeout_endsTheWaitAndSaysTheLimit() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> future = executor.submit(rendezvous.task("slow"), limited(shortly()));
            Throwable failure = P1Results.failureOf(future);
            assertThat(failure)
                    .isExactlyInstanceOf(TaskTimeoutException.class)
                    .hasMessageEndingWith(new TaskTimeoutException("", shortly()).getMessage())
                    .hasMessageContaining(WaitingTask.class.getName());
            assertThat(((TaskTimeoutException) failure).timeout()).isEqualTo(shortly());
        }
    }

    @Test
    default void p5_timeout_interruptsTheTask() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            rendezvous
                    .limited("slow", executor, limited(shortly()), WaitingTask::new)
                    .visit()
                    .awaitGone();
        }
    }

    @Test
    default void p5_timeout_countsFromTheStart() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(rendezvous.task("before"));
            Rendezvous.Visit before = rendezvous.next();
            // Longer than a busy machine may hold up an echo.
            TaskFuture<Integer> waiting =
                    executor.submit(new Echo(1), limited(shortly().multipliedBy(3)));
            for (int i = 0; i < 3; i++) {
                assertThat(before.stays()).isTrue(); // in all for longer than the limit
            }
            assertThat(waiting).isNotDone();
            before.release();
            assertThat(waiting.join()).isEqualTo(1);
        }
    }

    @Test
    default void p5_timeout_thatIsNotReached_changesNothing() {
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new Echo(1), limited(Duration.ofHours(1)))
                            .join())
                    .isEqualTo(1);
        }
    }

    @Test
    default void p5_timeout_harmsNoOtherTask() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> slow = executor.submit(rendezvous.task("slow"), limited(shortly()));
            TaskFuture<Integer> after = executor.submit(new Echo(2));
            P1Results.failureOf(slow);
            assertThat(after.join()).isEqualTo(2);
        }
    }

    @Test
    default void p5_timeout_endsWorkThatNobodyWantsToo() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            Duration limit = shortly();
            Rendezvous.Limited<String> unwanted;
            do { // A busy machine may hold this thread up until the timeout strikes.
                limit = limit.multipliedBy(2);
                unwanted = rendezvous.limited("unwanted", executor, limited(limit), WaitingTask::new);
            } while (!unwanted.future().cancel(false));
            unwanted.visit().awaitGone();
            assertThat(unwanted.future()).isCancelled();
        }
    }

    @Test
    default void p5_hardTimeout_endsTheWork() {
        needs(Capability.HARD_TIMEOUT);
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            rendezvous
                    .limited("stubborn", executor, limited(shortly()), StubbornTask::new)
                    .visit()
                    .awaitGone();
        }
    }

    private static TaskOptions limited(Duration limit) {
        return TaskOptions.defaults().withTimeout(limit);
    }
}
