package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pauses that last no time and are remembered. */
final class RecordingPauses implements Timer {
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public Runnable after(Duration delay, Runnable action) {
        pauses.add(delay);
        action.run();
        return () -> {};
    }

    List<Duration> all() {
        return pauses;
    }
}
