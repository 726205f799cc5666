package dev.gearshift.executors;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work. A record whose components are its arguments runs under every strategy:
 *
 * <pre>{@code
 * record Square(int n) implements Task<Integer> {
 *     public Integer call() {
 *         return n * n;
 *     }
 * }
 * }</pre>
 *
 * <p>A lambda is a task too, and runs wherever the strategy stays in this JVM ({@link Capability#RUNS_LAMBDAS}).
 *
 * <p>Where a task reads or writes files, the worker does it: on another machine that is the other machine's disk.
 *
 * @param <T> what the task returns; may be nullable
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T> {
    /**
     * Does the work. Called once for each attempt, on a thread of the strategy's. An interrupt asks it to stop.
     *
     * @throws Exception whatever went wrong; it reaches the caller as the failure of this task alone
     */
    @Override
    T call() throws Exception;
}
