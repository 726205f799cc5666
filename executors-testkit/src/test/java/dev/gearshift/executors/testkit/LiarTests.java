package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract is worth something: whoever breaks one rule fails the test of that rule, and only that one. */
@Tag("liars")
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiarTests {
    private static final int PARTS = 3;

    /** From 0: in three JVMs it takes a third of the time, as each liar is mostly waited for. */
    private final int part;

    LiarTests(int part) {
        this.part = part;
    }

    @AfterEach
    void nothingStays() throws Exception {
        LiarContract.liar = Liars.HONEST;
        Leftovers.clear();
    }

    @ParameterizedTest
    @MethodSource("liars")
    void aLiar_failsTheTestOfItsRule(Liar liar) {
        Trial trial = Trial.byItsTests(liar);
        trial.assertCaught();
        assertThat(trial.tests()).isEqualTo(liar.caughtBy().size());
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("liars")
    void aLiar_failsNoOtherTest(Liar liar) {
        Trial trial = Trial.byTheWholeContract(liar);
        trial.assertCaught();
        assertThat(trial.tests()).isGreaterThan(100);
    }

    Stream<Liar> liars() {
        return IntStream.range(0, Liars.ALL.size())
                .filter(number -> number % PARTS == part)
                .mapToObj(Liars.ALL::get);
    }
}
