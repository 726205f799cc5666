package dev.gearshift.executors.processes;

import org.junit.jupiter.api.Tag;

/** Nothing waits in a worker. */
@Tag("proof")
final class OneAtATimeProofTests extends ProcessesContractTests {
    @Override
    ProcessSettings processes() {
        return super.processes().withPrefetch(0);
    }
}
