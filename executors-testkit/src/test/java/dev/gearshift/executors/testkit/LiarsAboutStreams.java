package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Outcome;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskExecutor;
import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Promise 3. */
final class LiarsAboutStreams {
    private LiarsAboutStreams() {}

    static List<Liar> all() {
        return List.of(
                Liar.of("two results far back are swapped", "p3_map_keepsTheOrder", Swapping::new),
                new Liar(
                        "a stream keeps what it has given",
                        Set.of("p3_map_aMillionTasks_takeConstantMemory"),
                        KeepsAll::new,
                        Duration.ofSeconds(15)),
                Liar.of("no tasks give one result", "p3_map_takesStreamIterableAndIterator", NeverEmpty::new),
                Liar.of(
                        "map reads one task at once",
                        "p3_map_readsNothingBeforeTheTerminalOperation",
                        (honest, settings) -> new ReadingMap(honest, settings, LiarsAboutStreams::withFirstRead)),
                Liar.of(
                        "map reads far ahead",
                        "p3_map_pullsLazily_onTheConsumersThread",
                        (honest, settings) -> new ReadingMap(honest, settings, LiarsAboutStreams::readToTheEnd)),
                Liar.of(
                        "map reads its source on another thread",
                        "p3_map_pullsLazily_onTheConsumersThread",
                        (honest, settings) -> new ReadingMap(honest, settings, LiarsAboutStreams::readElsewhere)),
                deafMap("a failure leaves the rest running", "p3_map_firstFailureEndsItAndCancelsTheRest", "third"),
                deafMap("closing map leaves the rest running", "p3_map_closingCancelsTheRest", "rest"),
                Liar.of(
                        "an interrupt ends a stream as if it were the end",
                        "p3_map_interruptedBeforeItHasAny_isNotTheEnd",
                        (honest, settings) -> new LyingExecutor(honest, settings) {
                            @Override
                            public <T extends @Nullable Object> Stream<T> map(
                                    Iterable<? extends Task<T>> tasks, TaskOptions options) {
                                if (tasks instanceof List) {
                                    return super.map(tasks, options);
                                }
                                Iterator<? extends Task<T>> source = tasks.iterator();
                                return Thread.currentThread().isInterrupted()
                                        ? Stream.empty()
                                        : super.map(source, options);
                            }
                        }),
                deafMap(
                        "an interrupt leaves the rest running",
                        "p3_map_interruptingTheConsumerCancelsTheRestAndKeepsTheFlag",
                        "slow"),
                deafMap(
                        "a source that fails leaves the rest running",
                        "p3_map_sourceThatFails_endsItAndCancelsTheRest",
                        "first"),
                Liar.of("a source stays open", "p3_closing_closesTheSource", LeavesOpen::new),
                Liar.of("results come as they end", "p3_map_keepsTheOrder_whateverEndsFirst", AsTheyEnd::new),
                Liar.of("outcomes come in the order of the tasks", "p3_outcomes_comeAsTheyEnd", InOrder::new),
                Liar.of(
                        "a failure names another task",
                        "p3_outcomes_failuresAreValuesAndStopNothing",
                        MisnamesFailures::new),
                Liar.of(
                        "outcomes read one task at once",
                        "p3_outcomes_readNothingBeforeTheTerminalOperation",
                        (honest, settings) -> new ReadingOutcomes(honest, settings, LiarsAboutStreams::withFirstRead)),
                Liar.of(
                        "outcomes read far ahead",
                        "p3_outcomes_pullLazily_onTheConsumersThread",
                        (honest, settings) -> new ReadingOutcomes(honest, settings, LiarsAboutStreams::readToTheEnd)),
                Liar.of(
                        "outcomes read their source on another thread",
                        "p3_outcomes_pullLazily_onTheConsumersThread",
                        (honest, settings) -> new ReadingOutcomes(honest, settings, LiarsAboutStreams::readElsewhere)),
                deafOutcomes("closing outcomes leaves the rest running", "p3_outcomes_closingCancelsTheRest", "rest"),
                deafOutcomes(
                        "an interrupt leaves the rest of outcomes running",
                        "p3_outcomes_interruptingTheConsumerCancelsTheRestAndKeepsTheFlag",
                        "slow"),
                deafOutcomes(
                        "a source that fails leaves the rest of outcomes running",
                        "p3_outcomes_sourceThatFails_endsThemAndCancelsTheRest",
                        "first"));
    }

    private static Liar deafOutcomes(String lie, String caughtBy, String name) {
        return Liar.of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
                    Iterable<? extends Task<T>> tasks, TaskOptions options) {
                return new DeafStreams(honest, settings, name).outcomes(tasks, options);
            }

