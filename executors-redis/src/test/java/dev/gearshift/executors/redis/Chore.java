package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;
import dev.gearshift.executors.TaskContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One of many.
 *
 * @param number what it returns
 * @param kind how it ends
 * @param millis how long it takes
 */
record Chore(int number, Kind kind, int millis) implements Task<Integer> {
    /** How one ends. */
    enum Kind {
        /** It returns. */
        WELL,
        /** It throws. */
        FAILING,
        /** It throws in its first attempt. */
        RETRIED,
        /** It takes its JVM with it. */
        POISON,
        /** It would return, and is cancelled. */
        CANCELLED
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean early = millis > 0 && new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        switch (kind) {
            case FAILING -> throw new IllegalStateException("chore " + number);
            case RETRIED -> {
                if (TaskContext.current().attempt() == 1) {
                    throw new IllegalStateException("chore " + number);
                }
            }
            case POISON -> Runtime.getRuntime().halt(3);
            default -> {}
        }
        return early ? -1 : number;
    }
}
