package dev.gearshift.executors.processes;

import org.junit.jupiter.api.extension.RegisterExtension;

final class ProcessesFirstContractTests extends ProcessesContractTests {
    @RegisterExtension
    static final Half HALF = Half.FIRST;
}
