package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.local.LocalTaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps 64 kilobytes for each result of a stream, for as long as the stream lives. */
final class KeepsAll extends LyingStrategy {
    KeepsAll() {
        super(
                LocalTaskExecutor.CAPABILITIES,
                (self, settings) -> new LyingExecutor(LyingStrategy.honest(self, settings), settings) {
                    @Override
                    public <T extends @Nullable Object> Stream<T> map(
                            Stream<? extends Task<T>> tasks, TaskOptions options) {
                        List<byte[]> kept = new ArrayList<>();
                        return super.map(tasks, options).peek(value -> kept.add(new byte[64 * 1_024]));
                    }
                });
    }
}
