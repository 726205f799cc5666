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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What was submitted, and how each ended: as it should, once, and the same for whoever asks by its id. */
final class Ledger {
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

    private record Line(Chore chore, TaskFuture<Integer> future) {}

    Ledger(String run) {
        this.run = run;
    }

    void enter(Chore chore, TaskFuture<Integer> future) {
        lines.add(new Line(chore, future));
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

    /** @param forgetful whether Redis has lost its memory now and then */
    void check(RedisQueue queue, boolean forgetful) {
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (Line line : lines) {
            End end = end(line.future());
            ends.merge(end, 1, Integer::sum);
            assertThat(end).as("%s: %s", run, line).isIn(expected(line.chore().kind()));
            String reference = line.future().reference();
            TaskState<Integer> state = queue.state(reference, Chore.class);
            if (state instanceof TaskState.Unknown) {
                assertThat(forgetful || line.chore().kind() == Chore.Kind.CANCELLED)
                        .as("%s: no result of %s", run, line)
                        .isTrue();
            } else if (line.chore().kind() != Chore.Kind.CANCELLED) {
                assertThat(end(state))
                        .as("%s: recorded for %s: %s", run, line, state)
                        .isEqualTo(end);
            }
        }
        System.getLogger(Ledger.class.getName()).log(System.Logger.Level.INFO, "{0}: {1}", run, ends);
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(lines.size());
    }

    private static List<End> expected(Chore.Kind kind) {
        return switch (kind) {
            case WELL, RETRIED -> List.of(End.DONE);
            case FAILING -> List.of(End.FAILED);
            case POISON -> List.of(End.DEAD);
            case CANCELLED -> List.of(End.CANCELLED, End.DONE);
        };
    }

    private static End end(TaskFuture<Integer> future) {
        try {
            return future.get(0, TimeUnit.SECONDS) >= 0 ? End.DONE : End.WRONG;
        } catch (CancellationException e) {
            return End.CANCELLED;
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static End end(TaskState<Integer> state) {
        if (state instanceof TaskState.Succeeded<Integer> done) {
            return done.value() >= 0 ? End.DONE : End.WRONG;
        }
        if (state instanceof TaskState.Failed<Integer> failed) {
            return failed(failed.failure());
        }
        return state instanceof TaskState.Cancelled ? End.CANCELLED : End.WRONG;
    }

    private static End failed(Throwable failure) {
        if (failure instanceof WorkerLostException) {
            return End.DEAD;
        }
        return failure instanceof IllegalStateException ? End.FAILED : End.WRONG;
    }
}
