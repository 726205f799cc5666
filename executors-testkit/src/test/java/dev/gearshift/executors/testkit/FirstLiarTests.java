package dev.gearshift.executors.testkit;

/** The first liar, and every third after it. */
final class FirstLiarTests extends LiarTests {
    FirstLiarTests() {
        super(0);
    }
}
