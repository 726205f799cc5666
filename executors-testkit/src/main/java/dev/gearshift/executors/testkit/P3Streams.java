package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** 3. Lazy streams of results, with a bounded number in flight. */
interface P3Streams extends Subject {
    @Test
    default void p3_map_keepsTheOrder() {
        try (TaskExecutor executor = open()) {
            assertThat(executor.map(IntStream.range(0, 200).mapToObj(Echo::new)).toList())
                    .isEqualTo(IntStream.range(0, 200).boxed().toList());
        }
    }

    @Test
    default void p3_map_keepsTheOrder_whateverEndsFirst() {
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            Pace pace = Pace.here();
            CountDownLatch given = new CountDownLatch(1);
            Thread releaser = new Thread(() -> {
                Map<String, Rendezvous.Visit> visits = Stream.of(rendezvous.next(), rendezvous.next())
                        .collect(Collectors.toMap(Rendezvous.Visit::name, visit -> visit));
                Rendezvous.Visit second = Objects.requireNonNull(visits.get("ends first"));
                second.release();
                second.awaitGone();
                awaitAMoment(given, pace); // for a stream that gives it at once
                Objects.requireNonNull(visits.get("ends last")).release();
            });
            releaser.start();
            assertThat(executor.map(List.of(rendezvous.task("ends last"), rendezvous.task("ends first")))
                            .peek(result -> given.countDown()))
                    .containsExactly("ends last", "ends first");
        }
    }

    private static void awaitAMoment(CountDownLatch latch, Pace pace) {
        try {
            boolean unused = latch.await(pace.momentMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    default void p3_map_takesStreamIterableAndIterator() {
        List<Echo> tasks = List.of(new Echo(1), new Echo(2));
        try (TaskExecutor executor = open()) {
            assertThat(executor.map(tasks.stream())).containsExactly(1, 2);
            assertThat(executor.map(tasks)).containsExactly(1, 2);
            assertThat(executor.map(tasks.iterator())).containsExactly(1, 2);
            assertThat(executor.map(List.<Echo>of())).isEmpty();
        }
    }

    @Test
    default void p3_map_readsNothingBeforeTheTerminalOperation() {
        Counted source = new Counted(10);
        try (TaskExecutor executor = open()) {
            Stream<Integer> results = executor.map(source);
            assertThat(source.read.get()).isZero();
            assertThat(executor.snapshot().queued() + executor.snapshot().running())
                    .isZero();
            assertThat(results).hasSize(10);
        }
    }

    @Test
    default void p3_map_pullsLazily_onTheConsumersThread() {
        Counted source = new Counted(Integer.MAX_VALUE);
        try (TaskExecutor executor = open();
                Stream<Integer> results = executor.map(source)) {
            Iterator<Integer> iterator = results.iterator();
            for (int i = 0; i < 50; i++) {
                assertThat(iterator.next()).isEqualTo(i);
                assertThat(source.read.get()).isBetween(i + 1, i + 1 + executor.window());
            }
            assertThat(source.readers).containsOnly(Thread.currentThread());
        }
    }

    @Test
    default void p3_map_firstFailureEndsItAndCancelsTheRest() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            List<Task<Object>> tasks =
                    mixed(new Echo(1), new FailingTask(FailingTask.How.CHECKED, "second"), rendezvous.task("third"));
            untilAllAreRead(executor, tasks, source -> {
                Stream<Object> results = executor.map(source);
                List<Object> seen = new ArrayList<>();
                assertThatThrownBy(() -> results.forEach(seen::add))
                        .isExactlyInstanceOf(CompletionException.class)
                        .cause()
                        .hasMessage("second");
                assertThat(seen).containsExactly(1);
                rendezvous.nobodyStays(executor);
            });
        }
    }

    @Test
    default void p3_map_closingCancelsTheRest() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            untilAllAreRead(executor, mixed(new Echo(1), rendezvous.task("rest")), source -> {
                try (Stream<Object> results = executor.map(source)) {
                    assertThat(results.iterator().next()).isEqualTo(1);
                }
                rendezvous.nobodyStays(executor);
            });
        }
    }

    @Test
    default void p3_closing_closesTheSource() {
        AtomicInteger closed = new AtomicInteger();
        try (TaskExecutor executor = open()) {
            executor.map(Stream.of(new Echo(1)).onClose(closed::incrementAndGet))
                    .close();
            assertThat(closed).hasValue(1);
            executor.outcomes(Stream.of(new Echo(2)).onClose(closed::incrementAndGet))
                    .close();
            assertThat(closed).hasValue(2);
        }
    }

    @Test
    default void p3_map_interruptingTheConsumerCancelsTheRestAndKeepsTheFlag() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            interruptedCancelsTheRest(
                    rendezvous,
                    () -> executor.map(List.of(rendezvous.task("slow"))).toList());
        }
    }

    @Test
    default void p3_map_sourceThatFails_endsItAndCancelsTheRest() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            assertThatThrownBy(() ->
                            executor.map(breaksAfter(rendezvous.task("first"))).toList())
                    .isExactlyInstanceOf(NoSuchElementException.class)
                    .hasMessage("the source broke");
            rendezvous.nobodyStays(executor);
        }
    }

    @Test
    default void p3_outcomes_comeAsTheyEnd() {
        needsWidth(2);
        try (TaskExecutor executor = open(settings().withParallelism(2));
                Rendezvous rendezvous = new Rendezvous()) {
            Stream<Outcome<Object>> outcomes =
                    executor.outcomes(P3Streams.<Object>mixed(rendezvous.task("slow"), new Echo(5)));
            Iterator<Outcome<Object>> iterator = outcomes.iterator();
            assertThat(iterator.next()).isEqualTo(new Outcome.Success<Object>(erased(new Echo(5)), 1, 5));
            rendezvous.next().release();
            assertThat(iterator.next())
                    .isEqualTo(new Outcome.Success<Object>(erased(rendezvous.task("slow")), 0, "slow"));
            assertThat(iterator.hasNext()).isFalse();
        }
    }

    @Test
    default void p3_outcomes_failuresAreValuesAndStopNothing() {
        try (TaskExecutor executor = openOne()) {
            List<Outcome<Integer>> outcomes = executor.outcomes(
                            List.of(new Echo(1), new FailingTask(FailingTask.How.CHECKED, "no"), new Echo(3)))
                    .sorted(Comparator.comparing(Outcome::index))
                    .toList();
            assertThat(outcomes).hasSize(3);
            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>(new Echo(1), 0, 1));
            assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Failure.class, failed -> {
                assertThat(failed.index()).isEqualTo(1);
                assertThat(failed.task()).isEqualTo(new FailingTask(FailingTask.How.CHECKED, "no"));
                assertThat(failed.failure()).hasMessage("no");
            });
            assertThat(outcomes.get(2)).isEqualTo(new Outcome.Success<>(new Echo(3), 2, 3));
        }
    }

    @Test
    default void p3_outcomes_readNothingBeforeTheTerminalOperation() {
        Counted source = new Counted(10);
        try (TaskExecutor executor = open()) {
            Stream<Outcome<Integer>> outcomes = executor.outcomes(source);
            assertThat(source.read.get()).isZero();
            assertThat(executor.snapshot().queued() + executor.snapshot().running())
                    .isZero();
            assertThat(outcomes).hasSize(10);
        }
    }

    @Test
    default void p3_outcomes_pullLazily_onTheConsumersThread() {
        Counted source = new Counted(Integer.MAX_VALUE);
        try (TaskExecutor executor = open();
                Stream<Outcome<Integer>> outcomes = executor.outcomes(source)) {
            Iterator<Outcome<Integer>> iterator = outcomes.iterator();
            for (int i = 0; i < 30; i++) {
                iterator.next();
                assertThat(source.read.get()).isBetween(i + 1, i + 1 + executor.window());
            }
            assertThat(source.readers).containsOnly(Thread.currentThread());
        }
    }

    @Test
    default void p3_outcomes_interruptingTheConsumerCancelsTheRestAndKeepsTheFlag() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            interruptedCancelsTheRest(
                    rendezvous,
                    () -> executor.outcomes(List.of(rendezvous.task("slow"))).toList());
        }
    }

    @Test
    default void p3_outcomes_sourceThatFails_endsThemAndCancelsTheRest() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            assertThatThrownBy(() -> executor.outcomes(breaksAfter(rendezvous.task("first")))
                            .toList())
                    .isExactlyInstanceOf(NoSuchElementException.class)
                    .hasMessage("the source broke");
            rendezvous.nobodyStays(executor);
        }
    }

    @Test
    default void p3_outcomes_closingCancelsTheRest() {
        try (TaskExecutor executor = openOne();
                Rendezvous rendezvous = new Rendezvous()) {
            untilAllAreRead(executor, mixed(new Echo(1), rendezvous.task("rest")), source -> {
                try (Stream<Outcome<Object>> outcomes = executor.outcomes(source)) {
                    assertThat(outcomes.iterator().next().index()).isZero();
                }
                rendezvous.nobodyStays(executor);
            });
        }
    }

    @Test
    default void p3_map_interruptedBeforeItHasAny_isNotTheEnd() {
        try (TaskExecutor executor = open()) {
            Iterable<Echo> interrupting = () -> {
                Thread.currentThread().interrupt();
                return List.of(new Echo(1)).iterator();
            };
            assertThatThrownBy(() -> executor.map(interrupting).toList()).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** In a JVM of its own with 64 MB of heap. */
    @Test
    @Lengthy
    default void p3_map_aMillionTasks_takeConstantMemory() throws Exception {
        int many = many();
        Path output = Files.createTempFile("many-tasks", ".txt");
        try {
            Process program = ChildProgram.of(
                            List.of("-Xmx64m"),
                            ManyTasksProgram.class,
                            strategy().getClass().getName(),
                            String.valueOf(many))
                    .redirectOutput(output.toFile())
                    .start();
            program.getOutputStream().close();
            try {
                program.waitFor();
            } finally {
                program.destroyForcibly();
            }
            assertThat(Files.readString(output))
                    .contains("sum " + (long) many * (many - 1) / 2 + System.lineSeparator());
        } finally {
            Files.delete(output);
        }
    }

    /** Interrupts this thread when the first task has come. */
    private static void interruptedCancelsTheRest(Rendezvous rendezvous, ThrowingCallable consuming) {
        Thread consumer = Thread.currentThread();
        AtomicReference<Rendezvous.Visit> first = new AtomicReference<>();
        Thread interrupter = new Thread(() -> {
            first.set(rendezvous.next());
            consumer.interrupt();
        });
        interrupter.start();
        assertThatThrownBy(consuming).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        Objects.requireNonNull(first.get()).awaitGone();
    }

    private static <T> Iterator<Task<T>> breaksAfter(Task<T> task) {
        return new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Task<T> next() {
                if (first) {
                    first = false;
                    return task;
                }
                throw new NoSuchElementException("the source broke");
            }
        };
    }

    /**
     * Tries it with a source of these tasks, again until it has read them all: a stream that has a result need not read
     * on, and then there was nothing to cancel.
     */
    private static void untilAllAreRead(
            TaskExecutor executor, List<Task<Object>> tasks, Consumer<Iterator<Task<Object>>> attempt) {
        Iterator<Task<Object>> source;
        do {
            source = tasks.iterator();
            attempt.accept(source);
        } while (source.hasNext() && executor.readAhead() > 1);
    }

    /** Tasks of several types as tasks of their common type. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <T> List<Task<T>> mixed(Task<? extends T>... tasks) {
        List<Task<T>> all = new ArrayList<>();
        for (Task<? extends T> task : tasks) {
            all.add(erased(task));
        }
        return all;
    }

    @SuppressWarnings("unchecked") // a task only ever produces its T
    static <T> Task<T> erased(Task<? extends T> task) {
        return (Task<T>) task;
    }

    /** Echoes of 0, 1, 2, ... that count how far they were read, and by whom. */
    final class Counted implements Iterator<Echo> {
        private final int end;
        final AtomicInteger read = new AtomicInteger();
        final List<Thread> readers = new ArrayList<>();
        private final AtomicReference<Thread> last = new AtomicReference<>();

        Counted(int end) {
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return read.get() < end;
        }

        @Override
        public Echo next() {
            Thread reader = Thread.currentThread();
            if (last.getAndSet(reader) != reader) {
                readers.add(reader);
            }
            return new Echo(read.getAndIncrement());
        }
    }
}
