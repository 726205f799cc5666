package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.FileNotFoundException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** 1. The value, or the task's own exception, with the stack trace of where it ran. */
interface P1Results extends Subject {
    @Test
    default void p1_submit_returnsTheValue() throws Exception {
        try (TaskExecutor executor = open()) {
            TaskFuture<Integer> future = executor.submit(new Echo(7));
            assertThat(future.get()).isEqualTo(7);
            assertThat(future).isDone().isNotCancelled();
            assertThat(future.task()).isEqualTo(new Echo(7));
        }
    }

    @Test
    default void p1_failure_keepsTypeAndMessage() {
        try (TaskExecutor executor = open()) {
            TaskFuture<Integer> future = executor.submit(new FailingTask(FailingTask.How.CHECKED, "gone.txt"));
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isExactlyInstanceOf(FileNotFoundException.class)
                    .hasMessage("gone.txt");
            assertThatThrownBy(future::join)
                    .isExactlyInstanceOf(CompletionException.class)
                    .hasCauseExactlyInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    default void p1_failure_keepsItsCause() {
        try (TaskExecutor executor = open()) {
            TaskFuture<Integer> future =
                    executor.submit(new FailingTask(FailingTask.How.UNCHECKED_WITH_CAUSE, "outer"));
            assertThatThrownBy(future::get)
                    .cause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("outer")
                    .cause()
                    .isExactlyInstanceOf(ArithmeticException.class)
                    .hasMessage("the cause");
        }
    }

    @Test
    default void p1_failure_keepsTheStackOfTheTask() {
        try (TaskExecutor executor = open()) {
            Throwable failure =
                    failureOf(executor.submit(new FailingTask(FailingTask.How.UNCHECKED_WITH_CAUSE, "where")));
            assertThat(Arrays.stream(failure.getStackTrace()).map(StackTraceElement::toString))
                    .anyMatch(frame -> frame.contains("FailingTask.call"));
        }
    }

    @Test
    default void p1_error_isTheFailureOfThatTask() throws Exception {
        try (TaskExecutor executor = open()) {
            assertThat(failureOf(executor.submit(new FailingTask(FailingTask.How.ERROR, "an error"))))
                    .isExactlyInstanceOf(AssertionError.class);
            assertThat(failureOf(executor.submit(new FailingTask(FailingTask.How.STACK_OVERFLOW, "deep"))))
                    .isExactlyInstanceOf(StackOverflowError.class);
            assertThat(executor.submit(new Echo(1)).get()).isEqualTo(1);
        }
    }

    @Test
    default void p1_failures_areInstancesOfTheirOwn() {
        try (TaskExecutor executor = open()) {
            FailingTask task = new FailingTask(FailingTask.How.CHECKED, "same");
            assertThat(failureOf(executor.submit(task))).isNotSameAs(failureOf(executor.submit(task)));
        }
    }

    @Test
    default void p1_timeoutExceptionOfTheTask_isNotTheExecutors() {
        try (TaskExecutor executor = open()) {
            assertThat(failureOf(executor.submit(new FailingTask(FailingTask.How.TIMEOUT, "my own"))))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .isNotInstanceOf(TaskTimeoutException.class)
                    .hasMessage("my own");
        }
    }

    @Test
    default void p1_failuresThatFuturesUseThemselves_areTheTasksOwn() {
        try (TaskExecutor executor = open()) {
            TaskFuture<Integer> cancelling = executor.submit(new FailingTask(FailingTask.How.CANCELLATION, "my own"));
            assertThat(failureOf(cancelling))
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessage("my own");
            assertThat(cancelling).isDone().isNotCancelled();
            assertThat(failureOf(executor.submit(new FailingTask(FailingTask.How.COMPLETION, "outer"))))
                    .isExactlyInstanceOf(CompletionException.class)
                    .hasMessage("outer")
                    .hasCauseExactlyInstanceOf(ArithmeticException.class);
        }
    }

    /** What a future failed with, as the task threw it. */
    static Throwable failureOf(TaskFuture<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        throw new AssertionError("The task did not fail.");
    }
}
