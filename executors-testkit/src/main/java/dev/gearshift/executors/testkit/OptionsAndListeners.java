package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.MissingCapabilityException;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The options of a task, what it can ask of its context, and what listeners hear. */
interface OptionsAndListeners extends Subject {
    /** A backoff that no test waits for. */
    Duration LONG = Duration.ofMinutes(59);

    @Test
    default void options_thatTheStrategyLacks_areRefusedByName() {
        Set<Capability> absent = EnumSet.allOf(Capability.class);
        absent.removeAll(strategy().capabilities());
        for (Capability capability : absent) {
            assertThatThrownBy(() -> open(settings().requiring(capability)))
                    .isInstanceOf(MissingCapabilityException.class)
                    .hasMessageContaining(capability.name());
        }
        try (TaskExecutor executor = open()) {
            refused(executor, Capability.DELAYS, TaskOptions.defaults().withDelay(Duration.ofMillis(1)));
            refused(executor, Capability.PRIORITIES, TaskOptions.defaults().withPriority(1));
            refused(executor, Capability.QUEUES, TaskOptions.defaults().withQueue("other"));
        }
    }

    private void refused(TaskExecutor executor, Capability capability, TaskOptions options) {
        if (!strategy().capabilities().contains(capability)) {
            assertThatThrownBy(() -> executor.submit(new Echo(1), options))
                    .isInstanceOf(MissingCapabilityException.class)
                    .hasMessageContaining(capability.name());
        }
    }

    @Test
    default void options_retry_triesAgainAndCountsTheAttempts() {
        try (TaskExecutor executor = open()) {
            Retry retry = Retry.upTo(3).withBackoff(Duration.ofMillis(1), Duration.ofMillis(5));
            assertThat(executor.submit(new FailsUntil(3), TaskOptions.defaults().withRetry(retry))
                            .join())
                    .isEqualTo(3);
            assertThat(P1Results.failureOf(executor.submit(
                            new FailsUntil(4), TaskOptions.defaults().withRetry(retry))))
                    .hasMessage("attempt 3");
        }
    }

    @Test
    default void options_retry_onlyOnWhatItNames() {
        try (TaskExecutor executor = open()) {
            Retry retry = Retry.upTo(3).on(IllegalStateException.class);
            assertThat(P1Results.failureOf(executor.submit(
                            new FailsUntil(2), TaskOptions.defaults().withRetry(retry))))
                    .isExactlyInstanceOf(FileNotFoundException.class)
                    .hasMessage("attempt 1");
        }
    }

    @Test
    default void options_retry_cancelledBetweenAttempts_neverRunsAgain() {
        Journal journal = new Journal();
        try (TaskExecutor executor = open(settings().withParallelism(1).withListener(journal))) {
            Retry retry = Retry.upTo(2).withBackoff(Duration.ofHours(1), Duration.ofHours(1));
            TaskFuture<Integer> future =
                    executor.submit(new FailsUntil(6), TaskOptions.defaults().withRetry(retry));
            executor.submit(new Echo(1)).join();
            assertThat(future).isNotDone();
            assertThat(future.cancel(true)).isTrue();
        } // close() would wait for an hour
        assertThat(journal.lines).doesNotContain("started 2");
    }

