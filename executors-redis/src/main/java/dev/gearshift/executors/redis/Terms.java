package dev.gearshift.executors.redis;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.TaskOptions;
import dev.gearshift.executors.wire.WireLimits;
import dev.gearshift.executors.wire.WireType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a task is to be run, as workers hear it.
 *
 * @param number the number that its executor gave it
 * @param timeout how long an attempt may run; null for no limit
 * @param attempts how often it may start because of its own failures
 * @param backoff the wait before the second attempt
 * @param maxBackoff the longest wait
 * @param retryOn the names of the classes of failures that are worth another attempt
 * @param redeliveries how often it may start again because its worker was lost
 * @param told whether its submitter wants to hear at once when it starts, and how far it is
 */
record Terms(
        long number,
        @Nullable Duration timeout,
        int attempts,
        Duration backoff,
        Duration maxBackoff,
        List<String> retryOn,
        int redeliveries,
        boolean told) {
    private static final WireType<Terms> TYPE = WireType.of(Terms.class);
    private static final WireLimits LIMITS = new WireLimits(16 * 1024, 10);

    /** Checks what a worker relies on. */
    Terms {
        if (number < 0
                || attempts < 1
                || redeliveries < 0
                || backoff.isNegative()
                || maxBackoff.compareTo(backoff) < 0
                || (timeout != null && timeout.compareTo(Duration.ZERO) <= 0)) {
            throw new IllegalArgumentException("terms out of range");
        }
        retryOn = List.copyOf(retryOn);
    }

    static Terms of(long number, TaskOptions options, int redeliveries, boolean told) {
        Retry retry = options.retry();
        return new Terms(
                number,
                options.timeout(),
                retry.attempts(),
                retry.backoff(),
                retry.maxBackoff(),
                retry.on().stream().map(Class::getName).toList(),
                Math.max(redeliveries, retry.lostWorkers()),
                told);
    }

    byte[] encode() {
        return TYPE.encode(this, LIMITS);
    }

    static Terms decode(byte[] bytes) {
        return Objects.requireNonNull(TYPE.decode(bytes, LIMITS), "terms");
    }

    /**
     * Whether a task that has failed so often is tried again.
     *
     * @param classes the names of the latest failure's class and of those above it
     */
    boolean again(int failures, List<String> classes) {
        return failures < attempts && retryOn.stream().anyMatch(classes::contains);
    }

    /** How long to wait after that many failures. */
    Duration backoff(int failures) {
        return Duration.ofNanos(new Retry(attempts, backoff, maxBackoff, List.of(), 0).backoffNanos(failures));
    }
}
