package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;
import java.io.FileNotFoundException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * Fails in a way of the caller's choice.
 *
 * @param how the way
 * @param message the message of the failure
 */
public record FailingTask(How how, String message) implements Task<Integer> {
    /** What it throws. */
    public enum How {
        /** A {@link FileNotFoundException}. */
        CHECKED,
        /** An {@link IllegalStateException} with an {@link ArithmeticException} as its cause. */
        UNCHECKED_WITH_CAUSE,
        /** An {@link AssertionError}. */
        ERROR,
        /** A {@link StackOverflowError}, a real one. */
        STACK_OVERFLOW,
        /** A {@link TimeoutException}, the task's own. */
        TIMEOUT,
        /** A {@link CancellationException}, the task's own. */
        CANCELLATION,
        /** A {@link CompletionException} with an {@link ArithmeticException} as its cause. */
        COMPLETION
    }

    @Override
    public Integer call() throws Exception {
        switch (how) {
            case CHECKED -> throw new FileNotFoundException(message);
            case UNCHECKED_WITH_CAUSE -> throw new IllegalStateException(message, new ArithmeticException("the cause"));
            case ERROR -> throw new AssertionError(message);
            case TIMEOUT -> throw new TimeoutException(message);
            case CANCELLATION -> throw new CancellationException(message);
            case COMPLETION -> throw new CompletionException(message, new ArithmeticException("the cause"));
            case STACK_OVERFLOW -> {
                return deeper(0);
            }
        }
        throw new AssertionError(how);
    }

    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }
}
