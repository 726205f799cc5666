package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.testkit.Echo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool whose workers do not start says why, to those who wait, and tries no more than a few times. */
@Timeout(60)
class StartFailureTests {
    @TempDir
    Path folder;

    @Test
    void aMissingJavaIsNamedAtOnce() throws Exception {
        Path nowhere = folder.resolve("no-java");
        try (TaskExecutor executor = Pools.open(QUIET.withJava(nowhere), 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new Echo(1))))
                    .isInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("task 1")
                    .hasMessageContaining(nowhere.toString())
                    .hasMessageContaining("set gearshift.processes.java");
        }
    }

    @Test
    void aFlagThatNoJvmKnowsIsReportedInTheJvmsOwnWords() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withJvmFlags("-XX:+NoSuchFlag"), 2)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new Echo(1))))
                    .isInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("Unrecognized VM option 'NoSuchFlag'");
        }
    }

    @Test
    void whatIsToBeRunFirstHasRun() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withInitializer(SetsUp.class), 1)) {
            for (int i = 0; i < 3; i++) {
                assertThat(executor.submit(new SetUps()).get(30, TimeUnit.SECONDS))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aWorkerThatCannotBeInitializedIsNotTriedAgain() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withInitializer(FailsToSetUp.class), 2)) {
            for (int i = 0; i < 2; i++) {
                assertThat(EvilWorkerTests.failureOf(executor.submit(new Echo(1))))
                        .isInstanceOf(WorkerStartException.class)
                        .hasMessageContaining("could not be initialized by " + FailsToSetUp.class.getName())
                        .hasMessageContaining("IllegalStateException: no licence");
            }
            assertThat(executor.snapshot().workers()).isEmpty();
        }
    }

    /** Counts how often it ran. */
    static final class SetsUp implements Runnable {
        static final AtomicInteger TIMES = new AtomicInteger();

        @Override
        public void run() {
            TIMES.incrementAndGet();
        }
    }

    /** How often that ran. */
    record SetUps() implements Task<Integer> {
        @Override
        public Integer call() {
            return SetsUp.TIMES.get();
        }
    }

    /** Does not run. */
    static final class FailsToSetUp implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("no licence");
        }
    }

    @Test
    void fewStartsAreTriedForOneTask() throws Exception {
        Path tried = folder.resolve("tried");
        Path java = ChildClasses.script(folder, "echo x >> '" + tried + "'; exit 7");
        try (TaskExecutor executor = Pools.open(QUIET.withJava(java), 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new Echo(1)))).hasMessageContaining("exit code 7");
            assertThat(Files.readAllLines(tried)).hasSize(3);
            assertThat(EvilWorkerTests.failureOf(executor.submit(new Echo(2)))).hasMessageContaining("task 2");
        }
    }

    @Test
    void aStartThatFailsOnceIsTriedAgain() throws Exception {
        Path failed = folder.resolve("failed");
        Path java = ChildClasses.script(
                folder,
                "if [ ! -e '" + failed + "' ]; then touch '" + failed + "'; exit 7; fi; exec '" + ChildClasses.java()
                        + "' \"$@\"");
        try (TaskExecutor executor = Pools.open(QUIET.withJava(java), 1)) {
            assertThat(executor.submit(new Echo(1)).get(40, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void whatItLeavesBehindDoesNotKeepAStartAlive() throws Exception {
        Path java = ChildClasses.script(folder, "sleep 20 & exit 6");
        try (TaskExecutor executor = Pools.open(QUIET.withJava(java), 1)) {
            assertThat(executor.submit(new Echo(1))
                            .handle((value, failure) -> failure)
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkerStartException.class)
                    .hasMessageContaining("exit code 6");
        }
    }

    @Test
    void closingDoesNotWaitForAStartThatNeverEnds() throws Exception {
        Path java = ChildClasses.script(folder, "exec sleep 600");
        List<Path> before = folders();
        TaskExecutor executor = Pools.open(QUIET.withJava(java), 1);
        executor.submit(new Echo(1)).cancel(true);
        executor.close();
        assertThat(folders()).isEqualTo(before);
    }

    private static List<Path> folders() throws Exception {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName()
                            .toString()
                            .startsWith(
                                    "gearshift-pool-" + ProcessHandle.current().pid() + "-"))
                    .sorted()
                    .toList();
        }
    }
}
