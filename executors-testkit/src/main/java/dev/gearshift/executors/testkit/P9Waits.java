package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.TaskExecutor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** 9, on: who waits for a task or for the end waits as he was told to, and may be interrupted. */
interface P9Waits extends Subject {
    @Test
    default void p9d_get_isInterruptibleAndTimed() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            Future<String> future = executor.asExecutorService().submit((Callable<String>) rendezvous.task("running"));
            rendezvous.next();
            assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(future.isDone()).isFalse();
            future.cancel(true);
        }
    }

    @Test
    default void p9d_timedWaits_areInterruptible() throws InterruptedException {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            Future<String> future = service.submit((Callable<String>) rendezvous.task("running"));
            rendezvous.next();
            Interrupted get = new Interrupted(() -> future.get(1, TimeUnit.HOURS));
            get.onceItWaits();
            get.throwsAndClearsTheFlag();
            Interrupted termination = new Interrupted(() -> service.awaitTermination(1, TimeUnit.HOURS));
            termination.onceItWaits();
            termination.throwsAndClearsTheFlag();
            assertThat(future.isDone()).isFalse();
            future.cancel(true);
        }
    }

    @Test
    default void p9d_timedWaits_neverGiveUpEarly() throws Exception {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            List<WaitingTask> brief = List.of(rendezvous.task("brief"));
            long millis = Pace.here().momentMillis();
            Future<String> future = service.submit((Callable<String>) rendezvous.task("running"));
            rendezvous.next();

            long start = System.nanoTime();
            assertThatThrownBy(() -> future.get(millis, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            long afterGet = System.nanoTime();
            assertThat(service.awaitTermination(millis, TimeUnit.MILLISECONDS)).isFalse();
            long afterAwait = System.nanoTime();
            assertThatThrownBy(() -> service.invokeAny(brief, millis, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            long afterAny = System.nanoTime();
            service.invokeAll(brief, millis, TimeUnit.MILLISECONDS);
            long afterAll = System.nanoTime();

            assertThat(List.of(afterGet - start, afterAwait - afterGet, afterAny - afterAwait, afterAll - afterAny))
                    .as("nanoseconds that get, awaitTermination, invokeAny and invokeAll waited")
                    .allMatch(waited -> waited >= TimeUnit.MILLISECONDS.toNanos(millis));
            future.cancel(true);
            rendezvous.nobodyStays();
        }
    }

    @Test
    default void p9d_timedWaits_withoutTimeLookOnce() throws Exception {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            List<Callable<String>> brief = List.of(rendezvous.task("brief"));
            Future<Integer> done = service.submit((Callable<Integer>) new Echo(1));
            Future<String> future = service.submit((Callable<String>) rendezvous.task("running"));
            rendezvous.next();
            assertThat(done.get()).isEqualTo(1);
            for (TimeUnit unit : List.of(TimeUnit.NANOSECONDS, TimeUnit.DAYS)) {
                for (long none : new long[] {0, -1, Long.MIN_VALUE}) {
                    assertThat(done.get(none, unit)).isEqualTo(1);
                    assertThatThrownBy(() -> future.get(none, unit)).isInstanceOf(TimeoutException.class);
                    assertThat(service.awaitTermination(none, unit)).isFalse();
                    assertThatThrownBy(() -> service.invokeAny(brief, none, unit))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(service.invokeAll(brief, none, unit)).hasSize(1).allMatch(Future::isCancelled);
                }
            }
            future.cancel(true);
            rendezvous.nobodyStays();
            service.shutdown();
            assertThat(service.awaitTermination(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(service.awaitTermination(Long.MIN_VALUE, TimeUnit.NANOSECONDS))
                    .isTrue();
        }
    }

    @Test
    default void p9j_shutdown_terminatesOnlyWhenDrained() throws Exception {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = executor.asExecutorService();
            service.submit((Callable<String>) rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            Future<Integer> queued = service.submit((Callable<Integer>) new Echo(2));
            assertThat(service.isShutdown()).isFalse();
            service.shutdown();
            assertThat(service.isShutdown()).isTrue();
            assertThat(service.isTerminated()).isFalse();
            assertThat(service.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
            running.release();
            assertThat(service.awaitTermination(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(service.isTerminated()).isTrue();
            assertThat(queued.get()).isEqualTo(2);
        }
    }

    @Test
    default void p9k_close_waitsAndLetsResultsThrough() throws Exception {
        TaskExecutor executor = openOne();
        Future<Integer> future = executor.asExecutorService().submit((Callable<Integer>) new UnclosedProgram.Pause(20));
        closed(executor.asExecutorService());
        assertThat(future.isDone()).isTrue();
        assertThat(future.get()).isEqualTo(20);
        assertThat(executor.asExecutorService().isTerminated()).isTrue();
    }

    @Test
    default void p9k_close_withoutTasks_terminates() throws Exception {
        ExecutorService service = open().asExecutorService();
        closed(service);
        assertThat(service.isShutdown()).isTrue();
        assertThat(service.isTerminated()).isTrue();
        assertThat(service.awaitTermination(0, TimeUnit.NANOSECONDS)).isTrue();
    }

    @Test
    default void p9k_shutdown_withoutTasks_terminates() throws Exception {
        try (TaskExecutor executor = open()) {
            ExecutorService service = executor.asExecutorService();
            service.shutdown();
            assertThat(service.awaitTermination(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(service.isTerminated()).isTrue();
            assertThat(service.shutdownNow()).isEmpty();
        }
    }

    @Test
    default void p9k_close_whenShutDown_waitsForTheRest() throws Exception {
        try (Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = openOne().asExecutorService();
            Future<String> running = service.submit((Callable<String>) rendezvous.task("running"));
            Future<Integer> queued = service.submit((Callable<Integer>) new Echo(2));
            Rendezvous.Visit visit = rendezvous.next();
            service.shutdown();
            Thread closer = new Thread(() -> closed(service), "closer");
            closer.start();
            assertThat(visit.stays()).isTrue();
            assertThat(closer.isAlive()).isTrue();
            visit.release();
            closer.join(Pace.here().patienceMillis());
            assertThat(closer.isAlive()).isFalse();
            assertThat(running.get()).isEqualTo("running");
            assertThat(queued.get()).isEqualTo(2);
            assertThat(service.isTerminated()).isTrue();
        }
    }

    @Test
    default void p9k_close_whenTerminated_changesNothing() throws Exception {
        ExecutorService service = open().asExecutorService();
        Future<Integer> future = service.submit((Callable<Integer>) new Echo(1));
        service.shutdown();
        assertThat(service.awaitTermination(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        closed(service);
        closed(service);
        assertThat(future.get()).isEqualTo(1);
        assertThat(service.isTerminated()).isTrue();
    }

    @Test
    default void p9k_close_interruptedStopsTheTasksAndKeepsTheFlag() throws Exception {
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskExecutor executor = openOne();
            Future<String> future = executor.asExecutorService().submit((Callable<String>) rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            Thread.currentThread().interrupt();
            closed(executor.asExecutorService());
            assertThat(Thread.interrupted()).isTrue();
            running.awaitGone();
            assertThat(future.isDone()).isTrue();
        }
    }

    @Test
    default void p9k_close_interruptedMeanwhile_stopsTheTasksAndKeepsTheFlag() throws Exception {
        try (Rendezvous rendezvous = new Rendezvous()) {
            ExecutorService service = openOne().asExecutorService();
            Future<String> running = service.submit((Callable<String>) rendezvous.task("running"));
            Future<Integer> queued = service.submit((Callable<Integer>) new Echo(2));
            Rendezvous.Visit visit = rendezvous.next();
            AtomicBoolean kept = new AtomicBoolean();
            Thread closer = new Thread(
                    () -> {
                        closed(service);
                        kept.set(Thread.currentThread().isInterrupted());
                    },
                    "closer");
            closer.start();
            Interrupted.spinUntil(service::isShutdown);
            Interrupted.awaitWaiting(closer);
            closer.interrupt();
            visit.awaitGone();
            closer.join(Pace.here().patienceMillis());
            assertThat(closer.isAlive()).isFalse();
            assertThat(kept).as("the interrupt is kept").isTrue();
            assertThat(service.isTerminated()).isTrue();
            assertThatThrownBy(running::get).isInstanceOfAny(CancellationException.class, ExecutionException.class);
            assertThatThrownBy(queued::get).isInstanceOf(CancellationException.class);
        }
    }

    /** On 17 an {@code ExecutorService} cannot be closed, but the view can. */
    private static void closed(ExecutorService service) {
        try {
            ((AutoCloseable) service).close();
        } catch (Exception e) {
            throw new AssertionError("Closing failed.", e);
        }
    }
}
