package dev.gearshift.imgur.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How many retries a client can afford, so that retries never multiply the load on a server that is in trouble: each takes
 * a token, and only calls that went well earn some back.
 */
public final class RetryBudget {
    private static final double EARNED = 0.2;

    private final ReentrantLock lock = new ReentrantLock();
    private final int most;
    private double tokens;

    /** One that starts with as many tokens as it can hold. */
    public RetryBudget(int most) {
        this.most = most;
        tokens = most;
    }

    /** Takes a token; false if there is none. */
    public boolean take() {
        lock.lock();
        try {
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A call went well. */
    public void earn() {
        lock.lock();
        try {
            tokens = Math.min(most, tokens + EARNED);
        } finally {
            lock.unlock();
        }
    }
}
