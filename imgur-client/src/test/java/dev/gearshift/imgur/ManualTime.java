package dev.gearshift.imgur;

import dev.gearshift.imgur.internal.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock and a timer that go on when they are told to. */
final class ManualTime extends Clock implements Timer {
    private record Due(Instant at, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable action) {
        Due entry = new Due(now.plus(delay), action);
        due.add(entry);
        return () -> forget(entry);
    }

    private synchronized void forget(Due entry) {
        due.remove(entry);
    }

    /** How long until the next action; empty if there is none. */
    synchronized Optional<Duration> untilNext() {
        return due.stream().map(Due::at).min(Comparator.naturalOrder()).map(at -> Duration.between(now, at));
    }

    /** Runs what is due by then, in order, each at its time. */
    void advance(Duration by) {
        Instant end = instant().plus(by);
        while (true) {
            Due next;
            synchronized (this) {
                next = due.stream()
                        .filter(entry -> !entry.at.isAfter(end))
                        .min(Comparator.comparing(Due::at))
                        .orElse(null);
                if (next == null) {
                    now = end;
                    return;
                }
                now = next.at.isAfter(now) ? next.at : now;
                due.remove(next);
            }
            next.action.run();
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
