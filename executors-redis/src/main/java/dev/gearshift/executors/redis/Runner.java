package dev.gearshift.executors.redis;

import dev.gearshift.executors.TaskEvent;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskListener;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.local.LocalTaskExecutor;
import dev.gearshift.executors.local.Origin;
import dev.gearshift.executors.wire.Failure;
import dev.gearshift.executors.wire.WireLimits;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a worker does with a task that it was given: judges it, has it run, and reports how it ended. Thread-safe. */
final class Runner {
    private static final System.Logger LOG = System.getLogger(Runner.class.getName());

    /** A task that has run so long is worth telling that it does. */
    private static final Duration WORTH_TELLING = Duration.ofMillis(20);

    private static final int LONGEST_REASON = 2_000;

    private final String worker;
    private final RedisSettings settings;
    private final Signature signature;
    private final Map<String, Answer.Codec> codecs;
    private final Catalog catalog;
    private final TaskExecutor executor;

    /** Whether a task that crashes takes others with it. */
    private final boolean shared;

    private final Slots slots;
    private final Reports reports;
    private final ConcurrentMap<String, Assignment> assignments;
    private final Orders orders;
    private final Map<String, Tally> tallies = new HashMap<>();

    /** How many tasks of one queue it has finished. */
    private record Tally(LongAdder succeeded, LongAdder failed) {}

    Runner(
            String worker,
            RedisSettings settings,
            Map<String, Answer.Codec> codecs,
            Catalog catalog,
            TaskExecutor executor,
            boolean shared,
            Slots slots,
            Reports reports,
            ConcurrentMap<String, Assignment> assignments,
            Orders orders) {
        this.worker = worker;
        this.settings = settings;
        this.signature = settings.signature();
        this.codecs = codecs;
        this.catalog = catalog;
        this.executor = executor;
        this.shared = shared;
        this.slots = slots;
        this.reports = reports;
        this.assignments = assignments;
        this.orders = orders;
        codecs.keySet().forEach(queue -> tallies.put(queue, new Tally(new LongAdder(), new LongAdder())));
    }

    /** How many tasks of these queues it has finished well. */
    long succeeded(Collection<String> queues) {
        return queues.stream()
                .mapToLong(queue -> tally(queue).succeeded().sum())
                .sum();
    }

    /** How many tasks of these queues it has finished in another way. */
    long failed(Collection<String> queues) {
        return queues.stream().mapToLong(queue -> tally(queue).failed().sum()).sum();
    }

    @SuppressWarnings("NullAway") // there is one for each queue of the worker
    private Tally tally(String queue) {
        return tallies.get(queue);
    }

    private void countFailed(Assignment assignment) {
        tally(assignment.queue()).failed().increment();
    }

    /**
     * Has it run, in the place that was taken for it, which is free again when it has ended.
     *
     * @return false if it has to run alone, and is to {@link #beginAlone} later: its next worker that is lost would be its
     *     last, so what runs beside it must not be why
     */
    boolean begin(Assignment assignment) {
        assignments.put(Reports.key(assignment.queue(), assignment.entryId()), assignment);
        if (orders.isToBeStopped(assignment.id()) || orders.isToBeWithdrawn(assignment.id())) {
            assignment.stop(Assignment.Stop.CANCELLED);
        }
        return begin(assignment, false);
    }

    /** Does not run one that was not sent whole, as it is too large, or was sent too often without arriving. */
    void refuse(Assignment assignment, long bytes, long most, int times) {
        assignments.put(Reports.key(assignment.queue(), assignment.entryId()), assignment);
        if (bytes > most) {
            refuse(
                    assignment,
                    "Its " + bytes + " bytes are more than the " + settings.maxPayload()
                            + " that this worker takes (gearshift.redis.maxPayload).");
        } else {
            refuse(
                    assignment,
                    "It was sent to this worker " + times + " times and has not arrived: it has " + bytes
                            + " bytes, which may be more than the worker has memory for.");
        }
    }

    /** Has it run where all places were taken for it. */
    void beginAlone(Assignment assignment, int places) {
        assignment.takes(places);
        begin(assignment, true);
    }

    private boolean begin(Assignment assignment, boolean alone) {
        boolean runs = false;
        try {
            Entry entry = assignment.raw().read(assignment.queue(), signature, settings.maxPayload());
            check(entry);
            int losses = entry.losses() + assignment.deaths();
            int attempt = entry.failures() + losses + 1;
            int most = entry.terms().redeliveries();
            if (assignment.stopped() != null || assignment.isWithdrawn()) {
                ended(assignment, entry, attempt, null, null);
            } else if (losses > most) {
                lost(assignment, attempt - 1, losses, -1, null, "the last one did not renew its lease of the task");
            } else if (shared && !alone && losses > 0 && losses == most) {
                return false;
            } else {
                if (assignment.deaths() > 0) {
                    note(
                            assignment,
                            new Answer.Redelivered(
                                    entry.id(),
                                    worker,
                                    attempt - 1,
                                    "The worker that ran the task has not renewed its lease."));
                }
                run(assignment, entry, attempt);
                runs = true;
            }
        } catch (RejectedExecutionException e) {
            returned(assignment); // The worker ends.
        } catch (Entry.RefusedException | RuntimeException e) {
            refuse(assignment, String.valueOf(e.getMessage()));
        } catch (Error e) {
            // For want of memory or threads, say, which others may have. It counts, so that it does not go on for ever.
            returned(assignment, assignment.deaths() + 1);
            throw e;
        } finally {
            if (!runs) {
                slots.giveBack(assignment.places());
            }
        }
        return true;
    }

