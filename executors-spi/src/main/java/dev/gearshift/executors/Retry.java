package dev.gearshift.executors;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a failed task is tried again. A timeout or a cancellation is final: the work may still be running.
 *
 * @param attempts how often the task may start in all because of its own failures; 1 for no retry
 * @param backoff the wait before the second attempt; doubled for each further one. Half of each wait is random, so that
 *     many tasks that failed together do not come back together
 * @param maxBackoff no wait is longer
 * @param on the failures that are worth another attempt; a subclass counts
 * @param lostWorkers how often the task may start again because its worker died; 0 for never, as the task may have
 *     done its work already. Matters only where workers can die apart from this JVM
 */
public record Retry(
        int attempts, Duration backoff, Duration maxBackoff, List<Class<? extends Throwable>> on, int lostWorkers) {
    private static final Retry NONE = new Retry(1, Duration.ZERO, Duration.ZERO, List.of(), 0);

    /** Checks the ranges. */
    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be 1 or more, but is " + attempts + ".");
        }
        if (lostWorkers < 0) {
            throw new IllegalArgumentException("lostWorkers must be 0 or more, but is " + lostWorkers + ".");
        }
        if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException("backoff must not be negative nor above maxBackoff, but is "
                    + DurationText.of(backoff) + " of at most " + DurationText.of(maxBackoff) + ".");
        }
        on = List.copyOf(on);
    }

    /** No retry. */
    public static Retry none() {
        return NONE;
    }

    /** Up to {@code attempts} attempts on any {@link Exception}, 100 ms apart at first and at most 10 s. */
    public static Retry upTo(int attempts) {
        return new Retry(attempts, Duration.ofMillis(100), Duration.ofSeconds(10), List.of(Exception.class), 0);
    }

    /** The same with other waits. */
    public Retry withBackoff(Duration first, Duration longest) {
        return new Retry(attempts, first, longest, on, lostWorkers);
    }

    /** The same, for these failures only. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final Retry on(Class<? extends Throwable>... failures) {
        return new Retry(attempts, backoff, maxBackoff, List.of(failures), lostWorkers);
    }

    /** The same, and started again up to {@code times} times when its worker dies. */
    public Retry onLostWorker(int times) {
        return new Retry(attempts, backoff, maxBackoff, on, times);
    }

    /** Whether a task that failed like this in that attempt (from 1) is to be tried again. */
    public boolean again(int attempt, Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        if (attempt >= attempts) {
            return false;
        }
        for (Class<? extends Throwable> type : on) {
            if (type.isInstance(failure)) {
                return true;
            }
        }
        return false;
    }

    /** How long to wait after that failed attempt (from 1), in nanoseconds. */
    public long backoffNanos(int attempt) {
        long full = nanos(maxBackoff);
        long first = nanos(backoff);
        int doublings = attempt - 1;
        if (first == 0) {
            return 0;
        }
        if (doublings < Long.numberOfLeadingZeros(first) - 1) {
            full = Math.min(full, first << doublings);
        }
        return full / 2 + ThreadLocalRandom.current().nextLong(full - full / 2 + 1);
    }

    /** 292 years at most, which is all that nanoseconds can say. */
    private static long nanos(Duration duration) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        return duration.compareTo(longest) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
