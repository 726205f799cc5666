package dev.gearshift.executors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.gearshift.executors.ConcurrencyStrategy;
import dev.gearshift.executors.local.SequentialStrategy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A test that hangs says where everybody was. */
@Timeout(60)
final class DeadlineTests {
    private static volatile CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void another() {
        never = new CountDownLatch(1);
    }

    @AfterEach
    void letGo() {
        never.countDown();
    }

    @Test
    void aTestThatHangsShowsWhereItIs() {
        assertThat(messageOf("hangs"))
                .startsWith("Not done after 1 s. All threads:\n")
                .containsPattern("\"contract-test\" WAITING\\n[^\"]*DeadlineTests\\$Hanging\\.hangs");
    }

    @Test
    void aTestThatHangsShowsItsVirtualThreads() {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "Virtual threads need Java 21.");
        assertThat(messageOf("hangsWithAVirtualThread"))
                .containsPattern("#\\d+ \"\" virtual[^\"]*DeadlineTests\\.waitForEver");
    }

    private static String messageOf(String test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Hanging.class, test))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .findFirst()
                .orElseThrow();
    }

    private static void waitForEver() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Named so that the build does not run it by itself. */
    static final class Hanging extends StrategyContract {
        @Override
        public ConcurrencyStrategy strategy() {
            return new SequentialStrategy();
        }

        @Override
        public Duration deadline() {
            return Duration.ofSeconds(1);
        }

        @Test
        void hangs() throws InterruptedException {
            never.await();
        }

        @Test
        void hangsWithAVirtualThread() throws Exception {
            Runnable waiting = DeadlineTests::waitForEver;
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, waiting);
            never.await();
        }
    }
}
