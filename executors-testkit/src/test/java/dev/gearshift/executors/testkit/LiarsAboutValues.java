package dev.gearshift.executors.testkit;

import static dev.gearshift.executors.testkit.FailingTask.How.CHECKED;
import static dev.gearshift.executors.testkit.FailingTask.How.TIMEOUT;
import static dev.gearshift.executors.testkit.FailingTask.How.UNCHECKED_WITH_CAUSE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Promises 1 and 2, and 7 where tasks stay. */
@SuppressWarnings({"NullAway", "ReturnValueIgnored"}) // lies, nulls among them
final class LiarsAboutValues {
    private static final FileNotFoundException ALWAYS_THE_SAME = new FileNotFoundException("same");

    private LiarsAboutValues() {}

    static List<Liar> all() {
        return List.of(
                Liar.promising("the future names another task", "p1_submit_returnsTheValue", new LyingFuture.Faults() {
                    @Override
                    public Task<?> task(TaskFuture<?> honest) {
                        return honest.task().equals(new Echo(7)) ? new Echo(8) : honest.task();
                    }
                }),
                Liar.running(
                        "the message of a failure is lost",
                        "p1_failure_keepsTypeAndMessage",
                        Swap.failing(new FailingTask(CHECKED, "gone.txt"), failure -> new FileNotFoundException())),
                Liar.running(
                        "the cause of a failure is lost",
                        "p1_failure_keepsItsCause",
                        Swap.failing(
                                new FailingTask(UNCHECKED_WITH_CAUSE, "outer"),
                                failure -> new IllegalStateException(failure.getMessage()))),
                Liar.running(
                        "the stack of a failure is lost",
                        "p1_failure_keepsTheStackOfTheTask",
                        Swap.failing(new FailingTask(UNCHECKED_WITH_CAUSE, "where"), failure -> {
                            failure.setStackTrace(new StackTraceElement[0]);
                            return failure;
                        })),
                Liar.running(
                        "errors are wrapped",
                        "p1_error_isTheFailureOfThatTask",
                        Swap.failing(
                                new FailingTask(FailingTask.How.ERROR, "an error"),
                                failure -> new IllegalStateException(failure))),
                Liar.running(
                        "equal failures are one",
                        "p1_failures_areInstancesOfTheirOwn",
                        Swap.failing(new FailingTask(CHECKED, "same"), failure -> ALWAYS_THE_SAME)),
                Liar.running(
                        "a task's own timeout is taken for the executor's",
                        "p1_timeoutExceptionOfTheTask_isNotTheExecutors",
                        Swap.failing(
                                new FailingTask(TIMEOUT, "my own"),
                                failure -> new TaskTimeoutException("my own", Duration.ofSeconds(1)))),
                Liar.running(
                        "a task's own cancellation becomes another failure",
                        "p1_failuresThatFuturesUseThemselves_areTheTasksOwn",
                        Swap.failing(
                                new FailingTask(FailingTask.How.CANCELLATION, "my own"),
                                failure -> new IllegalStateException("lie: cancelled", failure))),
                Liar.running(
                        "null becomes text",
                        "p2_null_comesThrough",
                        Swap.when(P2Values.EchoText.class, task -> String.valueOf(task.value()))),
                Liar.running(
                        "text goes through UTF-8",
                        "p2_text_comesThroughToTheLastCharacter",
                        Swap.when(
                                P2Values.EchoText.class,
                                task -> task.value() == null
                                        ? null
                                        : new String(task.value().getBytes(UTF_8), UTF_8))),
                Liar.running(
                        "negative zero loses its sign",
                        "p2_numbers_comeThroughToTheLastBit",
                        Swap.when(P2Values.EchoNumbers.class, task -> unsigned(task.value()))),
                Liar.running(
                        "an optional value is dropped",
                        "p2_records_comeThroughNestedGenericAndSealed",
                        Swap.when(P2Values.EchoShapes.class, task -> dropping(task.value()))),
                Liar.running(
                        "a relative path becomes absolute",
                        "p2_timesAndPlaces_comeThroughUnchanged",
                        Swap.when(P2Values.EchoPlaces.class, task -> absolute(task.value()))),
                Liar.running(
                        "bytes end at 1 MiB",
                        "p2_bytes_comeThroughUpToTheLimit",
                        Swap.when(
                                P2Values.EchoBytes.class,
                                task -> Arrays.copyOf(task.value(), Math.min(task.value().length, 1 << 20)))),
                Liar.running("what a lambda returns is copied", "p7_lambda_runsWhereItCan", LiarsAboutValues::copying),
                Liar.of(
                        "null is a task",
                        "p7_null_isRefusedAtSubmit",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public <T extends @Nullable Object> TaskFuture<T> submit(
                                    @Nullable Task<T> task, TaskOptions options) {
                                return super.submit(task == null ? () -> null : task, options);
                            }
                        }));
    }

    private static P2Values.Numbers unsigned(P2Values.Numbers n) {
        return new P2Values.Numbers(n.a(), n.b(), n.c(), n.d(), n.e(), n.f(), n.g() + 0.0f, n.h());
    }

    private static P2Values.Shapes dropping(P2Values.Shapes s) {
        return new P2Values.Shapes(s.shapes(), s.colours(), s.pair(), Optional.empty(), s.names());
    }

    private static P2Values.Places absolute(P2Values.Places p) {
        return new P2Values.Places(
                p.relative().toAbsolutePath(), p.absolute(), p.uri(), p.duration(), p.instant(), p.nothing());
    }

    private static @Nullable Task<?> copying(Task<?> task) {
        if (!task.getClass().isHidden()) {
            return null;
        }
        return () -> {
            Object value = task.call();
            return value != null && value.getClass() == Object.class ? new Object() : value;
        };
    }
}
