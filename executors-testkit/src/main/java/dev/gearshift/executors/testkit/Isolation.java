package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.NotPortableException;
import dev.gearshift.executors.Retry;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.TaskTimeoutException;
import dev.gearshift.executors.WorkerLostException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a strategy promises whose tasks run in other processes: one crash, one failure. */
interface Isolation extends Subject {
    @Test
    default void isolated_everyFaultAtEveryStep_isTheFailureOfThatTask() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = openOne()) {
            for (FaultyTask.Step step :
                    List.of(FaultyTask.Step.TASK_READ, FaultyTask.Step.BODY, FaultyTask.Step.RESULT_WRITTEN)) {
                for (Fault fault : Fault.values()) {
                    TaskFuture<FaultyTask.Bomb> faulty = executor.submit(FaultyTask.at(step, fault));
                    TaskFuture<Integer> behind = executor.submit(new Echo(1));
                    Throwable failure = P1Results.failureOf(faulty);
                    assertThat(failure instanceof WorkerLostException)
                            .as("%s at %s: %s", fault, step, failure)
                            .isEqualTo(fault != Fault.ERROR);
                    assertThat(behind.join()).as("after %s at %s", fault, step).isEqualTo(1);
                }
            }
        }
    }

    @Test
    default void isolated_errorWhileItIsWrittenHere_isRefusedAtSubmit() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = open()) {
            assertThatThrownBy(() -> executor.submit(FaultyTask.at(FaultyTask.Step.TASK_WRITTEN, Fault.ERROR)))
                    .isInstanceOf(NotPortableException.class);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void isolated_errorWhileItsResultIsReadHere_isTheFailureOfThatTask() {
        needs(Capability.ISOLATED);
        needsNo(Capability.DISTRIBUTED, "which worker takes a task is not for this JVM to say");
        needsWorkersThatStay();
        try (TaskExecutor executor = openOne()) {
            long before = executor.submit(new WhereAmI()).join();
            assertThat(P1Results.failureOf(executor.submit(FaultyTask.at(FaultyTask.Step.RESULT_READ, Fault.ERROR))))
                    .hasMessageContaining("struck");
            assertThat(executor.submit(new WhereAmI()).join()).isEqualTo(before);
        }
    }

    @Test
    default void isolated_lostWorker_isNamedWithPidAndExitCode() {
        needs(Capability.ISOLATED);
        needsNo(Capability.DISTRIBUTED, "which worker takes a task is not for this JVM to say");
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Long> future = executor.submit(new MeetsAs(rendezvous.port()));
            long pid = Long.parseLong(rendezvous.next().name());
            Fault.kill(pid);
            WorkerLostException killed = lost(future);
            assertThat(killed.pid()).isEqualTo(pid);
            assertThat(killed.exitCode()).isEqualTo(137);
            assertThat(killed)
                    .hasMessageContaining("pid " + pid)
                    .hasMessageContaining("SIGKILL")
                    .hasMessageContaining(MeetsAs.class.getName());
            WorkerLostException halted = lost(executor.submit(FaultyTask.at(FaultyTask.Step.BODY, Fault.HALT)));
            assertThat(halted.exitCode()).isEqualTo(23);
            assertThat(lost(executor.submit(FaultyTask.at(FaultyTask.Step.BODY, Fault.EXIT)))
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    default void isolated_crashes_areInstancesOfTheirOwn() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = open()) {
            FaultyTask task = FaultyTask.at(FaultyTask.Step.BODY, Fault.HALT);
            assertThat(lost(executor.submit(task))).isNotSameAs(lost(executor.submit(task)));
        }
    }

    @Test
    default void isolated_idleWorkerKilled_nobodyNotices() throws Exception {
        needs(Capability.ISOLATED);
        needsWorkersThatStay();
        try (TaskExecutor executor = openOne()) {
            for (int i = 0; i < rounds(); i++) {
                long pid = executor.submit(new WhereAmI()).join();
                ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
                worker.destroyForcibly();
                worker.onExit().get(10, TimeUnit.SECONDS);
                assertThat(executor.submit(new WhereAmI()).join()).isNotEqualTo(pid);
            }
        }
    }

    @Test
    default void isolated_busyWorkerKilled_onlyItsTaskFails() {
        needs(Capability.ISOLATED);
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Long> one = executor.submit(new MeetsAs(rendezvous.port()));
            Rendezvous.Visit first = rendezvous.next();
            TaskFuture<Long> other = executor.submit(new MeetsAs(rendezvous.port()));
            Rendezvous.Visit second = rendezvous.next();
            TaskFuture<Integer> waiting = executor.submit(new Echo(1));
            Fault.kill(Long.parseLong(first.name()));
            assertThat(lost(one).pid()).isEqualTo(Long.parseLong(first.name()));
            assertThat(waiting.join()).isEqualTo(1);
            second.release();
            assertThat(other.join()).isEqualTo(Long.parseLong(second.name()));
        }
    }

    @Test
    default void isolated_allWorkersCrashAtOnce_othersGoOn() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = open()) {
            List<TaskFuture<?>> crashing = new ArrayList<>();
            for (int i = 0; i < 2 * width(); i++) {
                crashing.add(executor.submit(new Dies(i)));
            }
            List<TaskFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(executor.submit(new Echo(i)));
            }
            crashing.forEach(Isolation::lost);
            for (int i = 0; i < 20; i++) {
                assertThat(others.get(i).join()).isEqualTo(i);
            }
        }
    }

    @Test
    default void isolated_crashWhileClosing_endsInItsFuture() {
        needs(Capability.ISOLATED);
        TaskExecutor executor = openOne();
        TaskFuture<?> crashing = executor.submit(new Dies(1));
        TaskFuture<Integer> behind = executor.submit(new Echo(1));
        executor.close();
        lost(crashing);
        assertThat(behind.join()).isEqualTo(1);
    }

    @Test
    default void isolated_lostWorker_isRetriedIfTheOptionsSaySo() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = openOne()) {
            TaskOptions twice = TaskOptions.defaults().withRetry(Retry.none().onLostWorker(2));
            assertThat(executor.submit(new DiesUntil(2), twice).join()).isEqualTo(2);
            assertThat(executor.submit(new DiesUntil(3), twice).join()).isEqualTo(3);
            TaskOptions once = TaskOptions.defaults().withRetry(Retry.none().onLostWorker(1));
            assertThat(lost(executor.submit(new DiesUntil(4), once))).isNotNull();
        }
    }

    @Test
    default void isolated_lostWorker_isNoFailureOfTheTask() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = openOne()) {
            TaskOptions retrying =
                    TaskOptions.defaults().withRetry(Retry.upTo(3).withBackoff(Duration.ZERO, Duration.ZERO));
            lost(executor.submit(new DiesUntil(2), retrying));
        }
    }

    @Test
    default void isolated_outOfMemory_isTheFailureOfThatTask() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = openOne()) {
            TaskFuture<Integer> hungry = executor.submit(new Hungry());
            TaskFuture<Integer> behind = executor.submit(new Echo(1));
            assertThat(P1Results.failureOf(hungry)).isInstanceOf(OutOfMemoryError.class);
            assertThat(behind.join()).isEqualTo(1);
        }
    }

    @Test
    default void isolated_standardStreams_areTheTasksOwn() {
        needs(Capability.ISOLATED);
        try (TaskExecutor executor = openOne()) {
            assertThat(executor.submit(new ReadsInput()).join()).isEqualTo(-1);
            assertThat(executor.submit(new ClosesOutput()).join()).isEqualTo(1);
            assertThat(executor.submit(new Floods(2_000)).join()).isEqualTo(2_000);
            assertThat(executor.submit(new Echo(1)).join()).isEqualTo(1);
        }
    }

    @Test
    default void killed_spinningTask_isDeadSoonAfterItsTimeout() throws Exception {
        needs(Capability.ISOLATED);
        needs(Capability.HARD_TIMEOUT);
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<String> warm = executor.submit(rendezvous.task("warm"));
            rendezvous.next().release();
            warm.join();
            TaskOptions limit =
                    TaskOptions.defaults().withTimeout(P5Timeouts.shortly().multipliedBy(4));
            TaskFuture<Long> spinning = executor.submit(new Spins(rendezvous.port(), false), limit);
            TaskFuture<Integer> behind = executor.submit(new Echo(1));
            Rendezvous.Visit visit = rendezvous.next();
            assertThat(P1Results.failureOf(spinning)).isInstanceOf(TaskTimeoutException.class);
            visit.awaitGone();
            assertThat(behind.join()).isEqualTo(1);
            assertGone(Long.parseLong(visit.name()));
        }
    }

    @Test
    default void killed_spinningTask_isDeadSoonAfterItIsCancelled_withAllThatItStarted() throws Exception {
        needs(Capability.ISOLATED);
        needs(Capability.KILLS_RUNNING);
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Long> spinning = executor.submit(new Spins(rendezvous.port(), true));
            TaskFuture<Integer> behind = executor.submit(new Echo(1));
            Rendezvous.Visit visit = rendezvous.next();
            ProcessHandle worker =
                    ProcessHandle.of(Long.parseLong(visit.name())).orElseThrow();
            ProcessHandle grandchild = worker.children().findFirst().orElseThrow();
            assertThat(spinning.cancel(true)).isTrue();
            assertThatThrownBy(spinning::join).isInstanceOf(CancellationException.class);
            assertThat(behind.join()).isEqualTo(1);
            assertGone(worker.pid());
            assertGone(grandchild.pid());
        }
    }

    @Test
    default void killed_taskThatObeysTheInterrupt_keepsItsWorker() {
        needs(Capability.ISOLATED);
        needs(Capability.KILLS_RUNNING);
        needsWorkersThatStay();
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Long> obedient = executor.submit(new MeetsAs(rendezvous.port()));
            Rendezvous.Visit visit = rendezvous.next();
            assertThat(obedient.cancel(true)).isTrue();
            visit.awaitGone();
            assertThat(executor.submit(new WhereAmI()).join()).isEqualTo(Long.parseLong(visit.name()));
        }
    }

    @Test
    default void killed_shutdownNow_leavesNothingRunning() throws Exception {
        needs(Capability.ISOLATED);
        needs(Capability.KILLS_RUNNING);
        TaskExecutor executor = openOne();
        try (Rendezvous rendezvous = new Rendezvous()) {
            TaskFuture<Long> spinning = executor.submit(new Spins(rendezvous.port(), false));
            Rendezvous.Visit visit = rendezvous.next();
            executor.shutdownNow();
            assertThat(spinning).isCancelled();
            executor.close();
            assertGone(Long.parseLong(visit.name()));
        }
    }

    /** Everything at once, and each outcome is the right one. */
    @Test
    default void isolated_chaos_countsAreExact() {
        needs(Capability.ISOLATED);
        needs(Capability.HARD_TIMEOUT);
        long seed = Long.getLong("gearshift.testkit.seed", 1);
        Random random = new Random(seed);
        List<Unruly> tasks = new ArrayList<>();
        Map<Unruly.Mood, Integer> expected = new EnumMap<>(Unruly.Mood.class);
        List<Unruly.Mood> moods = new ArrayList<>(List.of(Unruly.Mood.values()));
        for (int i = 0; i < 5 * rounds(); i++) {
            moods.add(Unruly.Mood.of(random.nextInt(100)));
        }
        Collections.shuffle(moods, random);
        for (Unruly.Mood mood : moods) {
            tasks.add(new Unruly(mood, tasks.size()));
            expected.merge(mood, 1, Integer::sum);
        }
        Map<Unruly.Mood, Integer> seen = new EnumMap<>(Unruly.Mood.class);
        // For those that hang only: the others end by themselves, on a busy machine perhaps late.
        TaskOptions limit =
                TaskOptions.defaults().withTimeout(Pace.here().moment().multipliedBy(5));
        try (TaskExecutor executor = open()) {
            List<TaskFuture<Integer>> futures = new ArrayList<>();
            for (Unruly task : tasks) {
                boolean hangs = task.mood() == Unruly.Mood.HANGING;
                futures.add(executor.submit(task, hangs ? limit : TaskOptions.defaults()));
            }
            for (TaskFuture<Integer> future : futures) {
                Throwable failure = future.handle((value, thrown) -> thrown).join();
                seen.merge(Unruly.Mood.thatEndsWith(failure), 1, Integer::sum);
            }
        }
        assertThat(seen).as("seed %d", seed).isEqualTo(expected);
    }

    /** What the future of a task failed with whose worker died. */
    static WorkerLostException lost(TaskFuture<?> future) {
        Throwable failure = P1Results.failureOf(future);
        assertThat(failure).isInstanceOf(WorkerLostException.class);
        return (WorkerLostException) failure;
    }

    /** Waits until no process has that number any more. */
    static void assertGone(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null) {
            try {
                process.onExit().get(Pace.here().patienceMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("Process " + pid + " is still alive.", e);
            }
        }
    }

    /** The number of the process that runs it. */
    record WhereAmI() implements Task<Long> {
        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    /** Waits at a rendezvous under the number of its process. */
    record MeetsAs(int port) implements Task<Long> {
        @Override
        public Long call() throws IOException {
            long pid = ProcessHandle.current().pid();
            new WaitingTask(port, Long.toString(pid)).call();
            return pid;
        }
    }

    /** Kills its process; a number, so that no two are the same task. */
    record Dies(int number) implements Task<Integer> {
        @Override
        public Integer call() {
            Runtime.getRuntime().halt(1);
            return number;
        }
    }

    /** Kills its process before that attempt. */
    record DiesUntil(int attempt) implements Task<Integer> {
        @Override
        public Integer call() {
            int now = TaskContext.current().attempt();
            if (now < attempt) {
                Runtime.getRuntime().halt(1);
            }
            return now;
        }
    }

    /** Wants more memory than there is. */
    record Hungry() implements Task<Integer> {
        @Override
        public Integer call() {
            return new long[Integer.MAX_VALUE].length;
        }
    }

    /** What the standard input has. */
    record ReadsInput() implements Task<Integer> {
        @Override
        public Integer call() throws IOException {
            return System.in.read();
        }
    }

    /** Closes the standard output. */
    record ClosesOutput() implements Task<Integer> {
        @Override
        public Integer call() {
            System.out.close();
            System.out.println("nobody hears this");
            return 1;
        }
    }

    /** Says more than anybody reads, also past {@code System.err}. */
    record Floods(int lines) implements Task<Integer> {
        @Override
        public Integer call() {
            PrintStream raw = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
            for (int i = 0; i < lines; i++) {
                (i % 2 == 0 ? System.err : raw).println("flood ".repeat(20) + i);
            }
            raw.flush();
            return lines;
        }
    }

    /** Says its process's number, and spins, deaf to interrupts and SIGTERM; if asked to, after it has started another process. */
    record Spins(int port, boolean withChild) implements Task<Long> {
        @Override
        @SuppressWarnings("InfiniteLoopStatement") // only force ends it
        public Long call() throws IOException {
            if (withChild) {
                new ProcessBuilder("sleep", "600").start();
            }
            ignoreSigTerm();
            Rendezvous.say(port, Long.toString(ProcessHandle.current().pid()));
            while (true) {
                Thread.onSpinWait();
            }
        }

        /** By reflection, as the compiler warns of the class and nothing can stop it. */
        private static void ignoreSigTerm() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance("TERM"),
                                handler.getField("SIG_IGN").get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Behaves as its mood is. */
    record Unruly(Mood mood, int number) implements Task<Integer> {
        /** What becomes of it. */
        enum Mood {
            WELL,
            HUNGRY,
            EXITING,
            HANGING,
            RECURSING;

            static Mood of(int percent) {
                if (percent < 5) {
                    return HUNGRY;
                }
                if (percent < 10) {
                    return EXITING;
                }
                if (percent < 13) {
                    return HANGING;
                }
                return percent < 16 ? RECURSING : WELL;
            }

            static Mood thatEndsWith(@Nullable Throwable failure) {
                if (failure == null) {
                    return WELL;
                }
                if (failure instanceof OutOfMemoryError) {
                    return HUNGRY;
                }
                if (failure instanceof WorkerLostException) {
                    return EXITING;
                }
                if (failure instanceof TaskTimeoutException) {
                    return HANGING;
                }
                if (failure instanceof StackOverflowError) {
                    return RECURSING;
                }
                throw new AssertionError("an outcome that no mood has", failure);
            }
        }

        @Override
        public Integer call() throws Exception {
            return switch (mood) {
                case WELL -> number;
                case HUNGRY -> new Hungry().call();
                case EXITING -> {
                    System.exit(number % 3);
                    yield number;
                }
                case HANGING -> {
                    while (true) {
                        Thread.onSpinWait();
                    }
                }
                case RECURSING -> new FailingTask(FailingTask.How.STACK_OVERFLOW, "deep").call();
            };
        }
    }
}
