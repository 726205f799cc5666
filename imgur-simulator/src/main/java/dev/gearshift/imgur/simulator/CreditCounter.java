package dev.gearshift.imgur.simulator;

import java.time.Clock;

/**
 * The credits that Imgur reports with each answer. They count down, and the user's come back each hour; spending the
 * last one refuses nothing. Thread-safe.
 */
final class CreditCounter {

    static final int USER_LIMIT = 500;
    static final int CLIENT_LIMIT = 12_500;

    private static final long USER_WINDOW_SECONDS = 3600;

    private final Clock clock;
    private int userRemaining = USER_LIMIT;
    private int clientRemaining = CLIENT_LIMIT;
    private long userReset;

    CreditCounter(Clock clock) {
        this.clock = clock;
        this.userReset = clock.instant().getEpochSecond() + USER_WINDOW_SECONDS;
    }

    /**
     * What is left.
     *
     * @param userReset when the user's credits come back, in seconds since 1970
     */
    record Credits(int userRemaining, int clientRemaining, long userReset) {}

    synchronized Credits spendOne() {
        refill();
        userRemaining = Math.max(0, userRemaining - 1);
        clientRemaining = Math.max(0, clientRemaining - 1);
        return now();
    }

    synchronized Credits now() {
        refill();
        return new Credits(userRemaining, clientRemaining, userReset);
    }

    private void refill() {
        long now = clock.instant().getEpochSecond();
        if (now >= userReset) {
            userReset = now + USER_WINDOW_SECONDS;
            userRemaining = USER_LIMIT;
        }
    }
}
