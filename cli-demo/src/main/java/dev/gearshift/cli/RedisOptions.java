package dev.gearshift.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Redis is. */
final class RedisOptions {
    @Option(
            names = "--redis",
            paramLabel = "URI",
            description =
                    "The Redis of the strategy redis: redis://[[USER:]PASSWORD@]HOST[:PORT], or rediss:// for TLS."
                            + " Default: GEARSHIFT_REDIS_URI, else redis://localhost:6379.")
    private @Nullable String uri;

    /** From now on the settings have it; strategies read them when they are looked for. */
    void apply() {
        if (uri != null) {
            System.setProperty("gearshift.redis.uri", uri);
        }
    }
}
