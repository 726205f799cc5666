package dev.gearshift.executors.processes;

import dev.gearshift.executors.WorkerLostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many workers crashed lately, and whether that is too many. Not thread-safe. */
final class CrashLimit {
    private final int limit;
    private final Duration window;

    /** When, in {@code System.nanoTime}. */
    private final ArrayDeque<Long> crashes = new ArrayDeque<>();

    private @Nullable WorkerLostException latest;

    CrashLimit(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
    }

    void crashed(long now, @Nullable WorkerLostException how) {
        crashes.add(now);
        if (how != null) {
            latest = how;
        }
        forget(now);
    }

    boolean isReached(long now) {
        forget(now);
        return limit > 0 && crashes.size() >= limit;
    }

    private void forget(long now) {
        while (!crashes.isEmpty()
                && (now - crashes.peek() > TimeUnit.NANOSECONDS.convert(window)
                        || crashes.size() > Math.max(1, limit))) {
            crashes.poll();
        }
    }

    CrashLimitException exception(Errand errand) {
        return new CrashLimitException(
                "Not started, " + errand + ": " + limit + " workers crashed within "
                        + TimeUnit.MILLISECONDS.convert(window)
                        + " ms, so the pool starts no more until that is past. Mend what crashes them, or set"
                        + " gearshift.processes.crashLimit higher (0 for no limit).",
                latest);
    }
}
