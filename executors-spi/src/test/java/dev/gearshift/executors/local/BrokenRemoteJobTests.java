package dev.gearshift.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.WorkerSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever runs the tasks elsewhere fails when it is told to stop: what was cancelled is cancelled all the same. */
@Timeout(30)
class BrokenRemoteJobTests {
    private static final class Broken extends RemoteJob {
        @Override
        protected boolean withdraw(boolean stops) {
            return false;
        }

        @Override
        protected boolean isRunning() {
            return true;
        }

        @Override
        protected void stop() {
            throw new IllegalStateException("cannot stop");
        }

        @Override
        protected void unwanted() {
            throw new IllegalStateException("cannot let go");
        }

        @Override
        protected String worker() {
            return "worker";
        }
    }

    private static final class Elsewhere implements RemoteWorkers {
        final List<RemoteJob> jobs = new ArrayList<>();

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public RemoteJob pack(Task<?> task) {
            return new Broken();
        }

        @Override
        public void execute(RemoteJob job) {
            jobs.add(job);
            job.started();
        }

        @Override
        public List<WorkerSnapshot> list() {
            return List.of();
        }

        @Override
        public void close() {}

        @Override
        public void awaitGone(long deadline) {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingCompletesTheFuture(boolean interrupt) {
        Elsewhere elsewhere = new Elsewhere();
        try (TaskExecutor executor =
                LocalTaskExecutor.remote(new SequentialStrategy(), StrategySettings.defaults(), name -> elsewhere)) {
            TaskFuture<Integer> future = executor.submit(() -> 1);
            assertThat(future.cancel(interrupt)).isTrue();
            assertThat(future).isCancelled();
            elsewhere.jobs.get(0).succeeded(1);
        }
    }
}
