package dev.gearshift.executors.testkit;

/** The third liar, and every third after it. */
final class ThirdLiarTests extends LiarTests {
    ThirdLiarTests() {
        super(2);
    }
}
