package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Promise 9. */
@SuppressWarnings({"NullAway", "ReturnValueIgnored"}) // lies, nulls among them
final class LiarsAboutService {
    private LiarsAboutService() {}

    static List<Liar> all() {
        return List.of(
                serving(
                        "a callable's value is another",
                        "p9a_submit_givesValueResultOrNull",
                        honest -> new LyingService(honest) {
                            @Override
                            @SuppressWarnings("unchecked") // a lie
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                return super.submit(new Echo(5).equals(task) ? (Callable<T>) new Echo(0) : task);
                            }
                        }),
                serving(
                        "a runnable's result is null",
                        "p9a_submitRunnable_givesNullOrTheResult",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
                                return super.submit(task, (T) null);
                            }
                        }),
                serving(
                        "executing null does nothing",
                        "p9b_null_isRefusedEverywhere",
                        honest -> new LyingService(honest) {
                            @Override
                            public void execute(@Nullable Runnable task) {
                                if (task != null) {
                                    super.execute(task);
                                }
                            }
                        }),
                serving(
                        "a failure is wrapped",
                        "p9c_failure_isTheCauseWithItsType",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                if (!(task instanceof FailingTask failing)
                                        || !failing.message().equals("c")) {
                                    return super.submit(task);
                                }
                                return super.submit(() -> {
                                    try {
                                        return task.call();
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
                            }
                        }),
                serving(
                        "any of no tasks is null",
                        "p9e_invoke_emptyAndNullElements",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                                    throws InterruptedException, ExecutionException {
                                return tasks.isEmpty() ? null : super.invokeAny(tasks);
                            }
                        }),
                serving(
                        "the losers of invokeAny go on",
                        "p9f_invokeAny_givesOneAndCancelsTheLosers",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                                    throws InterruptedException, ExecutionException {
                                return tasks.size() == 2 && tasks.iterator().next() instanceof WaitingTask
                                        ? lastOf(this, tasks).get()
                                        : super.invokeAny(tasks);
                            }
                        }),
                serving("when all fail, nobody knows why", "p9f_invokeAny_allFail", honest -> new LyingService(honest) {
                    @Override
                    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                            throws InterruptedException, ExecutionException {
                        try {
                            return super.invokeAny(tasks);
                        } catch (ExecutionException e) {
                            throw new ExecutionException(new IllegalStateException("all failed", e));
                        }
                    }
                }),
                serving(
                        "tasks go on when invokeAny is late",
                        "p9f_invokeAny_timesOutAndStopsThem",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(
                                    Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
                                    throws InterruptedException, ExecutionException, TimeoutException {
                                return areSlow(tasks)
                                        ? lastOf(this, tasks).get(timeout, unit)
                                        : super.invokeAny(tasks, timeout, unit);
                            }
                        }),
                serving(
                        "tasks go on when invokeAny is interrupted",
                        "p9f_invokeAny_interruptedStopsThem",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                                    throws InterruptedException, ExecutionException {
                                return tasks.size() == 1 ? lastOf(this, tasks).get() : super.invokeAny(tasks);
                            }
                        }),
                serving(
                        "invokeAll turns the order",
                        "p9g_invokeAll_givesAllDoneInOrder",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> List<Future<T>> invokeAll(
                                    Collection<? extends Callable<T>> tasks) throws InterruptedException {
                                List<Future<T>> futures = new ArrayList<>(super.invokeAll(tasks));
                                Collections.reverse(futures);
                                return futures;
                            }
                        }),
                serving(
                        "invokeAll leaves what is late",
                        "p9g_invokeAll_timedCancelsTheUnfinished",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> List<Future<T>> invokeAll(
                                    Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
                                    throws InterruptedException {
                                if (!areSlow(tasks)) {
                                    return super.invokeAll(tasks, timeout, unit);
                                }
                                List<Future<T>> futures = new ArrayList<>();
                                tasks.forEach(task -> futures.add(submit(task)));
                                return futures;
                            }
                        }),
                serving(
                        "execute says nothing when closed",
                        "p9h_afterShutdown_everythingIsRejected",
                        honest -> new LyingService(honest) {
                            @Override
                            public void execute(Runnable task) {
                                if (!isShutdown()) {
                                    super.execute(task);
                                }
                            }
                        }),
                serving(
                        "a gentle cancel interrupts",
                        "p9i_cancel_interruptsOnlyIfToldTo",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
                                return new Firm<>(super.submit(task));
                            }
                        }),
                serving(
                        "shutdownNow returns only what was executed",
                        "p9i_shutdownNow_interruptsAndReturnsWhatNeverStarted",
                        honest -> new LyingService(honest) {
                            private final List<Runnable> executed = new ArrayList<>();

                            @Override
                            public void execute(Runnable task) {
                                super.execute(task);
                                executed.add(task);
                            }

                            @Override
                            public List<Runnable> shutdownNow() {
                                List<Runnable> never = new ArrayList<>(super.shutdownNow());
                                never.retainAll(executed);
                                return never;
                            }
                        }),
                serving(
                        "shutdownNow returns wrappers",
                        "p9i_shutdownNow_returnsExecutedRunnablesThemselves",
                        honest -> new LyingService(honest) {
                            @Override
                            public List<Runnable> shutdownNow() {
                                return super.shutdownNow().stream()
                                        .map(never -> (Runnable) never::run)
                                        .toList();
                            }
                        }),
                serving(
                        "the first failure ends invokeAny",
                        "p9f_invokeAny_oneSuccessIsEnough",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                                    throws InterruptedException, ExecutionException {
                                if (tasks.size() != 3) {
                                    return super.invokeAny(tasks);
                                }
                                try {
                                    return submit(tasks.iterator().next()).get();
                                } catch (ExecutionException e) {
                                    throw new ExecutionException("lie: all failed", e);
                                }
                            }
                        }),
                serving(
                        "invokeAny keeps the interrupt",
                        "p9f_invokeAny_interruptedStopsThem",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
                                    throws InterruptedException, ExecutionException {
                                try {
                                    return super.invokeAny(tasks);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    throw e;
                                }
                            }
                        }),
                serving(
                        "tasks go on when invokeAll is interrupted",
                        "p9g_invokeAll_interruptedStopsThem",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> List<Future<T>> invokeAll(
                                    Collection<? extends Callable<T>> tasks) throws InterruptedException {
                                List<Future<T>> futures = new ArrayList<>();
                                tasks.forEach(task -> futures.add(submit(task)));
                                for (Future<T> future : futures) {
                                    try {
                                        future.get();
                                    } catch (ExecutionException e) {
                                        continue;
                                    }
                                }
                                return futures;
                            }
                        }),
                serving(
                        "invokeAll keeps the interrupt",
                        "p9g_invokeAll_interruptedStopsThem",
                        honest -> new LyingService(honest) {
                            @Override
                            public <T extends @Nullable Object> List<Future<T>> invokeAll(
                                    Collection<? extends Callable<T>> tasks) throws InterruptedException {
                                try {
                                    return super.invokeAll(tasks);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    throw e;
                                }
                            }
                        }),
                serving(
                        "a completion service runs its tasks itself",
                        "p9l_completionService_hasNothingUntilATaskIsDone",
                        honest -> new LyingService(honest) {
                            @Override
                            public void execute(Runnable task) {
                                if (task instanceof FutureTask && !isShutdown()) {
                                    task.run();
                                } else {
                                    super.execute(task);
                                }
                            }
                        }),
                new Liar(
                        "the view runs what its executor refuses",
                        Set.of("p9_whatCannotTravel_isRejectedWithTheReason"),
                        () -> new LyingStrategy(
                                EnumSet.of(Capability.DELAYS),
                                (self, settings) -> new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                                    @Override
                                    public <T extends @Nullable Object> TaskFuture<T> submit(
                                            Task<T> task, TaskOptions options) {
                                        if (task != null) {
                                            settings.withCheckPortable(true)
                                                    .portabilityCheck()
                                                    .check(task);
                                        }
                                        return super.submit(task, options);
                                    }
                                }),
                        Duration.ofSeconds(3)),
                serving(
                        "one of many is not executed",
                        "p9l_completionService_deliversEachOnce",
                        honest -> new LyingService(honest) {
                            private final AtomicInteger executed = new AtomicInteger();

                            @Override
                            public void execute(Runnable task) {
                                if (executed.incrementAndGet() != 17) {
                                    super.execute(task);
                                }
                            }
                        }));
    }

    /** Lies in its view. */
    static Liar serving(String lie, String caughtBy, Function<ExecutorService, ExecutorService> service) {
        return Liar.of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            private final ExecutorService view = service.apply(honest.asExecutorService());

            @Override
            public ExecutorService asExecutorService() {
                return view;
            }
        });
    }

    /** Submits all. */
    private static boolean areSlow(Collection<? extends Callable<?>> tasks) {
        return tasks.stream().anyMatch(task -> LyingExecutor.isWaiting(task, "slow"));
    }

    private static <T extends @Nullable Object> Future<T> lastOf(
            ExecutorService service, Collection<? extends Callable<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(service.submit(task)));
        return futures.get(futures.size() - 1);
    }

    private static final class Firm<T extends @Nullable Object> extends LyingResult<T> {
        Firm(Future<T> honest) {
            super(honest);
        }

        @Override
        public boolean cancel(boolean interrupt) {
            return honest.cancel(true);
        }
    }
}
