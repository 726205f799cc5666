package dev.gearshift.executors.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A worker in a JVM of its own. */
final class WorkerProcess implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final String name;

    private WorkerProcess(Process process, BufferedReader out, String name) {
        this.process = process;
        this.out = out;
        this.name = name;
    }

    /** Starts one, and returns when it takes tasks. */
    static WorkerProcess start(List<String> settings, String strategy, int parallelism, String... queues) {
        List<String> args = new ArrayList<>(List.of(strategy, String.valueOf(parallelism)));
        args.addAll(List.of(queues));
        Process process = Programs.start(settings, WorkerProgram.class, args.toArray(String[]::new));
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String name = out.readLine();
            if (name == null) {
                throw new IllegalStateException("The worker ended with " + process.waitFor());
            }
            return new WorkerProcess(process, out, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String signal) {
        signal(signal, this);
    }

    /** Sends it to all of them in the same moment. */
    static void signal(String signal, WorkerProcess... workers) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        for (WorkerProcess worker : workers) {
            command.add(String.valueOf(worker.pid()));
        }
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Has it finish what it runs, and waits. */
    void stop() {
        endInput();
        awaitEnd();
    }

    /** Has it finish what it runs, as SIGTERM does in the command; returns when it has heard that. */
    void beginToStop() {
        endInput();
        Awaitility.await().until(out::ready);
    }

    private void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("Worker " + name + " does not end.");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
