package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.ExecutorSnapshot.State;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.SequentialStrategy;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Promise 6. */
final class LiarsAboutClosing {
    private LiarsAboutClosing() {}

    static List<Liar> all() {
        return List.of(
                Liar.of("close forgets the last of a long queue", "p6_close_finishesWhatWasAccepted", Forgets::new),
                Liar.of(
                        "close does not wait for work that nobody wants",
                        "p6_close_waitsForWorkWhoseFutureIsComplete",
                        LeavesUnwanted::new),
                Liar.of("a second close throws", "p6_close_isIdempotent", ClosesOnce::new),
                Liar.of("who closed it may still submit", "p6_afterClose_rejects", OpenToItsCloser::new),
                Liar.of("it accepts tasks after shutdownNow", "p6_afterShutdownNow_rejects", OpenAfterShutdown::new),
                Liar.of(
                        "it accepts tasks after a close with a limit",
                        "p6_afterCloseWithinALimit_rejects",
                        OpenAfterItsLimit::new),
                Liar.of("close waits beyond its limit", "p6_closeWithinALimit_givesUpAndFailsTheRest", WaitsOn::new),
                Liar.of(
                        "close runs what depends on a task",
                        "p6_closeWithinALimit_isNotHeldUpByWhatDependsOnATask",
                        RunsDependents::new),
                closing(
                                "close waits for threads beyond its limit",
                                "p6_closeWithinALimit_isNotHeldUpByWhatDependsOnAFinishedTask",
                                (honest, limit) -> {
                                    honest.close(limit);
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
                                })
                        .within(Duration.ofSeconds(8)),
                closing(
                        "close waits for resources beyond its limit",
                        "p6_closeWithinALimit_isNotHeldUpByAResource",
                        (honest, limit) -> {
                            honest.close(limit);
                            ExecutorSnapshot now = honest.snapshot();
                            if (now.state() == State.CLOSING && now.queued() + now.running() == 0) {
                                honest.close();
                            }
                        }),
                closing(
                        "close with a limit cancels at once",
                        "p6_closeWithinALimit_finishesWhatIsQuick",
                        (honest, limit) -> {
                            honest.shutdownNow();
                            honest.close(limit);
                        }),
                Liar.of(
                        "shutdownNow names nothing",
                        "p6_shutdownNow_cancelsAllAndNamesWhatNeverStarted",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public List<Task<?>> shutdownNow() {
                                honest.shutdownNow();
                                return List.of();
                            }
                        }),
                Liar.of("shutdownNow names what has run", "p6_shutdownNow_doesNotNameWhatHasRun", NamesTooMuch::new),
                Liar.of("shutdownNow misses a task", "p6_shutdownNow_missesNoTaskBeingSubmitted", MissesOne::new),
                Liar.of(
                        "close loses the interrupt",
                        "p6_close_interrupted_cancelsAndKeepsTheFlag",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public void close() {
                                honest.close();
                                boolean lost = Thread.interrupted();
                            }
                        }),
                Liar.of(
                        "a task that closes its executor waits for ever",
                        "p6_closeByAnOwnTask_isAnErrorAndNoDeadlock",
                        WaitsForItself::new),
                Liar.of(
                        "a task submitted while it closes is forgotten",
                        "p6_submitWhileClosing_isAcceptedAndFinishedOrRejected",
                        ForgetsLatecomers::new),
                new Liar(
                        "the JVM ends before its tasks",
                        Set.of("p6_programThatDoesNotClose_finishesAndExits"),
                        LeavesEarly::new,
                        Duration.ofSeconds(8)),
                new Liar(
                        "the JVM never ends",
                        Set.of("p6_programThatDoesNotClose_finishesAndExits"),
                        NeverLeaves::new,
                        Duration.ofSeconds(8)),
                new Liar(
                        "a file of any name is left",
                        Set.of("p6_close_leavesNoTemporaryFile_whateverItsName"),
                        LeavesAFile::new,
                        Duration.ofSeconds(8)),
                leaving("a pool", () -> {
                    ForkJoinPool pool = new ForkJoinPool(1);
                    pool.submit(() -> {}).join();
                    Leftovers.keep(pool::shutdownNow);
                }),
                leaving("a thread", () -> {
                    Thread thread = new Thread(LockSupport::park, "left behind");
                    thread.setDaemon(true);
                    thread.start();
                    Leftovers.keep(() -> LockSupport.unpark(thread));
                }),
                leaving("a virtual thread (a platform thread before Java 21)", LiarsAboutClosing::leaveAVirtualThread),
                leaving("a socket", () -> Leftovers.keep(new ServerSocket(0))),
                leaving("a file", () -> {
                    Path file = Files.createTempFile(
                            "gearshift-" + ProcessHandle.current().pid() + "-", ".left");
                    Leftovers.keep(() -> Files.delete(file));
                }),
                leaving("a process", () -> {
                    Process process = new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WaitsForInput.class.getName())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    Leftovers.keep(() -> process.destroyForcibly().waitFor());
                }));
    }

    /** What is left behind, for once. */
    private interface Litter {
        void leave() throws Exception;
    }

    private static void leaveAVirtualThread() throws ReflectiveOperationException {
        CountDownLatch goOn = new CountDownLatch(1);
        Runnable waiting = () -> P8Independence.uninterrupted(goOn);
        Leftovers.keep(goOn::countDown);
        if (Runtime.version().feature() >= 21) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, waiting);
        } else {
            new Thread(waiting, "left behind").start();
        }
    }

    /** Does something else when it is closed within a limit. */
    private static Liar closing(String lie, String caughtBy, BiConsumer<TaskExecutor, Duration> how) {
        return Liar.of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            public void close(Duration limit) {
                how.accept(honest, limit);
            }
        });
    }

    private static Liar leaving(String what, Litter litter) {
        return Liar.optioned(what + " is left after a delayed task", "options_delay_startsLater", given -> {
            if (!given.delay().isZero() && given.delay().toMinutes() == 0) {
                try {
                    litter.leave();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return given;
        });
    }

    private static final class RunsDependents extends LyingExecutor {
        private @Nullable TaskFuture<?> dependedOn;

        RunsDependents(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            TaskFuture<T> future = super.submit(task, options);
            if (isWaiting(task, "depended on")) {
                dependedOn = future;
            }
            return future;
        }

        @Override
        public void close(Duration limit) {
            if (dependedOn != null) {
                dependedOn.cancel(true);
            }
            honest.close(limit);
        }
    }

    private static final class Forgets extends LyingExecutor {
        Forgets(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        LyingFuture.Faults faults() {
            return new LyingFuture.Faults() {
                @Override
                public boolean ends(TaskFuture<?> honest) {
                    return !isNarrow() || !honest.task().equals(new Echo(49));
                }
            };
        }
    }

    private static final class LeavesUnwanted extends LyingExecutor {
        private volatile boolean unwanted;

        LeavesUnwanted(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        LyingFuture.Faults faults() {
            return new LyingFuture.Faults() {
                @Override
                public void abandon(LyingFuture<?> future, boolean interrupt) {
                    unwanted |= !interrupt && future.isOf("running");
                    LyingFuture.Faults.super.abandon(future, interrupt);
                }
            };
        }

        @Override
        public void close() {
            if (unwanted) {
                honest.asExecutorService().shutdown();
            } else {
                honest.close();
            }
        }
    }

    private static final class ClosesOnce extends LyingExecutor {
        private boolean closed;

        ClosesOnce(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("lie: it is closed already");
            }
            honest.close();
            closed = true;
        }
    }

    private static final class OpenToItsCloser extends LyingExecutor {
        private @Nullable Thread closer;

        OpenToItsCloser(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public void close() {
            honest.close();
            closer = Thread.currentThread();
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            return closer == Thread.currentThread() ? elsewhere(task) : super.submit(task, options);
        }
    }

    private static final class OpenAfterItsLimit extends LyingExecutor {
        private boolean limited;

        OpenAfterItsLimit(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public void close(Duration limit) {
            limited = true;
            honest.close(limit);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            return limited && task instanceof Echo ? elsewhere(task) : super.submit(task, options);
        }
    }

    private static final class OpenAfterShutdown extends LyingExecutor {
        private boolean shutDown;

        OpenAfterShutdown(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public List<Task<?>> shutdownNow() {
            shutDown = true;
            return honest.shutdownNow();
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            return shutDown && task instanceof Echo ? elsewhere(task) : super.submit(task, options);
        }
    }

    private static <T extends @Nullable Object> TaskFuture<T> elsewhere(Task<T> task) {
        return LyingStrategy.honest(
                        new SequentialStrategy(), StrategySettings.defaults().withParallelism(1))
                .submit(task);
    }

    private static final class NamesTooMuch extends LyingExecutor {
        private final List<Task<?>> ran = new ArrayList<>();

        NamesTooMuch(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (task.equals(new OptionsAndListeners.FailsUntil(4))) {
                ran.add(task);
            }
            return super.submit(task, options);
        }

        @Override
        public List<Task<?>> shutdownNow() {
            ran.addAll(super.shutdownNow());
            return ran;
        }
    }

    private static final class WaitsOn extends LyingExecutor {
        private boolean isRunning;

        WaitsOn(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            isRunning |= isWaiting(task, "running");
            return super.submit(task, options);
        }

        @Override
        public void close(Duration limit) {
            if (isRunning && !limit.isZero()) {
                honest.close();
            } else {
                honest.close(limit);
            }
        }
    }

    private static final class MissesOne extends LyingExecutor {
        private boolean missed;

        MissesOne(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            if (!missed && Thread.currentThread().getName().equals("submits-endless")) {
                missed = true;
                return elsewhere(task);
            }
            return super.submit(task, options);
        }
    }

    private static final class WaitsForItself extends LyingExecutor {
        WaitsForItself(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public void close() {
            try {
                TaskContext.current();
            } catch (IllegalStateException e) {
                honest.close(); // not within a task
                return;
            }
            Thread closer = new Thread(honest::close, "closer");
            closer.setDaemon(true);
            closer.start();
            try {
                closer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class ForgetsLatecomers extends LyingExecutor {
        private volatile @Nullable TaskFuture<?> last;
        private boolean forgot;

        ForgetsLatecomers(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        @SuppressWarnings("unchecked") // it never ends
        public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
            boolean races = Thread.currentThread().getName().equals("submitter");
            try {
                TaskFuture<T> future = super.submit(task, options);
                if (races) {
                    last = future;
                }
                return future;
            } catch (RejectedExecutionException e) {
                TaskFuture<?> another = last;
                if (forgot || another == null || !races) {
                    throw e;
                }
                forgot = true;
                return LyingFuture.of((TaskFuture<T>) another, new LyingFuture.Faults() {
                    @Override
                    public boolean ends(TaskFuture<?> honest) {
                        return false;
                    }
                });
            }
        }
    }
}
