package dev.gearshift.executors.testkit;

/** The second liar, and every third after it. */
final class SecondLiarTests extends LiarTests {
    SecondLiarTests() {
        super(1);
    }
}
