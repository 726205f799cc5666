package dev.gearshift.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which queue, and where. */
final class QueueOptions {
    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Option(
            names = {"-q", "--queue"},
            paramLabel = "QUEUE",
            description = "Its name. Default: default.")
    private @Nullable String queue;

    /** Its name, null for the default one; from now on settings have the Redis that was named. */
    @Nullable
    String queue() {
        redis.apply();
        return queue;
    }
}
