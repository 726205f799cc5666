package dev.gearshift.executors.testkit;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What becomes of asynchronous tasks. */
final class LiarsAboutStages {
    private LiarsAboutStages() {}

    static List<Liar> all() {
        return List.of(
                Liar.running(
                        "a stage's value is another",
                        "async_value_comesThrough",
                        Swap.when(new AsyncTasks.Later(4, false), task -> 5)),
                Liar.running(
                        "a stage's failure is wrapped",
                        "async_failure_keepsItsType",
                        Swap.when(new AsyncTasks.Later(4, true), task -> {
                            try {
                                return task.callAsync().toCompletableFuture().get();
                            } catch (ExecutionException e) {
                                throw new IllegalStateException(e.getCause());
                            }
                        })),
                Liar.running(
                        "a start that throws gives null",
                        "async_startThatThrows_isTheFailure",
                        Swap.when(AsyncTasks.NoStart.class, task -> null)),
                Liar.of(
                        "a cancel does not reach the stage",
                        "async_cancel_reachesTheStage",
                        (honest, settings) -> new Forgetful(honest, settings, false)),
                Liar.of(
                        "a timeout does not reach the stage",
                        "async_timeout_reachesTheStage",
                        (honest, settings) -> new Forgetful(honest, settings, true)),
                Liar.running(
                        "a cancel during the start is forgotten",
                        "async_cancelDuringTheStart_reachesTheStage",
                        task -> task instanceof AsyncTask<?> async
                                        && task.getClass().isHidden()
                                ? () -> async.callAsync().toCompletableFuture().getNow(null)
                                : null),
                Liar.of(
                        "submit begins an asynchronous task itself",
                        Set.of(
                                "async_startThatBlocks_doesNotBlockSubmit",
                                "async_cancelDuringTheStart_reachesTheStage"), // a start that goes on, again
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public <T extends @Nullable Object> TaskFuture<T> submit(
                                    Task<T> task, TaskOptions options) {
                                return super.submit(
                                        task.getClass().isHidden() && task instanceof AsyncTask<T> async
                                                ? begun(async)
                                                : task,
                                        options);
                            }
                        }),
                Liar.opening(
                        "every stage holds a thread, against its word",
                        Set.of("async_manyInFlight_holdNoThreads"),
                        LyingStrategy::honest,
                        Capability.NON_BLOCKING),
                Liar.opening(
                        "a stage does not end while plain tasks wait for it",
                        Set.of("async_plainTasksThatWaitForAStage_endWithIt"),
                        (self, settings) -> new NeverEnds(staged(self, settings), settings, 16),
                        Capability.NON_BLOCKING),
                Liar.opening(
                        "a stage does not end while starts wait for it",
                        Set.of("async_startsThatWaitForAStage_endWithIt"),
                        (self, settings) -> new NeverEnds(staged(self, settings), settings, 18),
                        Capability.NON_BLOCKING),
                Liar.opening(
                        "a timeout waits for three others",
                        Set.of("async_stageThatIsSlowToCancel_holdsUpNoOtherTimeout"),
                        (self, settings) -> new LosesTheFourthTimeout(staged(self, settings), settings),
                        Capability.NON_BLOCKING),
                Liar.opening(
                        "close waits for who cancels",
                        Set.of("async_cancelThatIsHeldUp_holdsUpNoClosing"),
                        (self, settings) -> new WaitsForWhoCancels(staged(self, settings), settings),
                        Capability.NON_BLOCKING),
                Liar.opening(
                        "two that are cancelled at their start hold up the third",
                        Set.of("async_stagesThatAreCancelledWhileTheyBegin_holdUpNoOtherStart"),
                        (self, settings) -> new NeverBeginsTheThird(staged(self, settings), settings),
                        Capability.NON_BLOCKING),
                Liar.of("the limit does not count stages", "async_limit_isKept", Unlimited::new),
                Liar.of(
                        "callbacks run where the stage is completed",
                        "async_callbacks_neverHoldUpWhoCompletesTheStage",
                        RunsCallbacksThere::new));
    }

    private static TaskExecutor staged(ConcurrencyStrategy self, StrategySettings settings) {
        return Leftovers.keep(LocalTaskExecutor.staged(self, settings, 2, 100));
    }

    private static final class NeverEnds extends LyingExecutor {
        /** In an executor of which test, by its parallelism. */
        private final int which;

        NeverEnds(TaskExecutor honest, StrategySettings settings, int which) {
            super(honest, settings);
            this.which = which;
        }

        @Override
        LyingFuture.@Nullable Faults faults() {
            return settings.parallelism().orElse(0) != which
                    ? null
                    : new LyingFuture.Faults() {
                        @Override
                        public boolean ends(TaskFuture<?> honest) {
                            return !(honest.task() instanceof AsyncTasks.Pending);
                        }
                    };
        }
    }

    private static final class WaitsForWhoCancels extends LyingExecutor {
        private final List<TaskFuture<?>> pending = new ArrayList<>();

        WaitsForWhoCancels(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            TaskFuture<T> future = super.submit(task, options);
            if (task instanceof AsyncTasks.Pending) {
                pending.add(future);
            }
            return future;
        }

        @Override
        public void close(Duration limit) {
            pending.forEach(future -> future.exceptionally(failure -> null).join());
            honest.close(limit);
        }
    }

    private static final class NeverBeginsTheThird extends LyingExecutor {
        private int submitted;

        NeverBeginsTheThird(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            boolean begins = settings.parallelism().orElse(0) != 17 || options.timeout() != null || ++submitted != 3;
            return super.submit(begins ? task : new CompletableFuture<T>()::get, options);
        }
    }

    private static final class LosesTheFourthTimeout extends LyingExecutor {
        private int timeouts;

        LosesTheFourthTimeout(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        TaskOptions told(TaskOptions given) {
            boolean loses = settings.parallelism().orElse(0) == 17 && given.timeout() != null && ++timeouts == 4;
            return loses ? given.withTimeout(null) : given;
        }
    }

    private static <T extends @Nullable Object> Task<T> begun(AsyncTask<T> task) {
        try {
            CompletableFuture<T> stage = task.callAsync().toCompletableFuture();
            return stage::get;
        } catch (Exception e) {
            return () -> {
                throw e;
            };
        }
    }

    /** Waits for pending stages without a thought of an interrupt. */
    private static final class Forgetful extends LyingExecutor {
        private final boolean limited;

        Forgetful(TaskExecutor honest, StrategySettings settings, boolean limited) {
            super(honest, settings);
            this.limited = limited;
        }

        @Override
        @SuppressWarnings("unchecked") // a pending task gives a text
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (task instanceof AsyncTasks.Pending pending && (options.timeout() != null) == limited) {
                return super.submit(
                        () -> (T) pending.callAsync().toCompletableFuture().get(), options);
            }
            return super.submit(task, options);
        }
    }

    private static final class Unlimited extends LyingExecutor {
        Unlimited(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (!isNarrow() || !(task instanceof AsyncTasks.Pending)) {
                return super.submit(task, options);
            }
            return LyingStrategy.honest(new SequentialStrategy(), settings).submit(task, options);
        }
    }

    /** Nothing waits for the stage but the future, so that nothing else can be first to end it. */
    private static final class RunsCallbacksThere extends LyingExecutor {
        RunsCallbacksThere(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        @SuppressWarnings("unchecked") // a pending task gives a text
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (isNarrow() || options.timeout() != null || !(task instanceof AsyncTasks.Pending pending)) {
                return super.submit(task, options);
            }
            Task<T> start = () -> (T) pending.callAsync();
            LyingFuture<T> there = LyingFuture.of(super.submit(start, options), new LyingFuture.Faults() {
                @Override
                public boolean ends(TaskFuture<?> honest) {
                    return false;
                }

                @Override
                public void abandon(LyingFuture<?> future, boolean interrupt) {
                    pending.stage.cancel(true);
                }
            });
            CompletableFuture<?> unused = pending.stage.thenAccept(value -> there.ends((T) value));
            return there;
        }
    }
}
