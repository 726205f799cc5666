package dev.gearshift.executors.testkit;

import dev.gearshift.executors.TaskExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Cleans up after a liar that was caught. */
final class Leftovers implements AfterEachCallback {
    private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

    /** Ends it when its liar is done. */
    static TaskExecutor keep(TaskExecutor executor) {
        keep(() -> {
            executor.shutdownNow();
            executor.close(Duration.ofMillis(200));
        });
        return executor;
    }

    static void keep(AutoCloseable closeable) {
        LEFT.add(closeable);
    }

    /** Not after a test that passes so far: what is left is what the next extension looks for. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            clear();
        }
    }

    static void clear() throws Exception {
        for (AutoCloseable next = LEFT.poll(); next != null; next = LEFT.poll()) {
            next.close();
        }
    }
}