    /** Does not run one that was just delivered: it is for others. */
    void decline(Assignment assignment) {
        assignments.put(Reports.key(assignment.queue(), assignment.entryId()), assignment);
        returned(assignment);
    }

    /** It is for others, as if it had never been here. */
    void returned(Assignment assignment) {
        returned(assignment, assignment.deaths());
    }

    private void returned(Assignment assignment, int losses) {
        reports.returned(assignment, losses, encode(assignment, new Answer.Cancelled(assignment.id())));
    }

    private void check(Entry entry) throws Entry.RefusedException {
        if (catalog.find(entry.task()) == null) {
            throw new Entry.RefusedException("This worker knows no task \"" + entry.task() + "\"; it knows "
                    + (catalog.names().isEmpty() ? "none" : String.join(", ", catalog.names()))
                    + ". List it in a TaskCatalog on the worker's class path.");
        }
    }

    private void run(Assignment assignment, Entry entry, int attempt) {
        assignment.isAttempt(attempt);
        CatalogTask task = new CatalogTask(entry.task(), entry.payload(), settings.maxPayload());
        TaskOptions options = TaskOptions.defaults().withTimeout(entry.terms().timeout());
        TaskFuture<CatalogTask.Ran> future;
        if (executor instanceof LocalTaskExecutor local) {
            future = local.submit(
                    task, options, new Origin(entry.terms().number(), attempt, listener(assignment, entry, attempt)));
            assignment.runs(future);
            local.whenOver(future, () -> over(assignment, entry, attempt, future));
            if (assignment.isWithdrawn()) {
                withdraw(assignment); // It was asked for before there was a future.
            }
        } else {
            future = executor.submit(task, options);
            assignment.startedNow();
            assignment.runs(future);
            CompletableFuture<?> unused =
                    future.whenComplete((ran, failure) -> over(assignment, entry, attempt, future));
        }
    }

    /** Frees its place at once; what is to be said of it is made on the thread that says it. */
    private void over(Assignment assignment, Entry entry, int attempt, TaskFuture<CatalogTask.Ran> future) {
        long startedAt = assignment.startedAt();
        if (startedAt != 0) {
            slots.took(System.nanoTime() - startedAt);
        }
        slots.giveBack(assignment.places());
        reports.soon(() -> {
            // It is complete, or will be in an instant.
            CompletableFuture<?> unused = future.whenComplete((ran, failure) -> {
                try {
                    ended(assignment, entry, attempt, ran, failure);
                } catch (RuntimeException e) {
                    refuse(assignment, "What became of it cannot be told: " + e);
                } catch (Error e) {
                    returned(assignment, assignment.deaths() + 1); // First: there may be no memory for the rest.
                    LOG.log(Level.WARNING, "What became of task " + assignment.id() + " cannot be told", e);
                }
            });
        });
    }

    private TaskListener listener(Assignment assignment, Entry entry, int attempt) {
        return new TaskListener() {
            @Override
            public void started(TaskEvent event) {
                assignment.startedNow();
                if ((entry.terms().told() || assignment.isWithdrawn()) && assignment.tellsStart()) {
                    tellStart(assignment, attempt);
                }
            }

            @Override
            public void progressed(TaskEvent event, long done, long total) {
                if (entry.terms().told()) {
                    note(assignment, new Answer.Progressed(entry.id(), worker, attempt, done, total));
                }
            }
        };
    }

    private void tellStart(Assignment assignment, int attempt) {
        note(assignment, new Answer.Started(assignment.id(), worker, attempt));
    }

    /** What was taken ahead, and waits behind tasks that are not as short as others, is for others. */
    void handBack(Assignment assignment, Duration waiting) {
        if (executor instanceof LocalTaskExecutor local
                && assignment.hasWaited(waiting)
                && assignment.handBack(local::withdraw)) {
            slots.nothingAhead();
        }
    }

    /** Takes it back for good if it has not begun; either way its submitter, who waits for that, hears of it. */
    void withdraw(Assignment assignment) {
        Predicate<TaskFuture<?>> withdraw =
                future -> executor instanceof LocalTaskExecutor local && local.withdraw(future);
        if (!assignment.withdraw(withdraw) && assignment.startedAt() != 0) {
            tellStart(assignment, assignment.attempt());
        }
    }

    /** Tells the submitter of a task that runs, once it has run for a while. */
    void tellOf(Assignment assignment) {
        long startedAt = assignment.startedAt();
        if (startedAt == 0 || System.nanoTime() - startedAt < WORTH_TELLING.toNanos()) {
            return;
        }
        if (assignment.tellsStart()) {
            tellStart(assignment, assignment.attempt());
        }
    }

