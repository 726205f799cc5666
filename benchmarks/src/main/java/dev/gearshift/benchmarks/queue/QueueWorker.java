package dev.gearshift.benchmarks.queue;

import dev.gearshift.executors.ConcurrencyStrategies;
import dev.gearshift.executors.redis.RedisSettings;
import dev.gearshift.executors.redis.RedisWorker;
import dev.gearshift.executors.redis.WorkerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A worker in a JVM of its own: {@code QueueWorker STRATEGY}. It works until it is sent a line, and begins anew at the
 * next one; each time it says so. It ends with its standard input.
 */
final class QueueWorker {
    private QueueWorker() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        do {
            try (RedisWorker worker = RedisWorker.start(WorkerSettings.of(
                    RedisSettings.defaults(),
                    ConcurrencyStrategies.choose(args[0]).strategy()))) {
                System.out.println(worker.name());
                in.readLine();
            }
            System.out.println("closed");
        } while (in.readLine() != null);
    }
}
