package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Task;

/**
 * Returns its argument.
 *
 * @param value what it returns
 */
public record Echo(int value) implements Task<Integer> {
    @Override
    public Integer call() {
        return value;
    }
}
