package dev.gearshift.imgur.internal;

import java.time.Duration;

/** Notices when nothing has moved for a time. Where nobody tells that something moved, that is the time since the start. */
public final class StallWatch {
    private final Timer timer;
    private final Duration limit;
    private volatile long movedAt = System.nanoTime();
    private volatile boolean over;
    private volatile Runnable off = () -> {};

    /** One that does not look yet. */
    public StallWatch(Timer timer, Duration limit) {
        this.timer = timer;
        this.limit = limit;
    }

    /** Something moved. */
    public void moved() {
        movedAt = System.nanoTime();
    }

    /**
     * Starts to look.
     *
     * @param stalled what to do, once, if nothing moves
     */
    public void start(Runnable stalled) {
        look(limit, stalled);
    }

    /** The time is not set anew for each move: when it is over, what moved meanwhile counts. */
    private void look(Duration in, Runnable stalled) {
        off = timer.after(in, () -> {
            Duration left = limit.minusNanos(System.nanoTime() - movedAt);
            if (left.isNegative() || left.isZero()) {
                stalled.run();
            } else if (!over) {
                look(left, stalled);
            }
        });
        if (over) {
            off.run();
        }
    }

    /** Looks no more. */
    public void stop() {
        over = true;
        off.run();
    }
}
