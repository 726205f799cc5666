package dev.gearshift.cli;

/** What is said where the command was put together without the strategy {@code redis}. */
final class RedisMissing {
    private RedisMissing() {}

    static UsageException usage(NoClassDefFoundError cause) {
        return new UsageException("This needs the artifact executors-redis, which is not on the class path.", cause);
    }
}
