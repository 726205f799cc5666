package dev.gearshift.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MissingCapabilityTests {
    private static final String VERSION = KnownStrategies.SPI.version();

    @TempDir
    Path temp;

    @Test
    void namesTheStrategiesOfThisReleaseThatHaveIt() {
        MissingCapabilityException missing = new MissingCapabilityException("bare", Capability.DELAYS);

        assertThat(missing).hasMessage("""
                ConcurrencyStrategy "bare" does not have DELAYS ("delays tasks"). \
                These have it: async (dev.gearshift:executors-async:%1$s), \
                processes (dev.gearshift:executors-processes:%1$s), \
                redis (dev.gearshift:executors-redis:%1$s), \
                sequential (dev.gearshift:executors-spi:%1$s), \
                threads (dev.gearshift:executors-threads:%1$s), \
                virtual (dev.gearshift:executors-virtual:%1$s).
                See docs/strategy-selection.md#capabilities""", VERSION);
        assertThat(missing.capability()).isEqualTo(Capability.DELAYS);
    }

    @Test
    void namesOthersOnTheClassPathThatHaveIt() throws Exception {
        ProviderFolder queues = ProviderFolder.of(
                temp.resolve("queues"),
                "Queues",
                "queues",
                "@Override public Set<Capability> capabilities() { return Set.of(Capability.QUEUES); }");

        assertThat(Application.of(queues).run(() -> new MissingCapabilityException("threads", Capability.QUEUES)))
                .hasMessage("""
                        ConcurrencyStrategy "threads" does not have QUEUES ("has named queues"). \
                        These have it: queues (executors-queues 1.2.3), redis (dev.gearshift:executors-redis:%1$s).
                        See docs/strategy-selection.md#capabilities""", VERSION);
    }

    @Test
    void saysSoWhereNoneHasIt() {
        assertThat(new MissingCapabilityException("threads", Capability.PRIORITIES))
                .hasMessage("""
                        ConcurrencyStrategy "threads" does not have PRIORITIES ("orders tasks by priority"). \
                        No strategy of this version or on the classpath has it.
                        See docs/strategy-selection.md#capabilities""");
    }
}
