package dev.gearshift.executors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearshift.executors.Retry;
import dev.gearshift.executors.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entries are read as they were written, and nothing else is taken for one. */
@Timeout(20)
class EntryTests {
    private static final Signature SECRET = new Signature("secret");
    private static final Terms TERMS = Terms.of(
            7,
            TaskOptions.defaults()
                    .withTimeout(Duration.ofSeconds(3))
                    .withRetry(Retry.upTo(4).onLostWorker(9)),
            2,
            true);
    private static final Entry ENTRY = new Entry("id-1", "task", new byte[] {1, 2}, TERMS, "submitter", 1, 2);

    /** As Redis gives them. */
    private static List<byte[]> bytes(List<Object> fields) {
        return fields.stream()
                .map(field -> field instanceof byte[] raw ? raw : Entry.utf8(String.valueOf(field)))
                .toList();
    }

    @Test
    void oneThatWasWrittenIsReadAgain() throws Exception {
        Entry read = new Entry.Raw(bytes(ENTRY.fields("queue", SECRET))).read("queue", SECRET, 100);
        assertThat(read).usingRecursiveComparison().isEqualTo(ENTRY);
        assertThat(read.terms().redeliveries()).isEqualTo(9);
    }

    @Test
    void itIsReadInItsQueueWithItsSecretAndWithinTheLimitOnly() {
        Entry.Raw raw = new Entry.Raw(bytes(ENTRY.fields("queue", SECRET)));
        assertThatThrownBy(() -> raw.read("other", SECRET, 100))
                .hasMessage("Its signature does not fit: it was changed, or was signed with another secret.");
        assertThatThrownBy(() -> raw.read("queue", new Signature("other"), 100))
                .hasMessage("Its signature does not fit: it was changed, or was signed with another secret.");
        assertThatThrownBy(() -> raw.read("queue", SECRET, 1))
                .hasMessage("Its 2 bytes are more than the 1 that this worker takes (gearshift.redis.maxPayload).");
        assertThatThrownBy(() ->
                        new Entry.Raw(bytes(ENTRY.fields("queue", new Signature(null)))).read("queue", SECRET, 100))
                .hasMessage("It is not signed, and this worker has a secret: give the same one to whoever submits"
                        + " (gearshift.redis.secret).");
    }

    @Test
    void countersOutOfRangeAreRefused() {
        Entry wild = new Entry("id-1", "task", new byte[0], TERMS, "", -1, Integer.MAX_VALUE);
        assertThatThrownBy(() -> new Entry.Raw(bytes(wild.fields("queue", SECRET))).read("queue", SECRET, 100))
                .hasMessage("Its counters are out of range: -1 failures, 2147483647 lost workers.");
    }

    /** Any bit that is changed is noticed, or is one of the two counters, which workers write. */
    @Test
    void changedOnesAreRefused() throws Exception {
        long seed = 1;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<byte[]> fields = bytes(ENTRY.fields("queue", SECRET)).stream()
                    .map(byte[]::clone)
                    .toList();
            int at = random.nextInt(fields.size());
            byte[] field = fields.get(at);
            field[random.nextInt(field.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                Entry read = new Entry.Raw(fields).read("queue", SECRET, 100);
                assertThat(read)
                        .as("seed %d, round %d", seed, round)
                        .usingRecursiveComparison()
                        .ignoringFields("failures", "losses")
                        .isEqualTo(ENTRY);
            } catch (Entry.RefusedException e) {
                assertThat(e).message().isNotBlank().doesNotContain("\n");
            }
        }
    }

    @Test
    void garbageIsRefused() {
        long seed = 2;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<byte[]> fields = new ArrayList<>(bytes(ENTRY.fields("queue", new Signature(null))));
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            fields.set(1 + 2 * 3, garbage); // Its terms.
            Entry.Raw raw = new Entry.Raw(fields);
            assertThatThrownBy(() -> raw.read("queue", new Signature(null), 100))
                    .as("seed %d, round %d", seed, round)
                    .isInstanceOf(Entry.RefusedException.class);
        }
    }
}
