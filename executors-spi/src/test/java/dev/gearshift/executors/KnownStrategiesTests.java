package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearshift.executors.KnownStrategies.Known;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnownStrategiesTests {
    @Test
    void sequentialIsAsItIsKnown() {
        ConcurrencyStrategy sequential =
                ConcurrencyStrategies.choose("sequential").strategy();
        Known known = KnownStrategies.byId("sequential").orElseThrow();

        assertThat(known.artifact()).isEqualTo(sequential.artifact());
        assertThat(known.phrase()).isEqualTo(sequential.description());
        assertThat(known.capabilities()).isEqualTo(sequential.capabilities());
    }

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertThat(KnownStrategies.SPI.groupId()).isEqualTo("dev.gearshift");
        assertThat(KnownStrategies.SPI.artifactId()).isEqualTo("executors-spi");
        assertThat(KnownStrategies.SPI.version()).isNotBlank().isNotEqualTo("?").doesNotContain("${");
    }

    @Test
    void sequentialFirstAndTheRestSorted() {
        assertThat(KnownStrategies.ALL.get(0).id()).isEqualTo(KnownStrategies.SEQUENTIAL);
        assertThat(KnownStrategies.ALL.subList(1, KnownStrategies.ALL.size()))
                .isSortedAccordingTo(Comparator.comparing(Known::id));
    }
}
