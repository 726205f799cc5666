package dev.gearshift.executors.testkit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does what an honest future of a view does, where a liar does not say otherwise. */
class LyingResult<T extends @Nullable Object> implements Future<T> {
    final Future<T> honest;

    LyingResult(Future<T> honest) {
        this.honest = honest;
    }

    @Override
    public boolean cancel(boolean interrupt) {
        return honest.cancel(interrupt);
    }

    @Override
    public boolean isCancelled() {
        return honest.isCancelled();
    }

    @Override
    public boolean isDone() {
        return honest.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return honest.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return honest.get(timeout, unit);
    }
}
