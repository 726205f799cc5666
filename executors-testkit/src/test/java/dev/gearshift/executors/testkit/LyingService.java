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

/** Does what an honest view does, where a liar does not say otherwise. */
class LyingService implements ExecutorService, AutoCloseable {
    final ExecutorService honest;

    LyingService(ExecutorService honest) {
        this.honest = honest;
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return honest.submit(task);
    }

    @Override
    public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
        return honest.submit(task, result);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return honest.submit(task);
    }

    @Override
    public void execute(Runnable task) {
        honest.execute(task);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
            throws InterruptedException {
        return honest.invokeAll(tasks);
    }

    @Override
    public <T extends @Nullable Object> List<Future<T>> invokeAll(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        return honest.invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        return honest.invokeAny(tasks);
    }

    @Override
    public <T extends @Nullable Object> T invokeAny(
            Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return honest.invokeAny(tasks, timeout, unit);
    }

    @Override
    public void shutdown() {
        honest.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return honest.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return honest.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return honest.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return honest.awaitTermination(timeout, unit);
    }

    @Override
    public void close() {
        try {
            ((AutoCloseable) honest).close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
