package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * 9. The {@link ExecutorService} view keeps that contract: the groups a to l of the JDK's own tests, here those about
 * what is submitted; {@link P9Waits} has the others. Tasks that could not travel are used only where the strategy runs
 * lambdas.
 */
@SuppressWarnings("NullAway") // null arguments are the test
interface P9ExecutorService extends Subject {
    @Test
    default void p9a_submit_givesValueResultOrNull() throws Exception {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            Future<Integer> callable = service.submit((Callable<Integer>) new Echo(5));
            assertThat(callable.get()).isEqualTo(5);
            assertThat(callable.get(0, TimeUnit.NANOSECONDS)).isEqualTo(5);
            assertThat(callable.isDone()).isTrue();
            assertThat(callable.isCancelled()).isFalse();
        }
    }

    @Test
    default void p9a_submitRunnable_givesNullOrTheResult() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            List<String> ran = new ArrayList<>();
            assertThat(service.submit(() -> {
                                ran.add("first");
                            })
                            .get())
                    .isNull();
            assertThat(service.submit(() -> ran.add("second"), "result").get()).isEqualTo("result");
            CountDownLatch executed = new CountDownLatch(1);
            service.execute(executed::countDown);
            executed.await();
            assertThat(ran).containsExactly("first", "second");
        }
    }

    @Test
    default void p9b_null_isRefusedEverywhere() {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            assertThatThrownBy(() -> service.submit((Callable<?>) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.submit((Runnable) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.submit((Runnable) null, 1)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.execute(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAll(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAny(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAll(null, 1, TimeUnit.SECONDS))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAny(null, 1, TimeUnit.SECONDS))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    default void p9b_nullUnit_isRefusedEverywhere() throws Exception {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            assertThatThrownBy(() -> service.invokeAll(List.of(new Echo(1)), 1, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAny(List.of(new Echo(1)), 1, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.awaitTermination(1, null)).isInstanceOf(NullPointerException.class);
            Future<String> future = service.submit((Callable<String>) rendezvous.task("running"));
            assertThatThrownBy(() -> future.get(1, null)).isInstanceOf(NullPointerException.class);
            rendezvous.next().release();
            assertThat(future.get()).isEqualTo("running");
            assertThatThrownBy(() -> future.get(1, null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    default void p9c_failure_isTheCauseWithItsType() {
        try (TaskExecutor executor = open()) {
            Future<Integer> future = executor.asExecutorService()
                    .submit((Callable<Integer>) new FailingTask(FailingTask.How.CHECKED, "c"));
            assertThatThrownBy(future::get)
                    .isExactlyInstanceOf(ExecutionException.class)
                    .hasCauseExactlyInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    default void p9e_invoke_emptyAndNullElements() throws Exception {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            assertThat(service.invokeAll(List.<Callable<Integer>>of())).isEmpty();
            assertThatThrownBy(() -> service.invokeAny(List.<Callable<Integer>>of()))
                    .isInstanceOf(IllegalArgumentException.class);
            Collection<Callable<Integer>> withNull = Arrays.asList(null, new Echo(1)); // One result would be enough.
            assertThatThrownBy(() -> service.invokeAll(withNull)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAny(withNull)).isInstanceOf(NullPointerException.class);
            assertThat(service.invokeAll(List.<Callable<Integer>>of(), 1, TimeUnit.HOURS))
                    .isEmpty();
            assertThatThrownBy(() -> service.invokeAny(List.<Callable<Integer>>of(), 1, TimeUnit.HOURS))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> service.invokeAll(withNull, 1, TimeUnit.HOURS))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> service.invokeAny(withNull, 1, TimeUnit.HOURS))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    default void p9f_invokeAny_givesOneAndCancelsTheLosers() throws Exception {
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            List<Callable<Object>> tasks = List.of(callable(rendezvous.task("loser")), callable(new Echo(7)));
            assertThat(executor.asExecutorService().invokeAny(tasks)).isEqualTo(7);
            rendezvous.nobodyStays();
        }
    }

    @Test
    default void p9f_invokeAny_oneSuccessIsEnough() throws Exception {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            List<Callable<Object>> tasks = List.of(
                    callable(new FailingTask(FailingTask.How.CHECKED, "one")),
                    callable(new FailingTask(FailingTask.How.CHECKED, "two")),
                    callable(new Echo(7)));
            assertThat(service.invokeAny(tasks)).isEqualTo(7);
            assertThat(service.invokeAny(tasks, 1, TimeUnit.HOURS)).isEqualTo(7);
        }
    }

    @Test
    default void p9f_invokeAny_allFail() {
        try (TaskExecutor executor = open()) {
            List<Callable<Object>> tasks = List.of(
                    callable(new FailingTask(FailingTask.How.CHECKED, "one")),
                    callable(new FailingTask(FailingTask.How.CHECKED, "two")));
            assertThatThrownBy(() -> executor.asExecutorService().invokeAny(tasks))
                    .isExactlyInstanceOf(ExecutionException.class)
                    .hasCauseExactlyInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    default void p9f_invokeAny_timesOutAndStopsThem() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            assertThatThrownBy(() -> executor.asExecutorService()
                            .invokeAny(
                                    List.of(rendezvous.task("slow")),
                                    Pace.here().momentMillis(),
                                    TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            rendezvous.nobodyStays();
        }
    }

    @Test
    default void p9f_invokeAny_interruptedStopsThem() throws InterruptedException {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            List<WaitingTask> slow = List.of(rendezvous.task("slow"));
            Interrupted caller =
                    new Interrupted(() -> executor.asExecutorService().invokeAny(slow));
            caller.once(rendezvous.next());
            caller.throwsAndClearsTheFlag();
        }
    }

    @Test
    default void p9g_invokeAll_givesAllDoneInOrder() throws Exception {
        try (TaskExecutor executor = open()) {
            List<Callable<Object>> tasks = List.of(
                    callable(new Echo(1)),
                    callable(new FailingTask(FailingTask.How.CHECKED, "no")),
                    callable(new Echo(3)));
            List<Future<Object>> futures = executor.asExecutorService().invokeAll(tasks);
            assertThat(futures).hasSize(3).allMatch(Future::isDone);
            assertThat(futures.get(0).get()).isEqualTo(1);
            assertThatThrownBy(() -> futures.get(1).get()).hasCauseInstanceOf(FileNotFoundException.class);
            assertThat(futures.get(2).get()).isEqualTo(3);
        }
    }

    @Test
    default void p9g_invokeAll_timedCancelsTheUnfinished() throws Exception {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(new Echo(0)).join(); // So that the start of a worker does not count.
            List<Callable<Object>> tasks =
                    List.of(callable(new Echo(1)), callable(rendezvous.task("slow")), callable(new Echo(3)));
            long limit = 3L * Pace.here().momentMillis();
            List<Future<Object>> futures;
            do { // Longer, if it was too short even for the first.
                futures = executor.asExecutorService().invokeAll(tasks, limit, TimeUnit.MILLISECONDS);
                limit *= 2;
            } while (futures.get(0).isCancelled() && limit < Pace.here().patienceMillis());
            assertThat(futures).hasSize(3).allMatch(Future::isDone);
            assertThat(futures.get(0).get()).isEqualTo(1);
            assertThat(futures.get(1).isCancelled()).isTrue();
            assertThat(futures.get(2).isCancelled()).isTrue();
            rendezvous.nobodyStays();
        }
    }

    @Test
    default void p9g_invokeAll_interruptedStopsThem() throws InterruptedException {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            List<WaitingTask> slow = List.of(rendezvous.task("slow"), rendezvous.task("never"));
            Interrupted caller =
                    new Interrupted(() -> executor.asExecutorService().invokeAll(slow));
            caller.once(rendezvous.next());
            caller.throwsAndClearsTheFlag();
            rendezvous.nobodyStays();
        }
    }

    @Test
    default void p9h_afterShutdown_everythingIsRejected() {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            service.shutdown();
            assertThatThrownBy(() -> service.submit((Callable<?>) new Echo(1)))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThatThrownBy(() -> service.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            assertThatThrownBy(() -> service.invokeAll(List.of(new Echo(1))))
                    .isInstanceOf(RejectedExecutionException.class);
            assertThatThrownBy(() -> service.invokeAny(List.of(new Echo(1))))
                    .isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    default void p9i_cancel_interruptsOnlyIfToldTo() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            Future<String> gently = service.submit((Callable<String>) rendezvous.task("gently"));
            Rendezvous.Visit first = rendezvous.next();
            assertThat(gently.cancel(false)).isTrue();
            assertThat(first.stays()).isTrue();
            first.release();
            Future<String> firmly = service.submit((Callable<String>) rendezvous.task("firmly"));
            Rendezvous.Visit second = rendezvous.next();
            assertThat(firmly.cancel(true)).isTrue();
            second.awaitGone();
            assertThatThrownBy(firmly::get).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    default void p9i_shutdownNow_interruptsAndReturnsWhatNeverStarted() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            service.submit((Callable<String>) rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            Future<Integer> never = service.submit((Callable<Integer>) new Echo(1));
            assertThat(service.shutdownNow()).hasSize(1);
            running.awaitGone();
            assertThat(never.isCancelled()).isTrue();
        }
    }

    @Test
    default void p9i_shutdownNow_returnsExecutedRunnablesThemselves() {
        needs(Capability.RUNS_LAMBDAS);
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            service.submit((Callable<String>) rendezvous.task("running"));
            rendezvous.next();
            Runnable never = () -> {};
            service.execute(never);
            assertThat(service.shutdownNow()).containsExactly(never);
        }
    }

    @Test
    default void p9l_completionService_hasNothingUntilATaskIsDone() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorCompletionService<String> completions =
                    new ExecutorCompletionService<>(executor.asExecutorService());
            Future<String> future = completions.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            assertThat(completions.poll()).isNull();
            assertThat(completions.poll(Long.MIN_VALUE, TimeUnit.DAYS)).isNull();
            running.release();
            assertThat(completions.take()).isSameAs(future);
            assertThat(future.get()).isEqualTo("running");
        }
    }

    @Test
    default void p9l_completionService_deliversEachOnce() throws Exception {
        needs(Capability.RUNS_LAMBDAS);
        try (TaskExecutor executor = open()) {
            ExecutorCompletionService<Integer> completions =
                    new ExecutorCompletionService<>(executor.asExecutorService());
            assertThat(completions.poll()).isNull();
            Set<Future<Integer>> submitted = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                submitted.add(
                        completions.submit(i % 4 == 0 ? new FailingTask(FailingTask.How.CHECKED, "no") : new Echo(i)));
            }
            Set<Future<Integer>> taken = new HashSet<>();
            int failed = 0;
            for (int i = 0; i < 20; i++) {
                Future<Integer> future = completions.take();
                assertThat(future.isDone()).isTrue();
                taken.add(future);
                failed += failureOf(future) == null ? 0 : 1;
            }
            assertThat(taken).isEqualTo(submitted);
            assertThat(failed).isEqualTo(5);
            assertThat(completions.poll(1, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    default void p9_whatCannotTravel_isRejectedWithTheReason() throws Exception {
        needsNo(Capability.RUNS_LAMBDAS, "its tasks need not travel");
        Object here = new Object();
        Task<Object> task = () -> here;
        Callable<Object> callable = () -> here;
        Runnable runnable = () -> assertThat(here).isNotNull();
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            Throwable refused = catchThrowable(() -> executor.submit(task));
            assertThat(refused).isInstanceOf(NotPortableException.class);
            assertThatThrownBy(() -> service.submit((Callable<Object>) task))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage(refused.getMessage());
            List<ThrowingCallable> others = List.of(
                    () -> service.submit(callable),
                    () -> service.submit(runnable),
                    () -> service.submit(runnable, 1),
                    () -> service.execute(runnable),
                    () -> service.invokeAll(List.of(callable(new Echo(1)), callable)),
                    () -> service.invokeAny(List.of(callable)),
                    () -> CompletableFuture.supplyAsync(() -> here, service),
                    () -> new ExecutorCompletionService<>(service).submit(callable));
            assertThat(others)
                    .allSatisfy(other -> assertThatThrownBy(other)
                            .isInstanceOf(RejectedExecutionException.class)
                            .satisfies(P7Portability::saysWhatToDo));
            assertThat(service.submit((Callable<Integer>) new Echo(1)).get()).isEqualTo(1);
        }
    }

    private static @Nullable Throwable failureOf(Future<?> future) throws InterruptedException {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @SuppressWarnings("unchecked") // a callable only ever produces its value
    private static Callable<Object> callable(Callable<?> callable) {
        return (Callable<Object>) callable;
    }
}
