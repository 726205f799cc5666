package dev.gearshift.executors.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.Artifact;
import dev.gearshift.executors.Capability;
import dev.gearshift.executors.ConcurrencyStrategies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualStrategyTests {
    private final VirtualStrategy virtual = new VirtualStrategy();

    @Test
    void saysWhatItIs() {
        Artifact artifact = virtual.artifact();

        assertThat(virtual.id()).isEqualTo("virtual");
        assertThat(artifact.groupId()).isEqualTo("dev.gearshift");
        assertThat(artifact.artifactId()).isEqualTo("executors-virtual");
        assertThat(artifact.version()).isNotBlank().isNotEqualTo("?").doesNotContain("${");
        assertThat(virtual.description()).isEqualTo("virtual threads in this JVM (Java 21 or later)");
        assertThat(virtual.capabilities()).containsExactlyInAnyOrder(Capability.RUNS_LAMBDAS, Capability.DELAYS);
        assertThat(virtual.maxPayload()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isFoundOnTheClassPathOfAnyJava() {
        assertThat(ConcurrencyStrategies.installed()
                        .byId("virtual")
                        .orElseThrow()
                        .strategy())
                .isInstanceOf(VirtualStrategy.class);
    }
}
