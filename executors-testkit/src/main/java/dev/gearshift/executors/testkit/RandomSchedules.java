package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.AsyncTask;
import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Several threads submit, cancel, complete and time out tasks, some of them asynchronous, at random moments, by a seed, and a ledger is kept: every
 * task ends once and as it should, nobody gets an interrupt that was meant for another, and the counts add up. Once with
 * a listener and timeouts; and once without, when a strategy need not hear of a start. Each repetition {@link
 * UnderLoad} has a seed of its own. {@code -Dgearshift.testkit.seeds=N} tries N seeds at a time: 1 to N first.
 */
interface RandomSchedules extends Subject {
    @Test
    default void p8_randomSchedules_keepTheLedger() throws Exception {
        int seeds = Integer.getInteger("gearshift.testkit.seeds", 1);
        int first = 1 + Pace.repetition() * seeds;
        for (int seed = first; seed < first + seeds; seed++) {
            new Schedule(seed, new Ledger()).run(this);
            new Schedule(seed, null).run(this);
        }
    }

    /** Takes its time, and then returns or fails. */
    sealed interface Work extends Task<Integer> {
        int micros();

        int value();

        boolean fails();
    }

    /** Does so without a thread, where the strategy can. */
    record Drift(int micros, int value, boolean fails) implements AsyncTask<Integer>, Work {
        @Override
        public CompletionStage<Integer> callAsync() {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS).execute(() -> end(stage));
            return stage;
        }

