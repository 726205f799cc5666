package dev.gearshift.executors.testkit;

import java.time.Duration;

/**
 * How long the test that runs on this thread waits.
 *
 * @param patience for what has to happen
 * @param moment for what must not happen, and before a timeout strikes
 */
record Pace(Duration patience, Duration moment) {
    private static final Pace OUTSIDE = new Pace(Duration.ofSeconds(10), Duration.ofMillis(100));

    /** The pace of the test on this thread. */
    static Pace here() {
        return Thread.currentThread() instanceof TestThread test ? test.pace : OUTSIDE;
    }

    /** How often the test on this thread was run before. */
    static int repetition() {
        return Thread.currentThread() instanceof TestThread test ? test.repetition : 0;
    }

    /** The pace of a contract: a test that waits in vain says for what before its deadline does. */
    static Pace of(StrategyContract contract) {
        return new Pace(contract.deadline().dividedBy(2), contract.moment());
    }

    int patienceMillis() {
        return Math.toIntExact(patience.toMillis());
    }

    int momentMillis() {
        return Math.toIntExact(moment.toMillis());
    }

    /** The thread of one test; it can be left behind. */
    static final class TestThread extends Thread {
        private final Pace pace;
        private final int repetition;

        TestThread(Runnable test, Pace pace, int repetition) {
            super(test, "contract-test");
            this.pace = pace;
            this.repetition = repetition;
            setDaemon(true);
        }
    }
}
