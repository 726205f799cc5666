package dev.gearshift.imgur.simulator;

import java.util.concurrent.atomic.AtomicLong;

/** The memory for bodies of requests that are being read, all connections together. Thread-safe. */
final class BodyRoom {

    private static final long ALL_BYTES = 64L << 20;

    private final AtomicLong taken = new AtomicLong();
    private final long oneBody;

    /** With that much, at most, for one body. */
    BodyRoom(long oneBody) {
        this.oneBody = oneBody;
    }

    long oneBody() {
        return oneBody;
    }

    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= ALL_BYTES) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
