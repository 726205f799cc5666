package dev.gearshift.executors.testkit;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A view with an idea of its own of how long one of its methods is to wait. */
final class OtherTime extends LyingService {
    /** Which method. */
    enum Where {
        GET,
        AWAIT_TERMINATION,
        INVOKE_ANY,
        INVOKE_ALL
    }

    /** How long, in nanoseconds. */
    interface Idea {
        long of(long timeout, TimeUnit unit);
    }

    private final Where where;
    private final Idea idea;

    OtherTime(ExecutorService honest, Where where, Idea idea) {
        super(honest);
        this.where = where;
        this.idea = idea;
    }

    private long nanos(Where here, long timeout, TimeUnit unit) {
        return here == where ? idea.of(timeout, unit) : unit.toNanos(timeout);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return new LyingResult<>(super.submit(task)) {
            @Override
            public T get(long timeout, TimeUnit unit)
                    throws InterruptedException, ExecutionException, TimeoutException {
                return super.get(nanos(Where.GET, timeout, unit), TimeUnit.NANOSECONDS);
            }
        };
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return super.awaitTermination(nanos(Where.AWAIT_TERMINATION, timeout, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return super.invokeAny(tasks, nanos(Where.INVOKE_ANY, timeout, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return super.invokeAll(tasks, nanos(Where.INVOKE_ALL, timeout, unit), TimeUnit.NANOSECONDS);
    }
}
