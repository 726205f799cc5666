package dev.gearshift.executors.redis;

import dev.gearshift.executors.wire.WireFormatException;
import dev.gearshift.executors.wire.WireLimits;
import dev.gearshift.executors.wire.WireType;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a worker says of a task: how it ended, and on the way there what becomes of it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Answer {
    /** The task's id. */
    String id();

    /** A task has ended. */
    sealed interface Final extends Answer {}

    /** It has returned; the value as bytes. */
    record Succeeded(String id, String worker, int attempt, byte[] value) implements Final {}

    /** It has failed for good; the failure as bytes. */
    record Failed(String id, String worker, int attempt, byte[] failure) implements Final {}

    /** It ran longer than its timeout. */
    record TimedOut(String id, String worker, int attempt, Duration limit) implements Final {}

    /** It was cancelled. */
    record Cancelled(String id) implements Final {}

    /** Its worker was lost, as often as it may be. */
    record Lost(
            String id,
            String worker,
            int attempt,
            long pid,
            @Nullable Integer exitCode,
            String message) implements Final {}

    /** No worker runs it. */
    record Refused(String id, String worker, String message) implements Final {}

    /** An attempt has started. */
    record Started(String id, String worker, int attempt) implements Answer {}

    /** It says how far it is. */
    record Progressed(String id, String worker, int attempt, long done, long total) implements Answer {}

    /** An attempt has failed, and another follows; the failure as bytes. */
    record Retrying(String id, String worker, int attempt, byte[] failure, Duration backoff) implements Answer {}

    /** An attempt has lost its worker, and another follows. */
    record Redelivered(String id, String worker, int attempt, String message) implements Answer {}

    /** Writes and reads them. */
    final class Codec {
        private static final WireType<Answer> TYPE = WireType.of(Answer.class);

        /** The bytes of an answer beside those that are the value or the failure. */
        private static final int AROUND = 16 * 1024;

        private final byte[] queue;
        private final Signature signature;
        private final WireLimits limits;

        Codec(String queue, Signature signature, int maxPayload) {
            this.queue = Entry.utf8(queue);
            this.signature = signature;
            this.limits = new WireLimits((long) maxPayload + AROUND, 10);
        }

        byte[] encode(Answer answer) {
            return signature.sign(queue, TYPE.encode(answer, limits));
        }

        /**
         * Reads one.
         *
         * @throws WireFormatException if it is none
         * @return null if its signature does not fit
         */
        @Nullable
        Answer decode(byte[] bytes) {
            byte[] text = signature.verify(queue, bytes);
            return text == null ? null : Objects.requireNonNull(TYPE.decode(text, limits), "answer");
        }
    }
}
