package dev.gearshift.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObjectCountTests {
    /** What the JDK's own executor makes is known: the task and its future. */
    @Test
    @Timeout(120)
    void countsWhatATaskMakes() throws Exception {
        assertThat(ObjectCount.markdown())
                .containsPattern("bare `ExecutorService` \\| 2: .*`FutureTask`")
                .containsPattern("the contract over the same \\| [3-9]: .*`LocalJob`");
    }
}
