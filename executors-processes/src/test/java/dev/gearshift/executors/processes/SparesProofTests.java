package dev.gearshift.executors.processes;

import org.junit.jupiter.api.Tag;

/** More workers are ready than may work. */
@Tag("proof")
final class SparesProofTests extends ProcessesContractTests {
    @Override
    ProcessSettings processes() {
        return super.processes().withSpares(1);
    }
}