    @Test
    default void options_retry_waitsBetweenAttempts() throws InterruptedException {
        Retries retries = new Retries();
        try (TaskExecutor executor = open(settings().withListener(retries))) {
            Retry late = Retry.upTo(2).withBackoff(LONG, LONG);
            TaskFuture<Integer> waiting =
                    executor.submit(new FailsUntil(2), TaskOptions.defaults().withRetry(late));
            retries.first.await();
            assertThatThrownBy(() -> waiting.get(Pace.here().momentMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            waiting.cancel(true);

            Duration backoff = Pace.here().moment();
            Retry retry = Retry.upTo(2).withBackoff(backoff, backoff);
            long submitted = System.nanoTime();
            assertThat(executor.submit(new FailsUntil(2), TaskOptions.defaults().withRetry(retry))
                            .join())
                    .isEqualTo(2);
            assertThat(Duration.ofNanos(System.nanoTime() - submitted))
                    .isGreaterThanOrEqualTo(backoff.dividedBy(2)); // half of it is random
        }
    }

    @Test
    default void options_retry_neverAfterATimeout() {
        try (TaskExecutor executor = open();
                Rendezvous rendezvous = new Rendezvous()) {
            Rendezvous.Limited<String> slow = rendezvous.limited(
                    "slow",
                    executor,
                    TaskOptions.defaults()
                            .withTimeout(P5Timeouts.shortly())
                            .withRetry(Retry.upTo(2).withBackoff(Duration.ZERO, Duration.ZERO)),
                    WaitingTask::new);
            slow.visit().awaitGone();
            assertThat(P1Results.failureOf(slow.future())).isExactlyInstanceOf(TaskTimeoutException.class);
            assertThat(rendezvous.somebodyWaits()).isFalse();
        }
    }

    @Test
    default void options_delay_cancelled_neverStarts() {
        needs(Capability.DELAYS);
        try (Rendezvous rendezvous = new Rendezvous()) {
            try (TaskExecutor executor = openOne()) {
                TaskFuture<String> delayed = executor.submit(
                        rendezvous.task("delayed"), TaskOptions.defaults().withDelay(Duration.ofHours(1)));
                assertThat(delayed.cancel(true)).isTrue();
            } // close() would wait for an hour
            assertThat(rendezvous.somebodyWaits()).isFalse();
        }
    }

    @Test
    default void options_delay_startsLater() {
        needs(Capability.DELAYS);
        try (TaskExecutor executor = openOne()) {
            long submitted = System.nanoTime();
            TaskFuture<Integer> delayed =
                    executor.submit(new Echo(1), TaskOptions.defaults().withDelay(Duration.ofMillis(80)));
            assertThat(executor.submit(new Echo(2)).join()).isEqualTo(2);
            assertThat(delayed.join()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - submitted)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        }
    }

    @Test
    default void context_tellsIdAttemptAndWorker() {
        try (TaskExecutor executor = open()) {
            TaskFuture<Seen> first = executor.submit(new AsksContext());
            TaskFuture<Seen> second = executor.submit(new AsksContext());
            assertThat(first.join().id()).isEqualTo(first.id()).isPositive();
            assertThat(second.join().id()).isEqualTo(second.id()).isGreaterThan(first.id());
            assertThat(first.join().attempt()).isEqualTo(1);
            assertThat(first.join().worker()).isNotBlank();
            assertThat(first.join().cancelled()).isFalse();
        }
    }

    @Test
    default void context_outsideATask_isAnError() {
        assertThatThrownBy(TaskContext::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No task is running on thread");
    }

    @Test
    default void context_resource_isOnePerWorker() {
        needsNo(Capability.DISTRIBUTED, "which worker takes a task is not for this JVM to say");
        needsWorkersThatStay();
        try (TaskExecutor executor = openOne()) {
            Made first = executor.submit(new UsesResource()).join();
            Made second = executor.submit(new UsesResource()).join();
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    default void context_resource_isOneForAllThreadsOfAWorker() {
        needs(Capability.RUNS_LAMBDAS);
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Made> one = executor.submit(new UsesResourceWhenReleased(rendezvous.port(), "one"));
            TaskFuture<Made> other = executor.submit(new UsesResourceWhenReleased(rendezvous.port(), "other"));
            List<Rendezvous.Visit> both = List.of(rendezvous.next(), rendezvous.next());
            both.forEach(Rendezvous.Visit::release);
            assertThat(one.join()).isEqualTo(other.join());
        }
    }

    @Test
    default void context_resource_isAnotherInEachExecutor() {
        needsNo(Capability.DISTRIBUTED, "workers may serve many executors");
        needsWorkersThatStay();
        try (TaskExecutor executor = openOne();
                TaskExecutor other = openOne()) {
            Made one = executor.submit(new UsesResource()).join();
            assertThat(other.submit(new UsesResource()).join()).isNotEqualTo(one);
            assertThat(executor.submit(new UsesResource()).join()).isEqualTo(one);
        }
    }

    @Test
    default void context_resource_isClosedWithTheExecutor() {
        needs(Capability.RUNS_LAMBDAS);
        List<String> closed = new CopyOnWriteArrayList<>();
        try (TaskExecutor executor = open()) {
            executor.submit(() -> TaskContext.current().resource(Closing.class, () -> new Closing(closed)))
                    .join();
            assertThat(closed).isEmpty();
        }
        assertThat(closed).containsExactly("closed");
    }

    @Test
    default void context_resourceThatFailsToClose_stopsNoClosing() {
        try (TaskExecutor executor = open()) {
            assertThat(executor.submit(new UsesFailingResource()).join()).isEqualTo(1);
        } // close() would wait for ever
    }

    @Test
    default void context_resource_afterClosing_isRefused() {
        needs(Capability.RUNS_LAMBDAS);
        List<String> closed = new CopyOnWriteArrayList<>();
        TaskContext context;
        try (TaskExecutor executor = open()) {
            context = executor.submit(TaskContext::current).join();
        }
        assertThatThrownBy(() -> context.resource(Closing.class, () -> new Closing(closed)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void listener_hearsTheWholeLifeInOrder() {
        Journal journal = new Journal();
        try (TaskExecutor executor = open(settings().withListener(journal))) {
            Retry retry = Retry.upTo(2).withBackoff(Duration.ofMillis(1), Duration.ofMillis(1));
            TaskFuture<Integer> future =
                    executor.submit(new FailsUntil(2), TaskOptions.defaults().withRetry(retry));
            assertThat(future.join()).isEqualTo(2);
            assertThat(journal.lines)
                    .containsExactly(
                            "submitted 0",
                            "started 1",
                            "retrying 1 attempt 1",
                            "started 2",
                            "finished 2 SUCCEEDED null");
        }
    }

    @Test
    default void listener_hearsHowEachTaskEnded() {
        try (Rendezvous rendezvous = new Rendezvous()) {
            Journal journal = new Journal();
            try (TaskExecutor executor = open(settings().withParallelism(1).withListener(journal))) {
                P1Results.failureOf(executor.submit(new FailingTask(FailingTask.How.CHECKED, "no")));
                P1Results.failureOf(executor.submit(
                        rendezvous.task("slow"), TaskOptions.defaults().withTimeout(P5Timeouts.shortly())));
                TaskFuture<String> running = executor.submit(rendezvous.task("cancelled"));
                rendezvous.next("cancelled");
                executor.submit(new Echo(1)).cancel(true);
                running.cancel(true);
            }
            assertThat(journal.lines.stream().filter(line -> line.startsWith("finished")))
                    .containsExactly(
                            "finished 1 FAILED no",
                            "finished 1 TIMED_OUT timeout",
                            "finished 0 CANCELLED null",
                            "finished 1 CANCELLED null");
        }
    }

    @Test
    default void listener_hearsProgress() {
        Journal journal = new Journal();
        try (TaskExecutor executor = open(settings().withListener(journal))) {
            executor.submit(new TellsProgress(3)).join();
        }
        assertThat(journal.lines.stream().filter(line -> line.startsWith("progressed")))
                .containsExactly("progressed 1/3", "progressed 2/3", "progressed 3/3");
    }

    @Test
    default void listener_thatThrows_harmsNoTask() {
        TaskListener broken = new TaskListener() {
            @Override
            public void submitted(TaskEvent event) {
                throw new IllegalStateException("submitted");
            }

            @Override
            public void started(TaskEvent event) {
                throw new UnknownError("started");
            }

            @Override
            public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
                OptionsAndListeners.<RuntimeException>sneak(new IOException("finished"));
            }
        };
        try (TaskExecutor executor = open(settings().withListener(broken))) {
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void snapshot_countsWhatHappened() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            executor.submit(new Echo(1)).join();
            P1Results.failureOf(executor.submit(new FailingTask(FailingTask.How.CHECKED, "no")));
            executor.submit(rendezvous.task("running"));
            Rendezvous.Visit running = rendezvous.next();
            executor.submit(new Echo(2)).cancel(true);
            executor.submit(new Echo(3));
            ExecutorSnapshot now = afterItHeardOf(running, executor);
            assertThat(now.strategy()).isEqualTo(strategy().id());
            assertThat(now.state()).isEqualTo(ExecutorSnapshot.State.OPEN);
            assertThat(now.parallelism()).isEqualTo(1);
            assertThat(now.queued()).isEqualTo(1);
            assertThat(now.running()).isEqualTo(1);
            assertThat(now.succeeded()).isEqualTo(1);
            assertThat(now.failed()).isEqualTo(1);
            assertThat(now.cancelled()).isEqualTo(1);
            running.release();
        }
    }

    /** The word of a start elsewhere takes its time. */
    private static ExecutorSnapshot afterItHeardOf(Rendezvous.Visit running, TaskExecutor executor) {
        ExecutorSnapshot now = executor.snapshot();
        while (now.running() == 0 && running.stays()) {
            now = executor.snapshot();
        }
        return now;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // to throw what nobody declared
    private static <E extends Exception> void sneak(Exception failure) throws E {
        throw (E) failure;
    }

    /** Fails until that attempt. */
    record FailsUntil(int attempt) implements Task<Integer> {
        @Override
        public Integer call() throws IOException {
            int now = TaskContext.current().attempt();
            if (now < attempt) {
                throw new FileNotFoundException("attempt " + now);
            }
            return now;
        }
    }

    record Seen(long id, int attempt, String worker, boolean cancelled) {}

    record AsksContext() implements Task<Seen> {
        @Override
        public Seen call() {
            TaskContext context = TaskContext.current();
            return new Seen(context.id(), context.attempt(), context.worker(), context.isCancelled());
        }
    }

    record TellsProgress(int steps) implements Task<Integer> {
        @Override
        public Integer call() {
            for (int step = 1; step <= steps; step++) {
                TaskContext.current().progress(step, steps);
            }
            return steps;
        }
    }

    /** A resource: the process that made it, and which of those it is. */
    record Made(long process, int number) {}

    record UsesResource() implements Task<Made> {
        @Override
        public Made call() {
            return new Made(ProcessHandle.current().pid(), TaskContext.current().resource(Numbered.class).number);
        }
    }

    record UsesResourceWhenReleased(int port, String name) implements Task<Made> {
        @Override
        public Made call() throws IOException {
            String unused = new WaitingTask(port, name).call();
            return new UsesResource().call();
        }
    }

    record UsesFailingResource() implements Task<Integer> {
        @Override
        public Integer call() {
            TaskContext.current().resource(FailsToClose.class);
            return 1;
        }
    }

    /** Cannot be closed. */
    final class FailsToClose implements AutoCloseable {
        /** For the executor. */
        public FailsToClose() {}

        @Override
        public void close() {
            throw new UnknownError("cannot close");
        }
    }

    /** Each one has a number of its own in its JVM. */
    final class Numbered {
        private static final AtomicInteger MADE = new AtomicInteger();

        final int number = MADE.incrementAndGet();

        /** For the executor. */
        public Numbered() {}
    }

    record Closing(List<String> journal) implements AutoCloseable {
        @Override
        public void close() {
            journal.add("closed");
        }
    }

    /** Hears that a task is to be tried again. */
    final class Retries implements TaskListener {
        final CountDownLatch first = new CountDownLatch(1);

        @Override
        public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {
            first.countDown();
        }
    }

    /** Writes down what it hears. */
    final class Journal implements TaskListener {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void submitted(TaskEvent event) {
            lines.add("submitted " + event.attempt());
        }

        @Override
        public void started(TaskEvent event) {
            lines.add("started " + event.attempt());
        }

        @Override
        public void progressed(TaskEvent event, long done, long total) {
            lines.add("progressed " + done + "/" + total);
        }

        @Override
        public void retrying(TaskEvent event, Throwable failure, long backoffNanos) {
            lines.add("retrying " + event.attempt() + " " + failure.getMessage());
        }

        @Override
        public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
            String what = failure == null
                    ? "null"
                    : end == TaskEvent.End.TIMED_OUT ? "timeout" : String.valueOf(failure.getMessage());
            lines.add("finished " + event.attempt() + " " + end + " " + what);
        }
    }
}
