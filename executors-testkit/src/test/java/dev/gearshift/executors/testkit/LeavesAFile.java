package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts large arguments into a file, and forgets it; the file has no name by which to know whose it is. */
final class LeavesAFile extends LyingStrategy {
    LeavesAFile() {
        super(
                LocalTaskExecutor.CAPABILITIES,
                (self, settings) -> new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                    @Override
                    public <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task, TaskOptions options) {
                        if (task instanceof P2Values.EchoBytes bytes
                                && bytes.value().length
                                        == TidyProgram.large(self).value().length) {
                            write(bytes.value());
                        }
                        return super.submit(task, options);
                    }
                });
    }

    private static void write(byte[] bytes) {
        try {
            Path file = Files.createTempFile("odd", ".bytes");
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
