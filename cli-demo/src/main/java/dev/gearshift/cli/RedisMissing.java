package dev.gearshift.cli;

import java.util.concurrent.Callable;

/** What is said where the command was put together without the strategy {@code redis}. */
final class RedisMissing {
    private RedisMissing() {}

    /** Does what needs it. */
    static <T> T refusedUnlessThere(Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (NoClassDefFoundError e) {
            throw new UsageException("This needs the artifact executors-redis, which is not on the class path.", e);
        }
    }
}
