package dev.gearshift.cli;

import dev.gearshift.executors.TaskExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM while tasks run: the tasks are cancelled and clean up after themselves, the command says how far
 * it came, and then the program ends.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean happened;

    Interruption(TaskExecutor executor) {
        hook = new Thread(
                () -> {
                    happened = true;
                    executor.shutdownNow();
                    try {
                        finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "gearshift-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the program is being ended. */
    boolean happened() {
        return happened;
    }

    /** The command has said what it had to say. */
    @Override
    public void close() {
        finished.countDown();
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                happened = true; // It began just now.
            }
        }
    }
}
