package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;

/**
 * Quick.
 *
 * @param number which it doubles
 */
record Doubled(int number) implements Task<Integer> {
    @Override
    public Integer call() {
        return 2 * number;
    }
}
