package dev.gearshift.cli;

import dev.gearshift.executors.redis.DeadTask;
import dev.gearshift.executors.redis.QueueStatus;
import dev.gearshift.executors.redis.RedisQueue;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.executors.redis.WorkerInfo;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue, for people and programs. */
final class RedisQueueView {
    private static final String ROW = "%-32s %8s %-10s %7s %7s %9s %7s  %s%n";

    private RedisQueueView() {}

    private static RedisSettings settings(@Nullable String queue) {
        RedisSettings settings = RedisSettings.defaults();
        return queue == null ? settings : settings.withQueue(queue);
    }

    private static RedisQueue open(RedisSettings settings) {
        try {
            return RedisQueue.open(settings);
        } catch (IllegalStateException e) {
            throw new WorkFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    static void show(@Nullable String name, boolean watch, boolean json, PrintWriter out) throws InterruptedException {
        RedisSettings settings = settings(name);
        try (RedisQueue queue = open(settings)) {
            QueueStatus before = null;
            CountDownLatch never = new CountDownLatch(1);
            do {
                QueueStatus now = asked(settings, queue::status);
                if (json) {
                    JsonOutput.print(out, now);
                } else {
                    print(settings, now, before, out);
                }
                before = now;
            } while (watch && !never.await(1, TimeUnit.SECONDS));
        }
    }

    /** What it cannot answer becomes a sentence; that of a refusal has no address. */
    private static <T> T asked(RedisSettings settings, Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            String text = String.valueOf(e.getMessage());
            throw new WorkFailedException(
                    text.startsWith("Redis at ") ? text : "Redis at " + settings.uri() + " refuses: " + text, e);
        }
    }

    private static void print(RedisSettings settings, QueueStatus now, @Nullable QueueStatus before, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s at %s: %d waiting, %d running, %d delayed or tried again later, %d dead%s%n",
                now.queue(),
                settings.uri(),
                now.waiting(),
                now.running(),
                now.delayed(),
                now.dead(),
                before == null
                        ? ""
                        : String.format(Locale.ROOT, ", %d finished in the last second", finished(before, now)));
        if (now.workers().isEmpty()) {
            out.println("No worker is alive: start one with gearshift worker"
                    + (now.queue().equals("default") ? "" : " " + now.queue()) + ".");
        } else {
            out.printf(ROW, "worker", "pid", "strategy", "at once", "running", "succeeded", "failed", "for");
            for (WorkerInfo worker : now.workers()) {
                out.printf(
                        ROW,
                        worker.name(),
                        worker.pid(),
                        worker.strategy(),
                        worker.parallelism(),
                        worker.running(),
                        worker.succeeded(),
                        worker.failed(),
                        forHowLong(worker.since()));
            }
        }
        out.flush();
    }

    /** By the workers that were there before. */
    private static long finished(QueueStatus before, QueueStatus now) {
        long sum = 0;
        for (WorkerInfo worker : now.workers()) {
            for (WorkerInfo earlier : before.workers()) {
                if (earlier.name().equals(worker.name())) {
                    sum += worker.succeeded() + worker.failed() - earlier.succeeded() - earlier.failed();
                }
            }
        }
        return sum;
    }

    private static String forHowLong(Instant since) {
        Duration age = Duration.between(since, Instant.now());
        return age.isNegative() ? "0 s" : age.toMinutes() < 2 ? age.toSeconds() + " s" : age.toMinutes() + " min";
    }

    static void listDead(@Nullable String name, boolean json, PrintWriter out) {
        RedisSettings settings = settings(name);
        try (RedisQueue queue = open(settings)) {
            List<DeadTask> dead = asked(settings, queue::dead);
            if (json) {
                JsonOutput.print(out, dead);
                return;
            }
            for (DeadTask task : dead) {
                out.printf(
                        "%s  %s  %s, %d bytes%n    %s%n",
                        task.entry(),
                        task.at().truncatedTo(ChronoUnit.SECONDS),
                        task.task().isEmpty() ? "(no task)" : task.task(),
                        task.bytes(),
                        task.why());
            }
            out.println(dead.size() == 1 ? "1 dead task." : dead.size() + " dead tasks.");
            out.flush();
        }
    }

    /** Does it to those, or to all; returns how many of those were not there. */
    private static int each(
            @Nullable String name,
            List<String> entries,
            boolean all,
            String done,
            BiPredicate<RedisQueue, String> what,
            PrintWriter out) {
        RedisSettings settings = settings(name);
        try (RedisQueue queue = open(settings)) {
            List<String> which = new ArrayList<>(entries);
            if (all) {
                asked(settings, queue::dead).forEach(task -> which.add(task.entry()));
            }
            int missing = 0;
            for (String entry : which) {
                if (!asked(settings, () -> what.test(queue, entry))) {
                    missing++;
                    out.println("There is no dead task " + entry + ".");
                }
            }
            out.println((which.size() - missing) + " " + done);
            out.flush();
            return missing;
        }
    }

    static int retry(@Nullable String name, List<String> entries, boolean all, PrintWriter out) {
        return each(name, entries, all, "wait again.", RedisQueue::retry, out);
    }

    static int drop(@Nullable String name, List<String> entries, boolean all, PrintWriter out) {
        return each(name, entries, all, "dropped.", RedisQueue::drop, out);
    }
}
