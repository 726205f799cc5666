package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.testkit.Echo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers are replaced between two tasks, and let go when they have nothing to do: no task is lost, and none waits for it. */
@Timeout(120)
@Tag("system")
class RecyclingTests {
    private static final int TASKS = 400;

    /** Where each costs a process, or every third. */
    private static final int FEW = 6;

    private static final long A_WHILE = 150_000_000;

    @Test
    void afterSoManyTasksToTheTask() throws Exception {
        Map<Long, Integer> tasks = run(QUIET.withMaxTasks(50), 1, TASKS, i -> new Pid(0));
        assertThat(tasks.values()).hasSize(8).containsOnly(50);
    }

    @Test
    void afterSoManyTasksAtMostIfOthersTakeThemBack() throws Exception {
        Map<Long, Integer> tasks = run(QUIET.withMaxTasks(50), 2, TASKS, i -> new Pid(0));
        assertThat(tasks.values()).allMatch(done -> done <= 50);
        assertThat(tasks).hasSizeBetween(8, 14);
    }

    @Test
    void afterSoManyTasksWithoutAnyAhead() throws Exception {
        Map<Long, Integer> tasks = run(QUIET.withMaxTasks(10).withPrefetch(0), 3, 100, i -> new Pid(1_000_000));
        // All but those that were there at the end.
        assertThat(tasks.values()).allMatch(done -> done <= 10);
        assertThat(tasks.values().stream().filter(done -> done < 10).count()).isLessThanOrEqualTo(3);
        assertThat(tasks).hasSizeBetween(10, 12);
    }

    @Test
    void whatWaitsIsRunAlsoIfThePoolIsBeingClosed() {
        TaskExecutor executor = Pools.open(QUIET.withMaxTasks(4), 2);
        for (int i = 0; i < 30; i++) {
            executor.submit(new Slow(i, 1_000_000));
        }
        executor.close();
        assertThat(executor.snapshot().succeeded()).isEqualTo(30);
    }

    @Test
    void afterSomeTime() throws Exception {
        Map<Long, Integer> tasks = run(QUIET.withMaxAge(Duration.ofMillis(400)), 1, 2 * FEW, i -> new Pid(80_000_000));
        assertThat(tasks).hasSizeGreaterThan(1);
    }

    @Test
    void afterLessTimeThanItTakesToStart() throws Exception {
        Map<Long, Integer> tasks = run(QUIET.withMaxAge(Duration.ofNanos(1)).withPrefetch(0), 2, FEW, i -> new Pid(0));
        assertThat(tasks.values()).hasSize(FEW).containsOnly(1);
    }

    @Test
    void whenTheProcessHasTooMuchMemory() throws Exception {
        // Whatever it has is too much.
        Map<Long, Integer> tasks = run(QUIET.withMaxMemory(1).withPrefetch(0), 2, FEW, i -> new Pid(0));
        assertThat(tasks.values()).hasSize(FEW).containsOnly(1);
    }

    @Test
    void whenTheProcessHasGrownTooLarge() throws Exception {
        ProcessSettings settings =
                QUIET.withMaxMemory(residentBytesOfOne() + (64L << 20)).withPrefetch(0);
        // Long enough that the memory is looked at after each.
        Map<Long, Integer> tasks =
                run(settings, 1, FEW, i -> i % 3 == 2 ? new Leak(100 << 20, A_WHILE) : new Pid(A_WHILE));
        assertThat(tasks.values()).hasSize(FEW / 3).containsOnly(3);
    }

    @Test
    void whenTooMuchOfTheHeapIsInUse() throws Exception {
        ProcessSettings settings = QUIET.withMaxHeap(20L << 20).withJvmFlags("-Xmx64m");
        Map<Long, Integer> tasks = run(settings, 1, FEW, i -> i % 3 == 2 ? new Leak(30 << 20, 0) : new Pid(0));
        assertThat(tasks.values()).hasSize(FEW / 3).containsOnly(3);
    }

    @Test
    void sparesThatDoNotStartAreNotTriedAllTheTime(@TempDir Path folder) throws Exception {
        Path tried = folder.resolve("tried");
        Path java = ChildClasses.script(folder, "echo x >> '" + tried + "'; exit 7");
        try (TaskExecutor executor = Pools.open(QUIET.withJava(java).withSpares(1), 1)) {
            Awaitility.await()
                    .until(() ->
                            Files.exists(tried) && Files.readAllLines(tried).size() >= 3);
            assertThat(executor.submit(new Echo(1))
                            .handle((value, failure) -> failure)
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkerStartException.class);
        }
        assertThat(Files.readAllLines(tried)).hasSizeLessThan(12);
    }

