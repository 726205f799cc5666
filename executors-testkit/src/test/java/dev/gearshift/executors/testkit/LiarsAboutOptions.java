package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskEvent.End;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.SequentialStrategy;
import dev.gearshift.executors.testkit.OptionsAndListeners.Numbered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options, the context of a task, listeners and the snapshot. */
final class LiarsAboutOptions {
    private static final Numbered SHARED = new Numbered();
    private static final ThreadLocal<Numbered> OF_A_THREAD = ThreadLocal.withInitial(Numbered::new);

    private LiarsAboutOptions() {}

    static List<Liar> all() {
        return List.of(
                Liar.optioned(
                        "a priority is ignored in silence",
                        "options_thatTheStrategyLacks_areRefusedByName",
                        given -> given.withPriority(0)),
                Liar.opening(
                        "what is required is ignored in silence",
                        Set.of("options_thatTheStrategyLacks_areRefusedByName"),
                        (self, settings) -> LyingStrategy.honest(
                                self,
                                new StrategySettings(
                                        settings.parallelism(),
                                        settings.checkPortable(),
                                        Set.of(),
                                        settings.listeners()))),
                Liar.optioned(
                        "it tries once too often",
                        "options_retry_triesAgainAndCountsTheAttempts",
                        given -> given.retry().attempts() == 3
                                        && given.retry().on().contains(Exception.class)
                                ? given.withRetry(Retry.upTo(4)
                                        .withBackoff(
                                                given.retry().backoff(),
                                                given.retry().maxBackoff()))
                                : given),
                Liar.optioned(
                        "it tries again after any failure",
                        "options_retry_onlyOnWhatItNames",
                        given -> given.retry().attempts() == 3
                                ? given.withRetry(given.retry().on(Exception.class))
                                : given),
                Liar.promising(
                        "a retry is not cancelled",
                        "options_retry_cancelledBetweenAttempts_neverRunsAgain",
                        (LyingFuture.Deaf) (future, interrupt) ->
                                future.honest.task().equals(new OptionsAndListeners.FailsUntil(6))),
                Liar.optioned(
                        "it tries again at once",
                        "options_retry_waitsBetweenAttempts",
                        given -> given.retry().backoff().equals(OptionsAndListeners.LONG)
                                ? given.withRetry(given.retry().withBackoff(Duration.ZERO, Duration.ZERO))
                                : given),
                Liar.of("it tries again after a timeout", "options_retry_neverAfterATimeout", TriesAgain::new),
                Liar.promising(
                        "a delayed task is not cancelled", "options_delay_cancelled_neverStarts", (LyingFuture.Deaf)
                                (future, interrupt) -> future.isOf("delayed")),
                Liar.promising(
                        "a delayed task that is cancelled runs at once",
                        "options_delay_cancelled_neverStarts",
                        new LyingFuture.Faults() {
                            @Override
                            public void abandon(LyingFuture<?> future, boolean interrupt) {
                                if (future.isOf("delayed")) {
                                    comes((WaitingTask) future.honest.task());
                                }
                                LyingFuture.Faults.super.abandon(future, interrupt);
                            }
                        }),
                Liar.optioned(
                        "a short delay is ignored",
                        "options_delay_startsLater",
                        given -> given.delay().toMinutes() == 0 ? given.withDelay(Duration.ZERO) : given),
                Liar.promising(
                        "the future has another id than the task",
                        "context_tellsIdAttemptAndWorker",
                        new LyingFuture.Faults() {
                            @Override
                            public long id(TaskFuture<?> honest) {
                                return honest.id() + 1;
                            }
                        }),
                Liar.running(
                        "each task has a resource of its own",
                        Set.of("context_resource_isOnePerWorker", "context_resource_isAnotherInEachExecutor"),
                        Swap.when(OptionsAndListeners.UsesResource.class, task -> made(new Numbered()))),
                Liar.running(
                        "each thread has a resource of its own",
                        "context_resource_isOneForAllThreadsOfAWorker",
                        Swap.when(OptionsAndListeners.UsesResourceWhenReleased.class, task -> {
                            String unused = new WaitingTask(task.port(), task.name()).call();
                            return made(OF_A_THREAD.get());
                        })),
                Liar.running(
                        "all executors share one resource",
                        "context_resource_isAnotherInEachExecutor",
                        Swap.when(OptionsAndListeners.UsesResource.class, task -> made(SHARED))),
                Liar.of(
                        "resources are not closed",
                        Set.of("context_resource_isClosedWithTheExecutor", "context_resource_afterClosing_isRefused"),
                        KeepsResources::new),
                Liar.of(
                        "a resource that fails to close stops everything",
                        "context_resourceThatFailsToClose_stopsNoClosing",
                        NeverCloses::new),
                listening(
                        "nobody hears of a retry",
                        Set.of(
                                "listener_hearsTheWholeLifeInOrder",
                                "options_retry_waitsBetweenAttempts",
                                "p4_cancelFalse_whileAnAttemptFails_isTheLast",
                                "p6_shutdownNow_doesNotNameWhatHasRun"),
                        told -> new LyingListener(told) {
                            @Override
                            public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {}
                        }),
                listening(
                        "a failure is called a cancellation",
                        Set.of("listener_hearsHowEachTaskEnded", "p8_randomSchedules_keepTheLedger"),
                        told -> new LyingListener(told) {
                            @Override
                            public void finished(TaskEvent event, End end, @Nullable Throwable failure) {
                                super.finished(event, end == End.FAILED ? End.CANCELLED : end, failure);
                            }
                        }),
                listening(
                        "nobody hears of progress", Set.of("listener_hearsProgress"), told -> new LyingListener(told) {
                            @Override
                            public void progressed(TaskEvent event, long done, long total) {}
                        }),
                Liar.of("what a listener throws comes out of submit", "listener_thatThrows_harmsNoTask", Exposed::new),
                Liar.of(
                        "the snapshot misses what runs",
                        "snapshot_countsWhatHappened",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public ExecutorSnapshot snapshot() {
                                ExecutorSnapshot s = honest.snapshot();
                                return new ExecutorSnapshot(
                                        s.strategy(),
                                        s.state(),
                                        s.parallelism(),
                                        s.queued(),
                                        0,
                                        s.succeeded(),
                                        s.failed(),
                                        s.cancelled(),
                                        s.workers());
                            }
                        }));
    }

    private static OptionsAndListeners.Made made(Numbered resource) {
        return new OptionsAndListeners.Made(ProcessHandle.current().pid(), resource.number);
    }

    /** And goes at once. */
    private static void comes(WaitingTask task) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), task.port())) {
            socket.getOutputStream().write((task.name() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Liar listening(String lie, Set<String> caughtBy, Function<TaskListener, TaskListener> between) {
        return Liar.opening(
                lie,
                caughtBy,
                (self, settings) -> LyingStrategy.honest(self, LyingListener.between(settings, between)));
    }

    /** Runs the lambdas that use resources in an executor that stays open. */
    private static final class KeepsResources extends LyingExecutor {
        KeepsResources(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            Class<?> type = task.getClass();
            return type.isHidden() && type.getName().startsWith(OptionsAndListeners.class.getName())
                    ? LyingStrategy.honest(new SequentialStrategy(), settings.withParallelism(1))
                            .submit(task, options)
                    : super.submit(task, options);
        }
    }

    private static final class NeverCloses extends LyingExecutor {
        private boolean fails;

        NeverCloses(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            fails |= task instanceof OptionsAndListeners.UsesFailingResource;
            return super.submit(task, options);
        }

        @Override
        public void close() {
            try {
                new CountDownLatch(fails ? 1 : 0).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            super.close();
        }
    }

    private static final class TriesAgain extends LyingExecutor {
        TriesAgain(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            TaskFuture<T> future = super.submit(task, options);
            if (options.timeout() != null && options.retry().attempts() > 1 && task instanceof WaitingTask) {
                CompletableFuture<?> unused = future.whenComplete((value, failure) -> super.submit(task, options));
            }
            return future;
        }
    }

    private static final class Exposed extends LyingExecutor {
        Exposed(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            TaskFuture<T> future = super.submit(task, options);
            for (TaskListener listener : settings.listeners()) {
                if (listener.getClass().isAnonymousClass()) {
                    tell(listener, future);
                }
            }
            return future;
        }

        private static void tell(TaskListener listener, TaskFuture<?> future) {
            try {
                listener.submitted(new TaskEvent("liar", future.id(), future.task(), 0, null, 0, 0));
            } catch (RuntimeException e) {
                throw new IllegalStateException("lie: a listener threw", e);
            }
        }
    }
}
