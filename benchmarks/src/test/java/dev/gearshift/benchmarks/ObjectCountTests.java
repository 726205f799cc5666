package dev.gearshift.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObjectCountTests {
    /** What the JDK's own executor makes is known: the task and its future. The contract may make three more. */
    @Test
    @Timeout(120)
    void countsWhatATaskMakes() throws Exception {
        assumeTrue(
                System.getProperty("java.vm.name").contains("OpenJDK"),
                "the collector and the histogram are HotSpot's");
        assertThat(ObjectCount.markdown())
                .containsPattern("bare `ExecutorService` \\| 2: .*`FutureTask`")
                .containsPattern("the contract over the same \\| [2-5]: .*`LocalJob`");
    }
}
