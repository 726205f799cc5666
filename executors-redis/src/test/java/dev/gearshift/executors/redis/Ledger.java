package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.TaskFuture;
import dev.gearshift.executors.WorkerLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What was submitted, and how each ended: as it should, once, and the same for whoever asks by its id. */
final class Ledger {
    /** A result that Redis has sent before it forgot it may be heard so much later. */
    private static final Duration HEARD_LATE = Duration.ofSeconds(3);

    private final String run;
    private final List<Line> lines = new ArrayList<>();

    /** How one ended. */
    private enum End {
        DONE,
        FAILED,
        DEAD,
        CANCELLED,
        WRONG
    }

    private record Line(Chore chore, TaskFuture<Integer> future, AtomicLong endedAt) {
        @Override
        public String toString() {
            return chore + " as " + future.reference();
        }
    }

    Ledger(String run) {
        this.run = run;
    }

    void enter(Chore chore, TaskFuture<Integer> future) {
        Line line = new Line(chore, future, new AtomicLong());
        CompletableFuture<?> unused =
                future.whenComplete((value, failure) -> line.endedAt().set(System.nanoTime()));
        lines.add(line);
    }

    /** One that is meant for it. */
    void cancelOne(Random random) {
        List<Line> candidates = lines.stream()
                .skip(Math.max(0, lines.size() - 200))
                .filter(line -> line.chore().kind() == Chore.Kind.CANCELLED)
                .toList();
        if (!candidates.isEmpty()) {
            candidates.get(random.nextInt(candidates.size())).future().cancel(random.nextBoolean());
        }
    }

    void awaitAll(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (Line line : lines) {
            try {
                line.future()
                        .handle((value, failure) -> true)
                        .get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError(run + ": " + line + " does not end; it is one of "
                        + lines.stream()
                                .filter(other -> !other.future().isDone())
                                .count());
            } catch (ExecutionException e) {
                throw new AssertionError(run, e);
            }
        }
    }

    /** @param forgotAt when Redis has lost its memory for the last time, in terms of {@code nanoTime}, or the beginning */
    void check(RedisQueue queue, long forgotAt) {
        Map<End, Integer> ends = new EnumMap<>(End.class);
        int kept = 0;
        for (Line line : lines) {
            End end = end(line);
            ends.merge(end, 1, Integer::sum);
            assertThat(end).as("%s: %s", run, line).isIn(expected(line.chore().kind()));
            TaskState<Integer> state = queue.state(line.future().reference(), Chore.class);
            boolean keeps = line.endedAt().get() - forgotAt > HEARD_LATE.toNanos();
            if (state instanceof TaskState.Unknown) {
                assertThat(keeps && line.chore().kind() != Chore.Kind.CANCELLED)
                        .as("%s: no result of %s", run, line)
                        .isFalse();
            } else if (line.chore().kind() != Chore.Kind.CANCELLED) {
                kept++;
                assertThat(end(state, line))
                        .as("%s: recorded for %s: %s", run, line, state)
                        .isEqualTo(end);
            }
        }
        System.getLogger(Ledger.class.getName())
                .log(System.Logger.Level.INFO, "{0}: {1}, {2} results kept", run, ends, kept);
        assertThat(kept).as(run).isPositive();
    }

    private static List<End> expected(Chore.Kind kind) {
        return switch (kind) {
            case WELL, RETRIED -> List.of(End.DONE);
            case FAILING -> List.of(End.FAILED);
            case POISON -> List.of(End.DEAD);
            case CANCELLED -> List.of(End.CANCELLED, End.DONE);
        };
    }

    private static End end(Line line) {
        try {
            return done(line.future().get(0, TimeUnit.SECONDS), line);
        } catch (CancellationException e) {
            return End.CANCELLED;
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNull(e.getCause()), line);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static End end(TaskState<Integer> state, Line line) {
        if (state instanceof TaskState.Succeeded<Integer> done) {
            return done(done.value(), line);
        }
        if (state instanceof TaskState.Failed<Integer> failed) {
            return failed(failed.failure(), line);
        }
        return state instanceof TaskState.Cancelled ? End.CANCELLED : End.WRONG;
    }

    /** Each returns its own number, so that one is not taken for another. */
    private static End done(Integer value, Line line) {
        return value.equals(line.chore().number()) ? End.DONE : End.WRONG;
    }

    private static End failed(Throwable failure, Line line) {
        if (failure instanceof WorkerLostException) {
            return String.valueOf(failure.getMessage()).contains(line.future().reference()) ? End.DEAD : End.WRONG;
        }
        return failure instanceof IllegalStateException
                        && ("chore " + line.chore().number()).equals(failure.getMessage())
                ? End.FAILED
                : End.WRONG;
    }
}
