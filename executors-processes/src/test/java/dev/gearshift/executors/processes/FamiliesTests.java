package dev.gearshift.executors.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is killed dies with all that it started, also when many are at once; and nobody else does. */
@Timeout(60)
@Tag("system")
class FamiliesTests {
    private static final int MANY = 4;

    @Test
    void severalDieWithWhatTheyStartedAndNobodyElse() throws Exception {
        List<Process> heads = new ArrayList<>();
        List<List<ProcessHandle>> families = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Process head = new ProcessBuilder(Family.SHELL).start();
                heads.add(head);
                families.add(
                        List.of(head.toHandle(), handle(Family.readNumber(head)), handle(Family.readNumber(head))));
            }
            List<Process> some = heads.subList(0, 2);
            assertThat(Families.descendants(some))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(0, 1)
                            .flatMap(i -> families.get(i).stream().skip(1))
                            .toList());
            Families.end(some);
            families.get(0).forEach(FamiliesTests::awaitEnd);
            families.get(1).forEach(FamiliesTests::awaitEnd);
            assertThat(families.get(2)).allMatch(FamiliesTests::runs);
        } finally {
            Families.end(heads);
        }
    }

    @Test
    void workersWhoseTasksTimeOutAtOnceDieWithWhatThoseStarted(@TempDir Path folder) throws Exception {
        ProcessSettings impatient = Pools.QUIET.withKillGrace(Duration.ofMillis(1));
        try (TaskExecutor executor = Pools.open(impatient, MANY + 1)) {
            TaskFuture<Integer> other = executor.submit(new Family(folder));
            TaskOptions limit = TaskOptions.defaults().withTimeout(Duration.ofSeconds(3));
            List<TaskFuture<Integer>> all = IntStream.range(0, MANY)
                    .mapToObj(i -> executor.submit(new Family(folder), limit))
                    .toList();
            for (TaskFuture<Integer> one : all) {
                assertThat(EvilWorkerTests.failureOf(one)).isInstanceOf(TaskTimeoutException.class);
            }
            assertThat(other.isDone()).isFalse();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> running(folder) == 4);
            other.cancel(true);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> running(folder) == 0);
        }
    }

    private static long running(Path folder) throws IOException {
        try (Stream<Path> started = Files.list(folder)) {
            return started.map(file ->
                            ProcessHandle.of(Long.parseLong(file.getFileName().toString())))
                    .filter(process -> process.isPresent() && runs(process.get()))
                    .count();
        }
    }

    private static ProcessHandle handle(long pid) {
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void awaitEnd(ProcessHandle process) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !runs(process));
    }

    /** One that has ended has no command any more, even if nobody has asked for its exit code yet. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Starts a process that starts two, makes a file for each and for its own, by their numbers, and never ends. */
    record Family(Path folder) implements Task<Integer> {
        static final List<String> SHELL = List.of("sh", "-c", "sleep 600 & echo $!; sleep 600 & echo $!; wait");

        @Override
        public Integer call() throws IOException {
            Process head = new ProcessBuilder(SHELL).start();
            long[] all = {ProcessHandle.current().pid(), head.pid(), readNumber(head), readNumber(head)};
            for (long pid : all) {
                Files.createFile(folder.resolve(Long.toString(pid)));
            }
            while (true) { // Whatever interrupts it.
                LockSupport.park();
                Thread.interrupted();
            }
        }

        /** Nothing is read ahead. */
        static long readNumber(Process process) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = process.getInputStream().read();
                    c != '\n';
                    c = process.getInputStream().read()) {
                line.append((char) c);
            }
            return Long.parseLong(line.toString());
        }
    }
}
