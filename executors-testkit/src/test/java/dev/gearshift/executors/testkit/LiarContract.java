package dev.gearshift.executors.testkit;

import dev.gearshift.executors.ConcurrencyStrategy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held to one liar after the other. Named so that the build does not run it by itself. */
@ExtendWith(Leftovers.class)
final class LiarContract extends StrategyContract {
    /** For a test that the liar is to pass: slower than it is caught, on a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    static Liar liar = Liars.HONEST;

    private boolean isCaught;

    @BeforeEach
    void lookWhetherItIsCaught(TestInfo test) {
        isCaught = liar.caughtBy().contains(test.getTestMethod().orElseThrow().getName());
    }

    @Override
    public ConcurrencyStrategy strategy() {
        return liar.strategy().get();
    }

    @Override
    public Duration deadline() {
        return isCaught ? liar.deadline() : PATIENT;
    }

    @Override
    public Duration moment() {
        return Duration.ofMillis(100);
    }

    @Test
    @Override
    public void p3_map_aMillionTasks_takeConstantMemory() throws Exception {
        needsAClassOfItsOwn();
        super.p3_map_aMillionTasks_takeConstantMemory();
    }

    @Test
    @Override
    public void p6_programThatDoesNotClose_finishesAndExits() throws Exception {
        needsAClassOfItsOwn();
        super.p6_programThatDoesNotClose_finishesAndExits();
    }

    @Test
    @Override
    public void p6_close_leavesNoTemporaryFile_whateverItsName() throws IOException, InterruptedException {
        needsAClassOfItsOwn();
        super.p6_close_leavesNoTemporaryFile_whateverItsName();
    }

    /** A JVM for each liar would take long, and that JVM would not know which liar it is. */
    private static void needsAClassOfItsOwn() {
        Assumptions.assumeTrue(liar.strategy().get().getClass() != LyingStrategy.class, "no JVM for this liar");
    }
}
