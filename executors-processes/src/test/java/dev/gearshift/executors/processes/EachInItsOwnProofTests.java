package dev.gearshift.executors.processes;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A process for each task: what holds where workers stay holds where they go. */
@Tag("proof")
final class EachInItsOwnProofTests extends ProcessesContractTests {
    private static final String SEEDS = "gearshift.testkit.seeds";

    private static final String USUAL = System.getProperty(SEEDS, "1");

    /** Hundreds of tasks for each seed, and each starts a JVM. */
    @BeforeAll
    static void oneSeed() {
        System.setProperty(SEEDS, "1");
    }

    @AfterAll
    static void theSeedsThatThereWere() {
        System.setProperty(SEEDS, USUAL);
    }

    @Override
    ProcessSettings processes() {
        return super.processes().withMaxTasks(1);
    }

    @Override
    public boolean workersStay() {
        return false;
    }

    @Override
    public int many() {
        return 100;
    }
}