        private void end(CompletableFuture<Integer> stage) {
            if (fails) {
                stage.completeExceptionally(new FileNotFoundException("fails: " + value));
            } else {
                stage.complete(value);
            }
        }
    }

    /** Does so on a thread. */
    record Dawdle(int micros, int value, boolean fails) implements Work {
        @Override
        public Integer call() throws Exception {
            long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted: " + value);
                }
            }
            if (fails) {
                throw new FileNotFoundException("fails: " + value);
            }
            return value;
        }
    }

    /** What one submitter did with one task. */
    record Entry(Work task, TaskFuture<Integer> future, boolean left) {}

    /** One run by one seed. */
    final class Schedule {
        private static final int SUBMITTERS = 3;
        private static final int TASKS = 150;

        private final int seed;
        private final @Nullable Ledger ledger;

        Schedule(int seed, @Nullable Ledger ledger) {
            this.seed = seed;
            this.ledger = ledger;
        }

        void run(Subject subject) throws Exception {
            List<List<Entry>> entries = new ArrayList<>();
            List<Thread> submitters = new ArrayList<>();
            StrategySettings settings = subject.settings();
            TaskExecutor executor = subject.open(ledger == null ? settings : settings.withListener(ledger));
            try (executor) {
                for (int i = 0; i < SUBMITTERS; i++) {
                    List<Entry> mine = new ArrayList<>();
                    Random random = new Random(seed * 1_000L + i);
                    entries.add(mine);
                    submitters.add(new Thread(() -> submit(executor, random, mine), "submitter-" + i));
                }
                submitters.forEach(Thread::start);
                for (Thread submitter : submitters) {
                    submitter.join();
                }
            }
            for (List<Entry> mine : entries) {
                for (Entry entry : mine) {
                    check(entry);
                }
            }
            check(executor.snapshot());
            if (ledger != null) {
                ledger.check(SUBMITTERS * TASKS, "seed " + seed);
            }
        }

        private void check(ExecutorSnapshot after) {
            assertThat(after.queued() + after.running()).as("seed %d", seed).isZero();
            assertThat(after.succeeded() + after.failed() + after.cancelled())
                    .as("seed %d", seed)
                    .isEqualTo(SUBMITTERS * TASKS);
        }

        private void submit(TaskExecutor executor, Random random, List<Entry> mine) {
            for (int i = 0; i < TASKS; i++) {
                int micros = random.nextInt(random.nextInt(20) == 0 ? 4_000 : 300);
                boolean fails = random.nextInt(5) == 0;
                Work task = random.nextInt(3) == 0 ? new Drift(micros, i, fails) : new Dawdle(micros, i, fails);
                TaskOptions options = TaskOptions.defaults();
                boolean limited = random.nextInt(6) == 0 && ledger != null;
                if (limited) {
                    options = options.withTimeout(Duration.ofNanos(1 + random.nextInt(400_000)));
                }
                if (random.nextInt(4) == 0) {
                    options = options.withRetry(Retry.upTo(2)
                            .on(FileNotFoundException.class)
                            .withBackoff(Duration.ZERO, Duration.ofNanos(random.nextInt(200_000))));
                }
                TaskFuture<Integer> future = executor.submit(task, options);
                LockSupport.parkNanos(random.nextInt(60_000));
                mine.add(new Entry(task, future, !limited && !disturb(future, random)));
            }
        }

        /** Perhaps does something to a future; whether it did. */
        private static boolean disturb(TaskFuture<Integer> future, Random random) {
            switch (random.nextInt(10)) {
                case 0 -> future.cancel(true);
                case 1 -> future.cancel(false);
                case 2 -> future.complete(-1);
                case 3 -> future.completeExceptionally(new IllegalStateException("from outside"));
                case 4 -> {
                    return future.orTimeout(random.nextInt(300), TimeUnit.MICROSECONDS) == future;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void check(Entry entry) throws InterruptedException {
            assertThat(entry.future()).as("seed %d, %s", seed, entry.task()).isDone();
            Object outcome = outcome(entry.future());
            if (entry.left() && entry.task().fails()) {
                assertThat(outcome)
                        .as("seed %d, %s", seed, entry.task())
                        .isInstanceOfSatisfying(
                                FileNotFoundException.class,
                                failure -> assertThat(failure)
                                        .hasMessage("fails: " + entry.task().value()));
            } else if (entry.left()) {
                assertThat(outcome)
                        .as("seed %d, %s", seed, entry.task())
                        .isEqualTo(entry.task().value());
            } else {
                if (ledger != null) {
                    assertThat(ledger.endOf(entry.future()))
                            .as("seed %d, %s: %s", seed, entry.task(), outcome)
                            .isEqualTo(endOf(outcome, entry.task()));
                }
                assertThat(outcome)
                        .as("seed %d, %s", seed, entry.task())
                        .isInstanceOfAny(
                                Integer.class,
                                FileNotFoundException.class,
                                CancellationException.class,
                                IllegalStateException.class,
                                TimeoutException.class,
                                TaskTimeoutException.class);
            }
        }

        private static TaskEvent.End endOf(Object outcome, Work task) {
            if (outcome.equals(task.value())) {
                return TaskEvent.End.SUCCEEDED;
            }
            if (outcome instanceof FileNotFoundException) {
                return TaskEvent.End.FAILED;
            }
            return outcome instanceof TaskTimeoutException ? TaskEvent.End.TIMED_OUT : TaskEvent.End.CANCELLED;
        }

        private static Object outcome(TaskFuture<Integer> future) throws InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            } catch (CancellationException e) {
                return e;
            }
        }
    }

    /** Who was submitted, started and finished, and how often. */
    final class Ledger implements TaskListener {
        private final Map<Long, List<TaskEvent.End>> finished = new ConcurrentHashMap<>();
        private final AtomicInteger submitted = new AtomicInteger();
        private final Map<String, String> faults = new ConcurrentHashMap<>();

        @Override
        public void submitted(TaskEvent event) {
            submitted.incrementAndGet();
            finished.put(event.id(), new CopyOnWriteArrayList<>());
        }

        @Override
        public void started(TaskEvent event) {
            if (event.attempt() < 1 || event.attempt() > 2) {
                faults.put("attempt " + event.attempt() + " started", event.toString());
            }
        }

        @Override
        public void finished(TaskEvent event, TaskEvent.End end, @Nullable Throwable failure) {
            Objects.requireNonNull(finished.get(event.id())).add(end);
        }

        /** How a task ended, as the listeners were told. */
        TaskEvent.End endOf(TaskFuture<?> future) {
            return Objects.requireNonNull(finished.get(future.id())).get(0);
        }

        void check(int tasks, String seed) {
            assertThat(faults).as(seed).isEmpty();
            assertThat(submitted).as(seed).hasValue(tasks);
            assertThat(finished.values()).as(seed).allMatch(ends -> ends.size() == 1);
        }
    }
}
