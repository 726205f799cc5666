package dev.gearshift.executors.processes;

import static dev.gearshift.executors.processes.Pools.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.ExecutorSnapshot;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.WorkerLostException;
import dev.gearshift.executors.WorkerSnapshot;
import dev.gearshift.executors.testkit.Echo;
import dev.gearshift.executors.testkit.Fault;
import dev.gearshift.executors.testkit.FaultyTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What one can see of the workers, and what they have. */
@Timeout(60)
class WorkersTests {
    @Test
    void theSnapshotShowsThem() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 2)) {
            assertThat(executor.snapshot().workers()).isEmpty();
            long pid = executor.submit(new Pid()).get(30, TimeUnit.SECONDS);
            List<WorkerSnapshot> idle = executor.snapshot().workers();
            assertThat(idle).hasSize(1);
            assertThat(idle.get(0).pid()).isEqualTo(pid);
            assertThat(idle.get(0).state()).isEqualTo(WorkerSnapshot.State.IDLE);
            assertThat(idle.get(0).tasksDone()).isEqualTo(1);
            assertThat(idle.get(0).residentBytes()).isGreaterThan(10L << 20);
            TaskFuture<Integer> spinning = executor.submit(new Spin());
            Awaitility.await().until(() -> executor.snapshot().running() == 1);
            WorkerSnapshot busy = executor.snapshot().workers().get(0);
            assertThat(busy.state()).isEqualTo(WorkerSnapshot.State.BUSY);
            assertThat(busy.task()).isEqualTo(Spin.class.getName());
            assertThat(busy.taskId()).isEqualTo(spinning.id());
            spinning.cancel(true);
        }
    }

    @Test
    void onlyAsManyAreStartedAsAreNeeded() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 4)) {
            long first = executor.submit(new Pid()).get(30, TimeUnit.SECONDS);
            for (int i = 0; i < 10; i++) {
                assertThat(executor.submit(new Pid()).get(30, TimeUnit.SECONDS)).isEqualTo(first);
            }
            assertThat(executor.snapshot().workers()).hasSize(1);
        }
    }

    @Test
    void whatTheyPrintIsForwardedLineByLine() throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
        try (TaskExecutor executor = Pools.open(ProcessSettings.defaults(), 1)) {
            executor.submit(new Prints("one\ntwo")).get(30, TimeUnit.SECONDS);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(
                                    heard.toString(StandardCharsets.UTF_8).lines())
                            .hasSize(2)
                            .allMatch(line -> line.matches("\\[gearshift-processes-\\d+-worker-1] (one|two)")));
        } finally {
            System.setOut(usual);
        }
    }

    @Test
    void aSegmentationFaultIsReportedWithWhatTheJvmSaysOfIt() throws Exception {
        FaultyTask.Bomb bomb =
                new FaultyTask.Bomb(ProcessHandle.current().pid(), FaultyTask.Step.BODY, Fault.SEGFAULT, false);
        FaultyTask segfault = new FaultyTask(FaultyTask.Step.BODY, bomb);
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(segfault)))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining(") crashed, with exit code ")
                    .hasMessageContaining("SIGSEGV")
                    .hasMessageContaining("Problematic frame");
        }
    }

    @Test
    void ctrlCIsForTheOneWhoOwnsThePool() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            long pid = executor.submit(new Pid()).get(30, TimeUnit.SECONDS);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(executor.submit(new Pid()).get(30, TimeUnit.SECONDS)).isEqualTo(pid);
        }
    }

    @Test
    void oneThatNobodyHasAnyMoreEndsItsWorkers() throws Exception {
        ProcessHandle worker = droppedPool();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return !worker.isAlive();
        });
    }

    private static ProcessHandle droppedPool() throws Exception {
        TaskExecutor executor = Pools.open(QUIET, 1);
        return ProcessHandle.of(executor.submit(new Pid()).get(30, TimeUnit.SECONDS))
                .orElseThrow();
    }

    @Test
    void aTaskThatItsMemoryDoesNotHoldIsAFailure() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET.withJvmFlags("-Xmx24m"), 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new EvilWorkerTests.Large(new byte[40 << 20]))))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("Not started, task 1")
                    .hasMessageContaining("OutOfMemoryError");
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void theLargestPayloadIsCarriedAndWhatIsLargerRefused() throws Exception {
        int largest = (int) new ProcessesStrategy().maxPayload();
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            assertThat(executor.submit(new EvilWorkerTests.Large(new byte[largest]))
                            .get(40, TimeUnit.SECONDS))
                    .isEqualTo(largest);
            EvilWorkerTests.Large larger = new EvilWorkerTests.Large(new byte[largest + 2_000]);
            assertThatThrownBy(() -> executor.submit(larger))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("Large");
        }
    }

    @Test
    void whatIsCancelledJustWhenItIsAnsweredEndsOnce() {
        TaskExecutor executor = Pools.open(QUIET, 2);
        for (int round = 0; round < 300; round++) {
            try (Stream<Integer> values =
                    executor.map(IntStream.iterate(0, i -> i + 1).mapToObj(Echo::new))) {
                assertThat(values.limit(10).toList()).hasSize(10);
            }
        }
        executor.close(Duration.ofSeconds(20));
        assertThat(executor.snapshot().state()).isEqualTo(ExecutorSnapshot.State.CLOSED);
    }

    @Test
    void oneThatDoesNotLeaveIsReplaced() throws Exception {
        ProcessSettings impatient = QUIET.withExitGrace(Duration.ofMillis(200));
        try (TaskExecutor executor = Pools.open(impatient, 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new HungryAndClinging())))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22, disabledReason = "native code is called by the JDK's own means")
    void oneWhoseSocketsSomebodyElseHasIsSeenToEnd(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            TaskFuture<Integer> forks = executor.submit(new ForksAndHalts("sleep 20 & echo $! > '" + pid + "'"));
            assertThat(forks.handle((value, failure) -> failure).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("exit code 9");
            assertThat(executor.submit(new Echo(1)).get(30, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Starts a process that has all that its own has open, and ends its JVM. */
    record ForksAndHalts(String command) implements Task<Integer> {
        @Override
        public Integer call() throws Exception {
            Runtime.getRuntime().halt(NativeCommand.run(command) == 0 ? 9 : 8);
            return 0;
        }
    }

    @Test
    void anInterruptThatComesTooLateReachesNobody() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            long first = executor.submit(new InterruptsLater()).get(30, TimeUnit.SECONDS);
            Awaitility.await().until(() -> executor.submit(new HasInterrupted()).get(30, TimeUnit.SECONDS));
            assertThat(executor.submit(new Pid()).get(30, TimeUnit.SECONDS)).isEqualTo(first);
        }
    }

    /** Has its thread interrupted when it has long returned. */
    record InterruptsLater() implements Task<Long> {
        private static volatile boolean done;

        @Override
        public Long call() {
            Thread runner = Thread.currentThread();
            new Thread(() -> {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                        runner.interrupt();
                        done = true;
                    })
                    .start();
            return ProcessHandle.current().pid();
        }
    }

    /** Whether it has. */
    record HasInterrupted() implements Task<Boolean> {
        @Override
        public Boolean call() {
            return InterruptsLater.done;
        }
    }

    @Test
    void theLongestWaitsAreWaits() throws Exception {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        ProcessSettings patient = QUIET.withStartTimeout(forEver).withCrashLimit(5, forEver);
        try (TaskExecutor executor = Pools.open(patient, 1)) {
            TaskOptions limit = TaskOptions.defaults().withTimeout(forEver);
            assertThat(executor.submit(new Echo(1), limit).get(30, TimeUnit.SECONDS))
                    .isEqualTo(1);
            assertThat(EvilWorkerTests.failureOf(executor.submit(new LastWords("bye"))))
                    .isInstanceOf(WorkerLostException.class);
        }
        try (TaskExecutor executor = Pools.open(QUIET.withKillGrace(forEver).withExitGrace(forEver), 1)) {
            TaskFuture<Integer> spinning = executor.submit(new Spin());
            Awaitility.await().until(() -> executor.snapshot().running() == 1);
            assertThat(spinning.cancel(true)).isTrue();
        }
    }

    @Test
    void theEnvironmentAndTheFlagsArriveAsTheyAre() throws Exception {
        String odd = "two lines,\n\"quotes\", \\ and #";
        try (TaskExecutor executor = Pools.open(QUIET.withJvmFlags("-Dodd=" + odd), 1)) {
            assertThat(executor.submit(new Property("odd")).get(30, TimeUnit.SECONDS))
                    .isEqualTo(odd);
            Map<String, String> here = new HashMap<>(System.getenv());
            here.keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.equals("JAVA_TOOL_OPTIONS"));
            assertThat(executor.submit(new Environment()).get(30, TimeUnit.SECONDS))
                    .containsAllEntriesOf(here);
        }
    }

    @Test
    void whatItsTasksStartedEndsWithThePool() throws Exception {
        long child;
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            child = executor.submit(new LeavesAChild()).get(30, TimeUnit.SECONDS);
            assertThat(ProcessHandle.of(child)).isPresent();
        }
        Awaitility.await().until(() -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void closingInAShutdownHookFinishesWhatWasAccepted() throws Exception {
        Process program = new ProcessBuilder(
                        ChildClasses.java().toString(), "-cp", ChildClasses.path(), ShutdownProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            program.getOutputStream().close();
            String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("closed, with 20 done");
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void itsLastWordsAreReported() throws Exception {
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            assertThat(EvilWorkerTests.failureOf(executor.submit(new LastWords("farewell"))))
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("exit code 5")
                    .hasMessageContaining("farewell");
        }
    }

    @Test
    void resourcesAreTheWorkersAndAreClosedWithIt() throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
        try {
            try (TaskExecutor executor = Pools.open(ProcessSettings.defaults(), 1)) {
                assertThat(executor.submit(new Shares()).get(30, TimeUnit.SECONDS))
                        .isEqualTo(1);
                assertThat(executor.submit(new Shares()).get(30, TimeUnit.SECONDS))
                        .isEqualTo(2);
            }
            assertThat(heard.toString(StandardCharsets.UTF_8)).contains("closed after 2");
        } finally {
            System.setOut(usual);
        }
    }

    @Test
    void aClassThatAWorkerCannotHaveIsRefused() throws Exception {
        ClassLoader foreign = new ForeignLoader();
        Task<?> task = (Task<?>)
                foreign.loadClass(Pid.class.getName()).getDeclaredConstructor().newInstance();
        try (TaskExecutor executor = Pools.open(QUIET, 1)) {
            assertThatThrownBy(() -> executor.submit(task))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("was loaded by a loader of this test")
                    .hasMessageContaining("put its classes on the class path");
        }
    }

    /** Has classes of its own, which look like those of the class path. */
    private static final class ForeignLoader extends ClassLoader {
        ForeignLoader() {
            super(WorkersTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Pid.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = WorkersTests.class.getResourceAsStream("WorkersTests$Pid.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public String toString() {
            return "a loader of this test";
        }
    }

    /** The number of its process. */
    public record Pid() implements Task<Long> {
        /** Public, so that another loader's can be made. */
        public Pid {}

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    /** Never ends by itself. */
    record Spin() implements Task<Integer> {
        @Override
        public Integer call() throws InterruptedException {
            Thread.currentThread().join();
            return 0;
        }
    }

    /** Prints. */
    record Prints(String text) implements Task<Integer> {
        @Override
        public Integer call() {
            System.out.println(text);
            return text.length();
        }
    }

    /** Says something on stderr, and ends its process. */
    record LastWords(String text) implements Task<Integer> {
        @Override
        public Integer call() {
            System.err.println(text);
            Runtime.getRuntime().halt(5);
            return 0;
        }
    }

    /** Wants more memory than there is, and has what does not let its worker go. */
    record HungryAndClinging() implements Task<Integer> {
        @Override
        public Integer call() {
            TaskContext.current().resource(Clinging.class, Clinging::new);
            return new long[Integer.MAX_VALUE].length;
        }
    }

    /** Never ends to close. */
    static final class Clinging implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    /** A system property there. */
    record Property(String name) implements Task<String> {
        @Override
        public String call() {
            return System.getProperty(name);
        }
    }

    /** The environment there. */
    record Environment() implements Task<Map<String, String>> {
        @Override
        public Map<String, String> call() {
            return System.getenv();
        }
    }

    /** Starts a process that outlives it. */
    record LeavesAChild() implements Task<Long> {
        @Override
        public Long call() throws IOException {
            return new ProcessBuilder("sleep", "600").start().pid();
        }
    }

    /** Counts with what its worker shares. */
    record Shares() implements Task<Integer> {
        @Override
        public Integer call() {
            Counter counter = TaskContext.current().resource(Counter.class, Counter::new);
            return ++counter.count;
        }
    }

    /** Says how far it counted when it is closed. */
    static final class Counter implements AutoCloseable {
        private int count;

        @Override
        public void close() {
            System.out.println("closed after " + count);
        }
    }
}
