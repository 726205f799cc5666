package com.example.words;

import static com.example.words.Java.ALL_IN_ONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One jar with several strategies inside. */
@Timeout(120)
class ShadedJarTests {
    @ParameterizedTest
    @ValueSource(strings = {"threads", "async", "processes", "watched", "sequential"})
    void theNamedOneIsTaken(String id) throws Exception {
        Java.run("-Dgearshift.strategy=" + id, "-jar", ALL_IN_ONE).hasCountedWith(id);
    }

    @Test
    void virtualThreadsCountOrSayWhyNot() throws Exception {
        Java.run("-Dgearshift.strategy=virtual", "-jar", ALL_IN_ONE)
                .hasCountedWithVirtualThreadsOrSaidWhyNot(", asked for by -Dgearshift.strategy,");
    }

    @Test
    void withoutAChoiceEachIsNamedWithItsArtifact() throws Exception {
        Java java = Java.run("-jar", ALL_IN_ONE);

        assertThat(java.exitCode()).isEqualTo(2);
        assertThat(java.err())
                .startsWith("5 ConcurrencyStrategies on the classpath and none chosen:")
                .contains(
                        "(executors-async ",
                        "(executors-processes ",
                        "(watched-strategy ",
                        "(executors-threads ",
                        "(executors-virtual ");
    }
}
