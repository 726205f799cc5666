package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Promises 4 and 5. */
final class LiarsAboutCancelling {
    private LiarsAboutCancelling() {}

    static List<Liar> all() {
        return List.of(
                deaf(
                        "a waiting task runs though cancelled",
                        "p4_cancelWaiting_neverRuns",
                        (future, interrupt) -> interrupt && future.isCancelled() && future.isOf("waiting")),
                deaf(
                        "a waiting task runs though gently cancelled",
                        "p4_cancelFalseWaiting_neverRuns",
                        (future, interrupt) -> !interrupt && future.isOf("waiting")),
                deaf(
                        "a running task is not interrupted",
                        "p4_cancelRunning_interruptsIt",
                        (future, interrupt) -> interrupt && future.isCancelled() && future.isOf("running")),
                Liar.promising(
                        "a waiting task is taken out after its callbacks",
                        "p4_cancelWaiting_isOutBeforeAnybodyHears",
                        (LyingFuture.Late) future -> future.isOf("in the queue")),
                Liar.promising(
                        "a running task is stopped after its callbacks",
                        "p4_cancelRunning_isStoppedBeforeAnybodyHears",
                        (LyingFuture.Late) future -> future.isOf("at work")),
                deaf(
                        "a cancelled task is tried again",
                        "p4_cancelFalse_whileAnAttemptFails_isTheLast",
                        (future, interrupt) -> future.honest.task().equals(new OptionsAndListeners.FailsUntil(3))),
                Liar.promising(
                        "a gentle cancel interrupts",
                        Set.of(
                                "p4_cancelFalseRunning_letsItGoOn",
                                "p6_close_waitsForWorkWhoseFutureIsComplete"), // work that goes on, again
                        new LyingFuture.Faults() {
                            @Override
                            public void abandon(LyingFuture<?> future, boolean interrupt) {
                                future.honest.cancel(true);
                            }
                        }),
                Liar.running("an interrupt reaches the next task", "p4_cancel_interruptReachesNoOtherTask", task -> {
                    if (task instanceof WaitingTask waiting && waiting.name().equals("second")) {
                        return () -> {
                            Thread.currentThread().interrupt();
                            return waiting.call();
                        };
                    }
                    return null;
                }),
                deaf(
                        "a running task whose future is completed goes on",
                        "p4_completingFromOutside_givesTheTaskUp",
                        (future, interrupt) -> !future.isCompletedExceptionally() && future.isOf("running")),
                deaf(
                        "a running task whose future is failed goes on",
                        "p4_completingFromOutside_givesTheTaskUp",
                        (future, interrupt) -> future.isCompletedExceptionally() && future.isOf("failing")),
                deaf(
                        "a waiting task whose future is completed runs",
                        "p4_completingFromOutside_takesAWaitingTaskOut",
                        (future, interrupt) -> !future.isCompletedExceptionally() && future.isOf("waiting")),
                deaf(
                        "a task goes on after orTimeout",
                        "p4_orTimeout_givesTheTaskUp",
                        (future, interrupt) ->
                                future.isCompletedExceptionally() && !future.isCancelled() && future.isOf("running")),
                Liar.promising(
                        "cancelling a dependent cancels the task",
                        "p4_cancellingADependent_doesNotReachTheTask",
                        new LyingFuture.Faults() {
                            @Override
                            public <T extends @Nullable Object, U> CompletableFuture<U> then(
                                    LyingFuture<T> future,
                                    Function<? super T, ? extends U> function,
                                    CompletableFuture<U> dependent) {
                                CompletableFuture<U> unused = dependent.whenComplete((value, failure) -> {
                                    if (dependent.isCancelled()) {
                                        future.honest.cancel(true);
                                    }
                                });
                                return dependent;
                            }
                        }),
                Liar.opening(
                        "it kills nothing, against its word",
                        Set.of("p4_cancelRunning_killsWhatIgnoresInterrupts"),
                        LyingStrategy::honest,
                        Capability.KILLS_RUNNING),
                Liar.promising(
                        "a timeout names another limit",
                        "p5_timeout_endsTheWaitAndSaysTheLimit",
                        new LyingFuture.Faults() {
                            @Override
                            public Throwable failure(TaskFuture<?> honest, Throwable failure) {
                                return failure instanceof TaskTimeoutException timeout
                                        ? new TaskTimeoutException(
                                                honest.task().getClass().getName(),
                                                timeout.timeout().multipliedBy(2))
                                        : failure;
                            }
                        }),
                Liar.of(
                        "a task goes on after its timeout",
                        Set.of("p5_timeout_interruptsTheTask", "p5_timeout_endsWorkThatNobodyWantsToo"),
                        GoesOn::new),
                Liar.of("a timeout counts from submission", "p5_timeout_countsFromTheStart", CountsWaiting::new),
                Liar.optioned("a long timeout is refused", "p5_timeout_thatIsNotReached_changesNothing", given -> {
                    if (given.timeout() != null && given.timeout().toMinutes() > 1) {
                        throw new IllegalArgumentException("lie: no timeout may be longer than a minute");
                    }
                    return given;
                }),
                Liar.of("a timeout takes the next task along", "p5_timeout_harmsNoOtherTask", TakesAlong::new),
                Liar.of(
                        "a timeout lets work go on that nobody wants",
                        "p5_timeout_endsWorkThatNobodyWantsToo",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public <T extends @Nullable Object> TaskFuture<T> submit(
                                    Task<T> task, TaskOptions options) {
                                boolean unwanted = task instanceof WaitingTask waiting
                                        && waiting.name().startsWith("unwanted");
                                return super.submit(task, unwanted ? options.withTimeout(null) : options);
                            }
                        }),
                Liar.opening(
                        "its timeouts end no work, against its word",
                        Set.of("p5_hardTimeout_endsTheWork"),
                        LyingStrategy::honest,
                        Capability.HARD_TIMEOUT));
    }

    private static Liar deaf(String lie, String caughtBy, LyingFuture.Deaf deaf) {
        return Liar.promising(lie, caughtBy, deaf);
    }

    private static TaskTimeoutException timeoutOf(TaskFuture<?> future, Duration limit) {
        return new TaskTimeoutException(future.task().getClass().getName(), limit);
    }

    private static void after(Duration limit, Runnable then) {
        CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS).execute(then);
    }

    private static final class GoesOn extends LyingExecutor {
        GoesOn(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            Duration limit = options.timeout();
            if (limit == null || isNarrow() || options.retry().attempts() > 1 || !(task instanceof WaitingTask)) {
                return super.submit(task, options);
            }
            LyingFuture<T> future =
                    LyingFuture.of(super.submit(task, options.withTimeout(null)), new LyingFuture.Faults() {});
            after(limit, () -> future.fails(timeoutOf(future, limit)));
            return future;
        }
    }

    private static final class CountsWaiting extends LyingExecutor {
        CountsWaiting(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            Duration limit = options.timeout();
            if (limit == null || !isNarrow() || !(task instanceof Echo)) {
                return super.submit(task, options);
            }
            LyingFuture<T> future = LyingFuture.of(super.submit(task, options), new LyingFuture.Faults() {});
            after(limit, () -> future.fails(timeoutOf(future, limit)));
            return future;
        }
    }

    private static final class TakesAlong extends LyingExecutor {
        private @Nullable TaskFuture<?> limited;

        TakesAlong(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            TaskFuture<T> future = super.submit(task, options);
            if (options.timeout() != null && task instanceof WaitingTask) {
                limited = future;
                return future;
            }
            if (limited == null || !task.equals(new Echo(2))) {
                return future;
            }
            LyingFuture<T> taken = LyingFuture.of(future, new LyingFuture.Faults() {
                @Override
                public boolean ends(TaskFuture<?> honest) {
                    return false;
                }
            });
            CompletableFuture<?> unused = limited.whenComplete(
                    (value, failure) -> taken.fails(new IllegalStateException("lie: another task timed out")));
            return taken;
        }
    }
}
