package dev.gearshift.cli;

import dev.gearshift.executors.redis.PrivateRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the strategy {@code redis} needs to be compared where nothing is installed: a redis-server of this program's own, and
 * two workers in JVMs of their own. All of it ends with this program, however that ends.
 */
final class ComparedRedis implements AutoCloseable {
    private static final String SETTING = "gearshift.redis.uri";
    private static final int WORKERS = 2;
    private static final int TASKS_PER_WORKER = 4;
    private static final long PATIENCE_SECONDS = 10;

    private final PrivateRedis server;
    private final List<Process> workers = new ArrayList<>();

    private ComparedRedis(PrivateRedis server) {
        this.server = server;
    }

    /**
     * Starts it; strategies that are looked for from now on use it.
     *
     * @throws IllegalStateException if something of it cannot be started; the message says what
     */
    static ComparedRedis start() {
        ComparedRedis started = new ComparedRedis(server());
        try {
            for (int i = 0; i < WORKERS; i++) {
                started.workers.add(started.worker());
            }
            for (Process worker : started.workers) {
                awaitReady(worker);
            }
            System.setProperty(SETTING, started.server.uri());
            return started;
        } catch (IOException e) {
            started.close();
            throw notStarted(e);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static PrivateRedis server() {
        try {
            return PrivateRedis.start();
        } catch (UncheckedIOException e) {
            throw notStarted(Objects.requireNonNull(e.getCause()));
        }
    }

    private static IllegalStateException notStarted(Throwable e) {
        return new IllegalStateException(
                "a server or a worker of its own cannot be started (" + e.getMessage()
                        + "): name a redis-server in REDIS_SERVER_BIN, and see to it that programs may be run from"
                        + " java.io.tmpdir.",
                e);
    }

    private Process worker() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "worker",
                "--strategy",
                "threads",
                "--parallelism",
                String.valueOf(TASKS_PER_WORKER),
                "--until-input-ends");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        // Not on the command line, which everybody can read.
        builder.environment().put("GEARSHIFT_REDIS_URI", server.uri());
        return builder.start();
    }

    private static void awaitReady(Process worker) throws IOException {
        BufferedReader out = worker.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Tasks ")) {
                return;
            }
        }
        throw new IllegalStateException("A worker does not start.");
    }

    @Override
    public void close() {
        System.clearProperty(SETTING);
        for (Process worker : workers) {
            try {
                worker.getOutputStream().close(); // It ends with its input.
            } catch (IOException e) {
                worker.destroy();
            }
        }
        workers.forEach(ComparedRedis::awaitEnd);
        server.close();
    }

    private static void awaitEnd(Process worker) {
        try {
            if (worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.destroyForcibly();
    }
}
