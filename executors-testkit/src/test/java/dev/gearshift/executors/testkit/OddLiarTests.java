package dev.gearshift.executors.testkit;

/** The second liar, the fourth and so on. */
final class OddLiarTests extends LiarTests {
    OddLiarTests() {
        super(1);
    }
}
