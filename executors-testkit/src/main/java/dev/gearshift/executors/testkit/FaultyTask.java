package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;

/**
 * Goes wrong at one of the five steps of a task that leaves its JVM: written there, read elsewhere, run, its result
 * written there, and read here again.
 *
 * @param step when it goes wrong
 * @param bomb what does
 */
public record FaultyTask(Step step, Bomb bomb) implements Task<FaultyTask.Bomb> {
    /** A step of a task that leaves its JVM. */
    public enum Step {
        /** Here, when it is submitted. */
        TASK_WRITTEN,
        /** In the worker, before it runs. */
        TASK_READ,
        /** In the worker. */
        BODY,
        /** In the worker, when it has returned. */
        RESULT_WRITTEN,
        /** Here, before the future completes. */
        RESULT_READ
    }

    /** A task that goes wrong in that way at that step. */
    static FaultyTask at(Step step, Fault fault) {
        long home = ProcessHandle.current().pid();
        return new FaultyTask(step, new Bomb(home, step, fault, false));
    }

    @Override
    public Bomb call() {
        if (step == Step.BODY) {
            bomb.fault().strike();
        }
        return new Bomb(bomb.home(), step, bomb.fault(), true);
    }

    /**
     * Goes off when it is written or read.
     *
     * @param home the process that submits the task
     * @param step when
     * @param fault how
     * @param isResult whether this is the result of the task, or a part of the task
     */
    public record Bomb(long home, Step step, Fault fault, boolean isResult) {
        /** Made or read. */
        public Bomb {
            boolean here = home == ProcessHandle.current().pid();
            if (step == (isResult ? Step.RESULT_READ : Step.TASK_READ) && here == isResult) {
                fault.strike();
            }
        }

        /** Asked for when it is written. */
        @Override
        public boolean isResult() {
            boolean here = home == ProcessHandle.current().pid();
            if (step == (isResult ? Step.RESULT_WRITTEN : Step.TASK_WRITTEN) && here != isResult) {
                fault.strike();
            }
            return isResult;
        }
    }
}
