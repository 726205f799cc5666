package dev.gearshift.cli;

import dev.gearshift.executors.TaskExecutor;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM: the tasks that run are cancelled and clean up after themselves, the command says how far it came,
 * and then the program ends. The JVM ends as soon as its shutdown hooks have; so the hook waits for the command's last
 * word.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean happened;
    private @Nullable Thread hook;
    private @Nullable TaskExecutor running;

    /** From now on a signal ends what this thread does, until it is closed. */
    void arm() {
        Thread command = Thread.currentThread();
        Thread armed = new Thread(() -> end(command), "gearshift-interruption");
        hook = armed;
        Runtime.getRuntime().addShutdownHook(armed);
    }

    private void end(Thread command) {
        TaskExecutor executor;
        synchronized (this) {
            happened = true;
            executor = running;
        }
        if (executor == null) {
            command.interrupt();
        } else {
            executor.shutdownNow();
        }
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While tasks run, a signal cancels them instead of interrupting the command, so that it can count them. */
    Watch watch(TaskExecutor executor) {
        synchronized (this) {
            running = executor;
        }
        if (happened) {
            executor.shutdownNow();
        }
        return () -> {
            synchronized (this) {
                running = null;
            }
        };
    }

    /** Tasks under way, until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * For work that would go on with the next call after one that was interrupted.
     *
     * @throws CancellationException if this thread was interrupted, and still is
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Interrupted.");
        }
    }

    /** Whether the program is being ended. */
    boolean happened() {
        return happened;
    }

    /** The command has said what it had to say. */
    @Override
    public void close() {
        finished.countDown();
        if (hook != null && !happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                happened = true; // It began just now.
            }
        }
    }
}
