package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SimilarNameTests {
    private static final List<String> NAMES = List.of("gpu", "processes", "sequential", "threads", "virtual");

    @ParameterizedTest
    @CsvSource({
        "threads, threads",
        "thread, threads",
        "thraeds, threads",
        "THREADS, threads",
        "process, processes",
        "virtaul, virtual",
        "sequentially, sequential",
        "cpu, gpu"
    })
    void findsWhatWasProbablyMeant(String word, String meant) {
        assertThat(SimilarName.of(word, NAMES)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ab", "hadoop", "treadmill", "executors-processes"})
    void guessesNothingWhereNothingIsNear(String word) {
        assertThat(SimilarName.of(word, NAMES)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"reads, heads", "heeds, heads"})
    void takesTheNearestAndTheFirstOfThoseAsNear(String word, String meant) {
        assertThat(SimilarName.of(word, List.of("heads", "threads", "leads"))).isEqualTo(meant);
    }
}
