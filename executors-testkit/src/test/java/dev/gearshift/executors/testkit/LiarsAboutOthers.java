package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.local.SequentialStrategy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Promise 8, and what is kept of tasks that are over. */
final class LiarsAboutOthers {
    private LiarsAboutOthers() {}

    static List<Liar> all() {
        return List.of(
                Liar.of("a hundred failures bring down another task", "p8_failures_touchNoOtherTask", Fragile::new),
                Liar.opening(
                        "callbacks hold the worker, and what was cancelled its place in the queue",
                        Set.of(
                                "memory_whatIsCancelledInTheQueue_isForgottenBeforeItsTurn",
                                "p8_callbackThatBlocks_stopsNobody",
                                "p8_callbackAttachedWhileTheTaskEnds_stopsNobody",
                                "p8_callbackThatSubmitsAndWaits_worksOnOneWorker"),
                        LiarsAboutOthers::onAPool),
                Liar.promising(
                        "a callback that fails fails the task",
                        "p8_callbackThatFails_harmsNoTask",
                        new LyingFuture.Faults() {
                            @Override
                            public <T extends @Nullable Object, U> CompletableFuture<U> then(
                                    LyingFuture<T> future,
                                    Function<? super T, ? extends U> function,
                                    CompletableFuture<U> dependent) {
                                if (future.honest.task().equals(new Echo(1))) {
                                    Throwable unused = dependent
                                            .handle((value, failure) -> failure)
                                            .join();
                                    future.obtrudeException(new IllegalStateException("lie: a callback failed"));
                                }
                                return dependent;
                            }
                        }),
                Liar.running(
                        "one value of many is lost",
                        "p8_manyThreads_submitAtOnce",
                        Swap.when(new Echo(777), task -> 0)),
                Liar.opening(
                        "some ends are told twice",
                        Set.of("p8_randomSchedules_keepTheLedger"),
                        (self, settings) ->
                                LyingStrategy.honest(self, LyingListener.between(settings, TellsTwice::new))),
                Liar.of(
                        "futures are kept",
                        Set.of(
                                "memory_whatHasFinished_isForgotten",
                                "memory_whatIsCancelledInTheQueue_isForgottenBeforeItsTurn"),
                        (honest, settings) -> new Remembers(honest, settings, options -> true)),
                Liar.of(
                        "what was to begin later is kept though it was cancelled",
                        "memory_whatHasFinished_isForgotten",
                        (honest, settings) -> new Remembers(
                                honest, settings, options -> !options.delay().isZero())),
                Liar.of("one task too many runs at once", "p8_parallelism_isUsedAndKept", OneTooMany::new),
                Liar.of("two tasks of the queue are swapped", "p8_queue_isServedInOrder", Swapped::new));
    }

    private static TaskExecutor onAPool(ConcurrencyStrategy self, StrategySettings settings) {
        int threads = settings.parallelism().orElse(2);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Leftovers.keep(pool::shutdownNow);
        return Leftovers.keep(LocalTaskExecutor.on(self, settings, threads, pool, pool::shutdown));
    }

    private static final class TellsTwice extends LyingListener {
        TellsTwice(TaskListener told) {
            super(told);
        }

        @Override
        public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
            super.finished(event, end, failure);
            if (event.task() instanceof RandomSchedules.Work && event.id() % 100 == 0) {
                super.finished(event, end, failure);
            }
        }
    }

    private static final class Fragile extends LyingExecutor {
        private int failures;

        Fragile(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        TaskExecutor streams() {
            return this;
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (task instanceof FailingTask) {
                failures++;
            }
            if (failures == 100 && task instanceof Echo) {
                return super.submit(
                        () -> {
                            throw new IllegalStateException("lie: too many failures");
                        },
                        options);
            }
            return super.submit(task, options);
        }
    }

    private static final class OneTooMany extends LyingExecutor {
        OneTooMany(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            return !isNarrow() && isWaiting(task, "task2")
                    ? LyingStrategy.honest(new SequentialStrategy(), settings.withParallelism(1))
                            .submit(task, options)
                    : super.submit(task, options);
        }
    }

    private static final class Swapped extends LyingExecutor {
        Swapped(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        Swap swap() {
            return task -> {
                if (!(task instanceof WaitingTask waiting)) {
                    return null;
                }
                return switch (waiting.name()) {
                    case "task3" -> new WaitingTask(waiting.port(), "task4");
                    case "task4" -> new WaitingTask(waiting.port(), "task3");
                    default -> null;
                };
            };
        }
    }
}
