package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** An executor that stays open keeps nothing of what has finished: no task, no future, no result. */
interface Memory extends Subject {
    @Test
    default void memory_whatHasFinished_isForgotten() throws ExecutionException, InterruptedException {
        try (TaskExecutor executor = openOne()) {
            Map<String, WeakReference<?>> finished = new TreeMap<>();
            succeeded(executor, finished);
            failed(executor, finished);
            cancelled(executor, finished);
            streamed(executor, finished);
            viewed(executor, finished);
            if (strategy().capabilities().contains(Capability.DELAYS)) {
                delayed(executor, finished);
            }
            executor.submit(new Echo(1)).join(); // A worker may remember the last one.
            assertForgotten(finished);
        }
    }

    @Test
    default void memory_whatIsCancelledInTheQueue_isForgottenBeforeItsTurn() throws InterruptedException {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> running = executor.submit(rendezvous.task("running"));
            Rendezvous.Visit visit = rendezvous.next();
            Map<String, WeakReference<?>> finished = new TreeMap<>();
            for (int i = 0; i < 10; i++) {
                cancelledInTheQueue(executor, finished, i);
            }
            assertForgotten(finished);
            visit.release();
            running.join();
        }
    }

    private static void cancelledInTheQueue(TaskExecutor executor, Map<String, WeakReference<?>> finished, int number) {
        TaskFuture<byte[]> waiting = executor.submit(some());
        waiting.cancel(number % 2 == 0);
        finished.put("task " + number, new WeakReference<>(waiting.task()));
        finished.put("future " + number, new WeakReference<>(waiting));
    }

    private static void assertForgotten(Map<String, WeakReference<?>> finished) {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        long deadline = System.nanoTime() + Pace.here().patience().toNanos();
        while (!finished.isEmpty() && System.nanoTime() - deadline < 0) {
            System.gc();
            finished.values().removeIf(one -> one.refersTo(null));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        Assumptions.assumeTrue(garbage.refersTo(null), "this JVM does not collect garbage when it is told to");
        assertThat(finished.keySet()).as("finished, and still kept").isEmpty();
    }

    // Each in a method of its own, after which nothing of it is on the stack.

    private static void succeeded(TaskExecutor executor, Map<String, WeakReference<?>> finished) {
        TaskFuture<byte[]> future =
                executor.submit(some(), TaskOptions.defaults().withTimeout(Duration.ofMinutes(1)));
        finished.put("the result", new WeakReference<>(future.join()));
        finished.put("the task that succeeded", new WeakReference<>(future.task()));
        finished.put("the future that has a result", new WeakReference<>(future));
    }

    private static void failed(TaskExecutor executor, Map<String, WeakReference<?>> finished) {
        TaskFuture<Integer> future = executor.submit(new FailingTask(FailingTask.How.CHECKED, "no"));
        finished.put("the failure", new WeakReference<>(P1Results.failureOf(future)));
        finished.put("the task that failed", new WeakReference<>(future.task()));
        finished.put("the future that has a failure", new WeakReference<>(future));
    }

    private static void cancelled(TaskExecutor executor, Map<String, WeakReference<?>> finished) {
        TaskFuture<Integer> running = executor.submit(new P6Closing.Endless());
        TaskFuture<byte[]> waiting = executor.submit(some());
        TaskFuture<Integer> betweenAttempts = executor.submit(
                new OptionsAndListeners.FailsUntil(5),
                TaskOptions.defaults()
                        .withRetry(Retry.upTo(2).withBackoff(OptionsAndListeners.LONG, OptionsAndListeners.LONG)));
        waiting.cancel(true);
        running.cancel(true);
        executor.submit(new Echo(2)).join();
        betweenAttempts.cancel(true);
        finished.put("the future that was cancelled at work", new WeakReference<>(running));
        finished.put("the task that was cancelled in the queue", new WeakReference<>(waiting.task()));
        finished.put("the future that was cancelled in the queue", new WeakReference<>(waiting));
        finished.put("the future that was cancelled between attempts", new WeakReference<>(betweenAttempts));
    }

    private static void delayed(TaskExecutor executor, Map<String, WeakReference<?>> finished) {
        TaskFuture<byte[]> future =
                executor.submit(some(), TaskOptions.defaults().withDelay(OptionsAndListeners.LONG));
        future.cancel(true);
        finished.put("the task that was cancelled before its time", new WeakReference<>(future.task()));
        finished.put("the future that was cancelled before its time", new WeakReference<>(future));
    }

    private static void streamed(TaskExecutor executor, Map<String, WeakReference<?>> finished) {
        Task<byte[]> mapped = some();
        finished.put(
                "the result of map",
                new WeakReference<>(executor.map(List.of(mapped)).toList().get(0)));
        finished.put("the task that was mapped", new WeakReference<>(mapped));
        Outcome<byte[]> outcome = executor.outcomes(List.of(some())).toList().get(0);
        finished.put("the outcome", new WeakReference<>(outcome));
        finished.put("the task with an outcome", new WeakReference<>(outcome.task()));
    }

    private static void viewed(TaskExecutor executor, Map<String, WeakReference<?>> finished)
            throws ExecutionException, InterruptedException {
        Callable<byte[]> task = some();
        Future<byte[]> future = executor.asExecutorService().submit(task);
        finished.put("the result of the view", new WeakReference<>(future.get()));
        finished.put("the task of the view", new WeakReference<>(task));
        finished.put("the future of the view", new WeakReference<>(future));
    }

    private static P2Values.EchoBytes some() {
        return new P2Values.EchoBytes(new byte[100]);
    }
}
