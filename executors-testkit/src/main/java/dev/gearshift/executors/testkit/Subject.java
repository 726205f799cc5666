package dev.gearshift.executors.testkit;

import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.StrategySettings;
import dev.gearshift.executors.TaskExecutor;

/** What the tests of a promise need of the strategy they hold to it. */
interface Subject {
    ConcurrencyStrategy strategy();

    StrategySettings settings();

    /** An executor with the {@link #settings}. */
    TaskExecutor open();

    TaskExecutor open(StrategySettings settings);

    /** An executor that runs one task at a time. */
    TaskExecutor openOne();

    /** How many tasks surely run at once in {@link #open}. */
    int width();

    /** How often to provoke a race. */
    int rounds();

    /** How many tasks to map in a small heap. */
    int many();

    /** Skips the test, aloud, without that capability. */
    void needs(Capability capability);

    /** Skips the test, aloud, with that capability. */
    void needsNo(Capability capability, String because);

    /** Skips the test, aloud, where fewer tasks run at once. */
    void needsWidth(int tasks);

    /** Skips the test, aloud, where a worker ends with its task. */
    void needsWorkersThatStay();
}
