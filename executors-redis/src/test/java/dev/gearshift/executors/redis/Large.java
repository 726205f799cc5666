package dev.gearshift.executors.redis;

import dev.gearshift.executors.Task;

/**
 * Has a result that is not sent along with the answer.
 *
 * @param length of it
 */
record Large(int length) implements Task<String> {
    @Override
    public String call() {
        return "x".repeat(length);
    }
}
