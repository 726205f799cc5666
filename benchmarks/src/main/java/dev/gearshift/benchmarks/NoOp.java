package dev.gearshift.benchmarks;

import dev.gearshift.executors.Task;

/** Nothing, as a task. */
public record NoOp(int number) implements Task<Integer> {
    private static final Integer RESULT = 1;

    @Override
    public Integer call() {
        return RESULT;
    }
}
