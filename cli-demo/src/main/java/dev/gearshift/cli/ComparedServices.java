package dev.gearshift.cli;

import dev.gearshift.executors.ConcurrencyStrategies;
import java.util.List;
import java.util.Map;

/** What strategies need beside this program to be compared, started if they are. */
final class ComparedServices implements AutoCloseable {
    private final Runnable end;
    private final Map<String, String> missing;

    private ComparedServices(Runnable end, Map<String, String> missing) {
        this.end = end;
        this.missing = missing;
    }

    /**
     * Starts it.
     *
     * @param only the ids of the strategies; all if there are none
     */
    static ComparedServices start(List<String> only) {
        boolean compared = (only.isEmpty() || only.contains("redis"))
                && ConcurrencyStrategies.installed().byId("redis").isPresent();
        if (!compared) {
            return new ComparedServices(() -> {}, Map.of());
        }
        try {
            return new ComparedServices(ComparedRedis.start()::close, Map.of());
        } catch (IllegalStateException e) {
            return new ComparedServices(() -> {}, Map.of("redis", String.valueOf(e.getMessage())));
        }
    }

    /** Why a strategy cannot be compared here, by its id. */
    Map<String, String> missing() {
        return missing;
    }

    @Override
    public void close() {
        end.run();
    }
}
