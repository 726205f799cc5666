package dev.gearshift.executors.processes;

import org.junit.jupiter.api.Tag;

/** With the flags that workers have by default. */
@Tag("proof")
final class AsShippedProofTests extends ProcessesContractTests {
    @Override
    ProcessSettings processes() {
        return ProcessSettings.defaults();
    }
}
