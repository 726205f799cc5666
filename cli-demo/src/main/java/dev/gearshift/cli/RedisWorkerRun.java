package dev.gearshift.cli;

import dev.gearshift.executors.StrategyChoice;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.executors.redis.RedisWorker;
import dev.gearshift.executors.redis.WorkerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One worker, from its first word to its last. */
final class RedisWorkerRun {
    private RedisWorkerRun() {}

    /**
     * Runs it until a signal ends it.
     *
     * @param input whose end ends it too, or null
     */
    static void run(
            StrategyChoice choice,
            StrategySettings settings,
            List<String> queues,
            @Nullable InputStream input,
            PrintWriter out,
            PrintWriter err) {
        RedisSettings redis = RedisSettings.defaults();
        WorkerSettings worker = new WorkerSettings(
                redis,
                queues.isEmpty() ? List.of(redis.queue()) : queues,
                choice.strategy(),
                settings.parallelism().orElse(Runtime.getRuntime().availableProcessors()),
                settings);
        RedisWorker running;
        try {
            running = RedisWorker.start(worker);
        } catch (IllegalStateException e) {
            throw new WorkFailedException(String.valueOf(e.getMessage()), e);
        }
        CountDownLatch ends = new CountDownLatch(1);
        AtomicInteger signals = new AtomicInteger();
        Signals.handle(() -> {
            if (signals.incrementAndGet() == 1) {
                err.println("Finishing what runs; the same again stops it at once.");
                err.flush();
                ends.countDown();
            } else {
                running.stopNow();
            }
        });
        out.println("Worker   " + running.name());
        out.println("Redis    " + redis.uri() + ", " + String.join(", ", worker.queues()));
        out.println("Strategy " + StrategyOptions.describe(choice) + ", " + worker.parallelism() + " at once");
        out.println("Tasks    " + String.join(", ", running.tasks()));
        out.flush();
        try (running) {
            if (input != null) {
                watch(input, ends);
            }
            ends.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closing stops what runs.
        }
        err.println("Ended.");
        err.flush();
    }

    private static void watch(InputStream input, CountDownLatch ends) {
        Thread watching = new Thread(
                () -> {
                    try {
                        input.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        ends.countDown(); // It has ended, too.
                        return;
                    }
                    ends.countDown();
                },
                "gearshift-input");
        watching.setDaemon(true);
        watching.start();
    }
}