            @Override
            public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
                    Iterator<? extends Task<T>> tasks, TaskOptions options) {
                return new DeafStreams(honest, settings, name).outcomes(tasks, options);
            }
        });
    }

    private static Liar deafMap(String lie, String caughtBy, String name) {
        return Liar.of(lie, caughtBy, (honest, settings) -> new LyingExecutor(honest, settings) {
            @Override
            public <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks, TaskOptions options) {
                return new DeafStreams(honest, settings, name).map(tasks, options);
            }

            @Override
            public <T extends @Nullable Object> Stream<T> map(Iterator<? extends Task<T>> tasks, TaskOptions options) {
                return new DeafStreams(honest, settings, name).map(tasks, options);
            }
        });
    }

    private static final class Swapping extends LyingExecutor {
        Swapping(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<T> map(Stream<? extends Task<T>> tasks, TaskOptions options) {
            List<Task<T>> all = new ArrayList<>(tasks.toList());
            if (all.size() > 151) {
                Collections.swap(all, 150, 151);
            }
            return super.map(all, options).onClose(tasks::close);
        }
    }

    private static final class LeavesOpen extends LyingExecutor {
        LeavesOpen(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<T> map(Stream<? extends Task<T>> tasks, TaskOptions options) {
            return super.map(tasks.iterator(), options);
        }
    }

    private static final class NeverEmpty extends LyingExecutor {
        NeverEmpty(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks, TaskOptions options) {
            return tasks.iterator().hasNext() ? super.map(tasks, options) : Stream.of((T) null);
        }
    }

    /** How a source is read. */
    private interface Way {
        <E> Iterator<E> of(Iterator<E> source);
    }

    private static final class ReadingOutcomes extends LyingExecutor {
        private final Way way;

        ReadingOutcomes(TaskExecutor honest, StrategySettings settings, Way way) {
            super(honest, settings);
            this.way = way;
        }

        @Override
        public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
                Iterator<? extends Task<T>> tasks, TaskOptions options) {
            return super.outcomes(way.of(tasks), options);
        }
    }

    private static final class ReadingMap extends LyingExecutor {
        private final Way way;

        ReadingMap(TaskExecutor honest, StrategySettings settings, Way way) {
            super(honest, settings);
            this.way = way;
        }

        @Override
        public <T extends @Nullable Object> Stream<T> map(Iterator<? extends Task<T>> tasks, TaskOptions options) {
            return super.map(way.of(tasks), options);
        }
    }

    private static <E> Iterator<E> withFirstRead(Iterator<E> source) {
        Iterator<E> first = List.of(source.next()).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || source.hasNext();
            }

            @Override
            public E next() {
                return first.hasNext() ? first.next() : source.next();
            }
        };
    }

    private static <E> Iterator<E> readToTheEnd(Iterator<E> source) {
        ArrayDeque<E> read = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (read.size() < 1_000 && source.hasNext()) {
                    read.add(source.next());
                }
                return !read.isEmpty();
            }

            @Override
            public E next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return read.remove();
            }
        };
    }

    private static <E> Iterator<E> readElsewhere(Iterator<E> source) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public E next() {
                try {
                    return CompletableFuture.supplyAsync(source::next).join();
                } catch (CompletionException e) {
                    throw (RuntimeException) e.getCause();
                }
            }
        };
    }

    private static final class AsTheyEnd extends LyingExecutor {
        AsTheyEnd(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<T> map(Iterable<? extends Task<T>> tasks, TaskOptions options) {
            return tasks instanceof List<?> list && list.size() > 1 && list.get(1) instanceof WaitingTask
                    ? super.outcomes(tasks, options).map(outcome -> ((Outcome.Success<T>) outcome).value())
                    : super.map(tasks, options);
        }
    }

    private static final class InOrder extends LyingExecutor {
        InOrder(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
                Iterable<? extends Task<T>> tasks, TaskOptions options) {
            Iterator<? extends Task<T>> read = tasks.iterator();
            Task<?> first = read.next();
            if (!isWaiting(first, "slow") || !read.hasNext()) {
                return super.outcomes(tasks, options);
            }
            List<TaskFuture<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(submit(task, options)));
            return futures.stream()
                    .map(future -> new Outcome.Success<>(future.task(), futures.indexOf(future), future.join()));
        }
    }

    private static final class MisnamesFailures extends LyingExecutor {
        MisnamesFailures(TaskExecutor honest, StrategySettings settings) {
            super(honest, settings);
        }

        @Override
        public <T extends @Nullable Object> Stream<Outcome<T>> outcomes(
                Iterable<? extends Task<T>> tasks, TaskOptions options) {
            Task<T> first = tasks.iterator().next();
            return super.outcomes(tasks, options)
                    .map(outcome -> outcome instanceof Outcome.Failure<T> failure
                            ? new Outcome.Failure<>(first, failure.index(), failure.failure())
                            : outcome);
        }
    }
}
