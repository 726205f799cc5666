package dev.gearshift.benchmarks.queue;

import dev.gearshift.benchmarks.comparison.JavaCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link QueueWorker}, from outside. */
final class WorkerProcess implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;

    private final Process process;
    private final BlockingQueue<Long> words = new LinkedBlockingQueue<>();

    private WorkerProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "worker-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Launches one.
     *
     * @param parallelism how many tasks it runs at once; 0 for its default
     */
    static WorkerProcess launch(String strategy, int parallelism) throws IOException {
        List<String> flags = new ArrayList<>();
        flags.add("-Dgearshift.processes.classCache=off"); // Nothing is made for later starts while this measures.
        if (parallelism > 0) {
            flags.add("-Dgearshift.parallelism=" + parallelism);
        }
        return new WorkerProcess(new ProcessBuilder(JavaCommand.of(QueueWorker.class, flags, List.of(strategy)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void read() {
        process.inputReader().lines().forEach(word -> words.add(System.nanoTime()));
    }

    /**
     * Waits until it works, or has closed.
     *
     * @return when it said so, as {@link System#nanoTime} reads
     */
    long awaitWord() throws IOException, InterruptedException {
        Long at = words.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (at == null) {
            throw new IOException("A worker says nothing.");
        }
        return at;
    }

    /** Has it stop, or begin anew. */
    void send() throws IOException {
        process.outputWriter().write("\n");
        process.outputWriter().flush();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("A worker does not end.");
        }
    }
}
