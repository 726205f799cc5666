package dev.gearshift.executors.testkit;

import static dev.gearshift.executors.testkit.LiarsAboutService.serving;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.TaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Promise 9: waiting, interrupts, closing. */
@SuppressWarnings({"NullAway", "ReturnValueIgnored"}) // lies, nulls among them
final class LiarsAboutWaits {
    private LiarsAboutWaits() {}

    static List<Liar> all() {
        List<Liar> liars = new ArrayList<>(List.of(
                serving(
                        "get keeps the interrupt",
                        "p9d_get_isInterruptibleAndTimed",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                return new KeepsInterrupt<>(super.submit(task));
                            }
                        }),
                serving(
                        "it is terminated before it is drained",
                        "p9j_shutdown_terminatesOnlyWhenDrained",
                        honest -> new LyingService(honest) {
                            @Override
                            public boolean isTerminated() {
                                return isShutdown();
                            }
                        }),
                serving(
                        "closing the view does not wait",
                        "p9k_close_waitsAndLetsResultsThrough",
                        honest -> new LyingService(honest) {
                            private boolean isQuick;

                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                isQuick |= task instanceof UnclosedProgram.Pause;
                                return super.submit(task);
                            }

                            @Override
                            public void close() {
                                if (isQuick) {
                                    shutdown();
                                } else {
                                    super.close();
                                }
                            }
                        }),
                closing(
                        "closing the view loses the interrupt",
                        "p9k_close_interruptedStopsTheTasksAndKeepsTheFlag",
                        (view, honestly) -> {
                            boolean before = Thread.currentThread().isInterrupted();
                            honestly.run();
                            boolean lost = before && Thread.interrupted();
                        }),
                serving(
                        "awaiting termination keeps the interrupt",
                        "p9d_timedWaits_areInterruptible",
                        honest -> new LyingService(honest) {
                            @Override
                            public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
                                try {
                                    return super.awaitTermination(timeout, unit);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    throw e;
                                }
                            }
                        }),
                serving(
                        "a timed get is deaf to interrupts",
                        "p9d_timedWaits_areInterruptible",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                return new Deaf<>(super.submit(task));
                            }
                        }),
                closing(
                        "closing what is shut down does not wait",
                        "p9k_close_whenShutDown_waitsForTheRest",
                        (view, honestly) -> {
                            if (!view.isShutdown() || view.isTerminated()) {
                                honestly.run();
                            }
                        }),
                closing(
                        "closing what is terminated fails",
                        "p9k_close_whenTerminated_changesNothing",
                        (view, honestly) -> {
                            if (view.isTerminated()) {
                                throw new IllegalStateException("lie: closed");
                            }
                            honestly.run();
                        }),
                closing(
                        "closing the view hears of no interrupt meanwhile",
                        "p9k_close_interruptedMeanwhile_stopsTheTasksAndKeepsTheFlag",
                        (view, honestly) -> {
                            if (Thread.currentThread().isInterrupted()) {
                                honestly.run();
                            } else {
                                deaf(honestly);
                            }
                        }),
                unused(
                        "closing it unused does nothing",
                        "p9k_close_withoutTasks_terminates",
                        executor -> new LyingService(executor.honest.asExecutorService()) {
                            @Override
                            public void close() {
                                if (isUsed(executor)) {
                                    super.close();
                                }
                            }
                        }),
                unused(
                        "unused it never terminates",
                        "p9k_shutdown_withoutTasks_terminates",
                        executor -> new LyingService(executor.honest.asExecutorService()) {
                            private boolean closed;

                            @Override
                            public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
                                return super.awaitTermination(timeout, unit) && (closed || isUsed(executor));
                            }

                            @Override
                            public void close() {
                                super.close();
                                closed = true;
                            }
                        })));
        for (OtherTime.Where where : OtherTime.Where.values()) {
            liars.add(timing(
                    where + " gives up early",
                    "p9d_timedWaits_neverGiveUpEarly",
                    where,
                    (timeout, unit) -> unit.toNanos(timeout) / 50));
            liars.add(timing(
                    where + " takes a negative time for ever",
                    "p9d_timedWaits_withoutTimeLookOnce",
                    where,
                    (timeout, unit) -> timeout < 0 ? Long.MAX_VALUE : unit.toNanos(timeout)));
            liars.add(timing(
                    where + " takes no unit for seconds",
                    "p9b_nullUnit_isRefusedEverywhere",
                    where,
                    (timeout, unit) -> (unit == null ? TimeUnit.SECONDS : unit).toNanos(timeout)));
        }
        return liars;
    }

    private static Liar timing(String lie, String caughtBy, OtherTime.Where where, OtherTime.Idea idea) {
        return serving(lie, caughtBy, honest -> new OtherTime(honest, where, idea));
    }

    /** Closes a view; honestly, when that is run. */
    private interface Closing {
        void close(ExecutorService view, Runnable honestly);
    }

    private static Liar closing(String lie, String caughtBy, Closing how) {
        return serving(lie, caughtBy, honest -> new LyingService(honest) {
            @Override
            public void close() {
                how.close(this, super::close);
            }
        });
    }

    private static Liar unused(String lie, String caughtBy, Function<LyingExecutor, ExecutorService> service) {
        return Liar.of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            public ExecutorService asExecutorService() {
                return service.apply(this);
            }
        });
    }

    private static boolean isUsed(TaskExecutor executor) {
        ExecutorSnapshot now = executor.snapshot();
        return now.queued() + now.running() + now.succeeded() + now.failed() + now.cancelled() > 0;
    }

    /** Does it elsewhere, and keeps interrupts until it is done. */
    private static void deaf(Runnable runnable) {
        Thread thread = new Thread(runnable, "deaf");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Deaf<T extends @Nullable Object> extends LyingResult<T> {
        Deaf(Future<T> honest) {
            super(honest);
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            while (true) {
                try {
                    return honest.get(timeout, unit);
                } catch (InterruptedException e) {
                    continue;
                }
            }
        }
    }

    private static final class KeepsInterrupt<T extends @Nullable Object> extends LyingResult<T> {
        KeepsInterrupt(Future<T> honest) {
            super(honest);
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            try {
                return super.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw e;
            }
        }
    }
}