    @Test
    void thoseThatHaveNothingToDoAreLetGo() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withIdleTimeout(Duration.ofMillis(300)), 3)) {
            List<Long> pids = IntStream.range(0, 3)
                    .mapToObj(i -> executor.submit(new Pid(200_000_000)))
                    .map(future -> future.join())
                    .toList();
            assertThat(pids).hasSize(3);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> executor.snapshot().workers().isEmpty());
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void sparesAreReadyBeforeAnybodyNeedsThem() throws Exception {
        ProcessSettings settings = QUIET.withSpares(1).withIdleTimeout(Duration.ofMillis(200));
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            WorkerSnapshot spare = idle(executor, 1).get(0);
            assertThat(executor.submit(new Pid(0)).get(30, TimeUnit.SECONDS)).isEqualTo(spare.pid());
            // While one has a task, another is ready; but tasks are run one by one all the same.
            var running = executor.submit(new Pid(400_000_000));
            var waiting = executor.submit(new Pid(0));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            waiting.isDone() || executor.snapshot().workers().size() == 2);
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(running.get(30, TimeUnit.SECONDS));
            assertThat(idle(executor, 1)).hasSize(1);
        }
    }

    @Test
    void noMoreAreStartedThanTheBudgetIsFor() throws Exception {
        long one = residentBytesOfOne();
        try (TaskExecutor executor = Pools.open(QUIET.withMemoryBudget(2 * one + one / 4), 4);
                Census census = new Census(executor)) {
            List<Integer> values = executor.map(IntStream.range(0, TASKS).mapToObj(i -> new Slow(i, 5_000_000)))
                    .toList();
            assertThat(values).isEqualTo(IntStream.range(0, TASKS).boxed().toList());
            assertThat(census.most()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',          0", // The first is started all the same.
        "0,           0",
        "100,         1",
        "100 0,       0",
        "100 100 100, 0",
        "10,          24",
        // Where nobody knows what a process has.
        "-1,          2147483647",
        "-1 0,        2147483647",
        "-1 -1,       2147483647",
        // One that has just ended.
        "100 -1,      0",
        "50 -1,       3",
    })
    void aBudgetIsForSoManyMore(String seen, int more) {
        long[] residentBytes = Stream.of(seen.split(" "))
                .filter(bytes -> !bytes.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        assertThat(Dispatch.affordable(250, residentBytes)).isEqualTo(more);
    }

    @Test
    void whatHasGrownOverTheBudgetIsLetGo() throws Exception {
        long one = residentBytesOfOne();
        ProcessSettings settings = QUIET.withMemoryBudget(4 * one).withPrefetch(0);
        try (TaskExecutor executor = Pools.open(settings, 2);
                Gate gate = new Gate()) {
            TaskFuture<String> busy = executor.submit(gate.task());
            gate.await(1);
            long grown = executor.submit(new Leak((int) (4 * one), 0)).get(30, TimeUnit.SECONDS);
            Awaitility.await() // Its memory is looked at now and then.
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> executor.submit(new Pid(0)).get(30, TimeUnit.SECONDS) != grown);
            gate.open();
            assertThat(busy.get(30, TimeUnit.SECONDS)).isEqualTo("one");
        }
    }

    @Test
    void theOnlyOneIsLetGoTooIfItHasGrownOverTheBudget() throws Exception {
        ProcessSettings settings =
                QUIET.withMemoryBudget(3 * residentBytesOfOne()).withPrefetch(0);
        try (TaskExecutor executor = Pools.open(settings, 1)) {
            long grown = executor.submit(new Leak(200 << 20, A_WHILE)).get(30, TimeUnit.SECONDS);
            Awaitility.await() // Its memory is looked at now and then.
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> executor.submit(new Pid(0)).get(30, TimeUnit.SECONDS) != grown);
        }
    }

    private static long residentBytesOfOne() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS);
            return executor.snapshot().workers().get(0).residentBytes();
        }
    }

    private static List<WorkerSnapshot> idle(TaskExecutor executor, int many) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> executor.snapshot().workers().stream()
                                .filter(worker -> worker.state() == WorkerSnapshot.State.IDLE)
                                .count()
                        == many);
        return executor.snapshot().workers().stream()
                .filter(worker -> worker.state() == WorkerSnapshot.State.IDLE)
                .toList();
    }

    /**
     * Runs tasks, none of which is lost; how many each process did. There are never more workers than there may be, nor fewer
     * once there were as many, as long as something waits.
     */
    private static Map<Long, Integer> run(ProcessSettings settings, int workers, int many, IntFunction<Task<Long>> task)
            throws Exception {
        Map<Long, Integer> tasks = new HashMap<>();
        TaskExecutor executor = Pools.open(settings, workers);
        try (executor;
                Gate gate = new Gate();
                Census census = new Census(executor)) {
            List<TaskFuture<Long>> pids = IntStream.range(0, many)
                    .mapToObj(i -> executor.submit(task.apply(i)))
                    .toList();
            for (int i = 0; i < workers; i++) {
                executor.submit(gate.task()); // Before the others end.
            }
            for (TaskFuture<Long> pid : pids) {
                tasks.merge(pid.get(60, TimeUnit.SECONDS), 1, Integer::sum);
            }
            gate.await(workers);
            assertThat(Census.living(executor)).isEqualTo(workers);
            assertThat(census.most()).isEqualTo(workers);
            assertThat(census.fewestSince()).isEqualTo(workers);
            gate.open();
        }
        ExecutorSnapshot after = executor.snapshot();
        assertThat(after.succeeded()).isEqualTo(many + workers);
        assertThat(after.failed() + after.cancelled()).isZero();
        assertThat(tasks.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(many);
        return tasks;
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Takes its time, and returns the number of its process. */
    record Pid(long nanos) implements Task<Long> {
        @Override
        public Long call() {
            pause(nanos);
            return ProcessHandle.current().pid();
        }
    }

    /** Takes its time, and returns its number. */
    record Slow(int number, long nanos) implements Task<Integer> {
        @Override
        public Integer call() {
            pause(nanos);
            return number;
        }
    }

    /** Keeps memory for ever, takes its time, and returns the number of its process. */
    record Leak(int bytes, long nanos) implements Task<Long> {
        private static final List<byte[]> KEPT = new ArrayList<>();

        @Override
        public Long call() {
            KEPT.add(new byte[bytes]);
            System.gc();
            pause(nanos);
            return ProcessHandle.current().pid();
        }
    }
}