    // How it ended.

    private void ended(
            Assignment assignment,
            Entry entry,
            int attempt,
            CatalogTask.@Nullable Ran ran,
            @Nullable Throwable failure) {
        Assignment.Stop stop = assignment.stopped();
        if (ran instanceof CatalogTask.Returned done) {
            tally(assignment.queue()).succeeded().increment();
            finish(assignment, new Answer.Succeeded(entry.id(), worker, attempt, done.value()), "");
        } else if (failure instanceof CancellationException && stop == null && assignment.isWithdrawn()) {
            finish(assignment, new Answer.Cancelled(entry.id()), "");
        } else if (stop == Assignment.Stop.RETURNED
                || (failure instanceof CancellationException && assignment.isHandedBack())) {
            returned(assignment);
        } else if (stop == Assignment.Stop.LOST) {
            reports.forget(assignment); // Whoever has it now says how it ends.
        } else if (stop != null || (ran == null && failure == null)) {
            countFailed(assignment);
            finish(assignment, new Answer.Cancelled(entry.id()), "");
        } else if (ran instanceof CatalogTask.Unreadable wrong) {
            refuse(assignment, wrong.message());
        } else if (ran instanceof CatalogTask.Threw threw) {
            failed(assignment, entry, attempt, threw.failure(), threw.classes());
        } else if (failure instanceof TaskTimeoutException) {
            countFailed(assignment);
            Duration limit = Objects.requireNonNullElse(entry.terms().timeout(), Duration.ZERO);
            finish(assignment, new Answer.TimedOut(entry.id(), worker, attempt, limit), "");
        } else if (failure instanceof WorkerLostException lost) {
            workerLost(assignment, entry, attempt, lost);
        } else if (failure != null) {
            byte[] encoded = Failure.of(failure).encode(limits());
            failed(assignment, entry, attempt, encoded, CatalogTask.classes(failure));
        }
    }

    private WireLimits limits() {
        return WireLimits.DEFAULT.withMaxBytes(settings.maxPayload());
    }

    private void failed(Assignment assignment, Entry entry, int attempt, byte[] failure, List<String> classes) {
        countFailed(assignment);
        Terms terms = entry.terms();
        int failures = entry.failures() + 1;
        if (assignment.isWithdrawn()) {
            finish(assignment, new Answer.Cancelled(entry.id()), "");
        } else if (terms.again(failures, classes)) {
            Duration backoff = terms.backoff(failures);
            again(
                    assignment,
                    new Answer.Retrying(entry.id(), worker, attempt, failure, backoff),
                    1,
                    assignment.deaths(),
                    backoff);
        } else {
            finish(
                    assignment,
                    new Answer.Failed(entry.id(), worker, attempt, failure),
                    terms.attempts() > 1
                            ? "It has failed " + failures + " times, the last time with " + classes.get(0)
                            : "");
        }
    }

    /** A process of the worker's own was lost with the task. */
    private void workerLost(Assignment assignment, Entry entry, int attempt, WorkerLostException failure) {
        countFailed(assignment);
        int now = entry.losses() + assignment.deaths() + 1;
        if (assignment.isWithdrawn()) {
            finish(assignment, new Answer.Cancelled(entry.id()), "");
        } else if (now > entry.terms().redeliveries()) {
            lost(assignment, attempt, now, failure.pid(), failure.exitCode(), String.valueOf(failure.getMessage()));
        } else {
            again(
                    assignment,
                    new Answer.Redelivered(entry.id(), worker, attempt, String.valueOf(failure.getMessage())),
                    0,
                    assignment.deaths() + 1,
                    Duration.ZERO);
        }
    }

    private void lost(
            Assignment assignment, int attempt, int losses, long pid, @Nullable Integer exitCode, String how) {
        String message = "Task " + assignment.id() + " (" + assignment.raw().text("b") + ") has lost its worker "
                + (losses == 1 ? "once" : losses + " times") + ", and is not run again: " + how;
        finish(assignment, new Answer.Lost(assignment.id(), worker, attempt, pid, exitCode, message), message);
    }

    private void refuse(Assignment assignment, String why) {
        countFailed(assignment);
        String message = "Worker " + worker + " does not run task " + assignment.id() + ". "
                + (why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + " ..." : why);
        finish(assignment, new Answer.Refused(assignment.id(), worker, message), message);
    }

    private void finish(Assignment assignment, Answer.Final answer, String whyDead) {
        reports.finished(assignment, encode(assignment, answer), whyDead);
    }

    private void again(Assignment assignment, Answer note, int failures, int losses, Duration delay) {
        reports.again(
                assignment,
                encode(assignment, note),
                failures,
                losses,
                delay,
                encode(assignment, new Answer.Cancelled(assignment.id())));
    }

    private void note(Assignment assignment, Answer answer) {
        reports.note(assignment.queue(), assignment.raw().submitter(), encode(assignment, answer));
    }

    @SuppressWarnings("NullAway") // there is one for each queue of the worker
    private byte[] encode(Assignment assignment, Answer answer) {
        return codecs.get(assignment.queue()).encode(answer);
    }
}
