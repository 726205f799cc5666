package dev.gearshift.executors.testkit;

/** The first liar, the third and so on. */
final class EvenLiarTests extends LiarTests {
    EvenLiarTests() {
        super(0);
    }
}
